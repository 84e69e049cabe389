/** Builds the widget into dist/: the loader as one plain script, the frame as hashed modules, all precompressed. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const common = { root, configFile: false, logLevel: "warn", publicDir: false };
const compressed = new Set([".js", ".css", ".json", ".svg"]);

await build({
  ...common,
  base: "./",
  build: {
    target: "es2022",
    emptyOutDir: true,
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: join(root, "src/frame/frame.ts") },
  },
});
await build({
  ...common,
  build: {
    target: "es2022",
    emptyOutDir: false,
    lib: { entry: join(root, "src/loader.ts"), formats: ["iife"], name: "troupeLoader", fileName: () => "embed.js" },
  },
});

for (const entry of readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !compressed.has(extname(entry.name))) continue;
  const path = join(entry.parentPath, entry.name);
  const content = readFileSync(path);
  const options = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  };
  writeFileSync(`${path}.br`, brotliCompressSync(content, options));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}
