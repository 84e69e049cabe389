/** Compares the built widget with widget/budget.json, in bytes of brotli; exits 1 when something is too big. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
if (!existsSync(join(dist, "embed.js.br"))) {
  console.error("widget/dist is missing: run `npm run build` first.");
  process.exit(1);
}
const budget = JSON.parse(readFileSync(join(root, "budget.json"), "utf8"));
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

/** The files that an entry of the manifest brings with it, at once and later, without what `seen` names. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) return [];
  seen.add(key);
  const next = [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])];
  return [chunk.file, ...next.flatMap((other) => filesOf(other, seen))];
}

function bytesOf(files) {
  return [...new Set(files)].reduce((sum, file) => sum + statSync(join(dist, `${file}.br`)).size, 0);
}

const STAGE = "src/stage/mount.ts";
/** Instead of the 3D runtime, never beside it from the start. */
const SPRITES = "src/stage/sprites.ts";
const shell = filesOf("src/frame/frame.ts", new Set([STAGE, SPRITES]));
const stage = [...filesOf(STAGE), ...filesOf(SPRITES)].filter((file) => !shell.includes(file));
const sizes = { loader: bytesOf(["embed.js"]), chat: bytesOf(shell), stage: bytesOf(stage) };
let isTooBig = false;
for (const [what, bytes] of Object.entries(sizes)) {
  const most = budget[what];
  const verdict = bytes <= most ? "ok" : "TOO BIG";
  isTooBig ||= bytes > most;
  console.log(`${what.padEnd(8)}${String(bytes).padStart(8)} of ${String(most).padStart(8)} bytes  ${verdict}`);
}
process.exit(isTooBig ? 1 : 0);
