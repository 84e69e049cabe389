/** Builds the page that tests draw pictures with: node build.mjs FOLDER writes FOLDER/picture.js. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
await build({
  root,
  configFile: false,
  logLevel: "warn",
  publicDir: false,
  build: {
    target: "es2022",
    outDir: process.argv[2],
    emptyOutDir: false,
    lib: { entry: join(root, "test/picture/page.ts"), formats: ["es"], fileName: () => "picture.js" },
  },
});
