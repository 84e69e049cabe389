/** How the unit tests run: in Node, and in happy-dom where a file asks for it in its first line. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    // A test that builds an iframe must not go looking for its page.
    environmentOptions: { happyDOM: { settings: { disableIframePageLoading: true } } },
    restoreMocks: true,
  },
});
