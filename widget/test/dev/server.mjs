/**
 * A page for looking at the widget by itself: `node test/dev/server.mjs --avatar FILE.glb --acting MAP.json [--port N]`.
 * The page lives on http://localhost:N and the frame on http://127.0.0.1:N, so the frame is of another origin.
 */
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { answer, citation, cue, Loopback } from "../loopback.mjs";

const { values } = parseArgs({
  options: {
    avatar: { type: "string" },
    acting: { type: "string" },
    poster: { type: "string" },
    sprites: { type: "string" },
    port: { type: "string", default: "8480" },
    name: { type: "string", default: "Pip" },
    accent: { type: "string", default: "#4f46e5" },
    framing: { type: "string", default: "half" },
    mode: { type: "string", default: "bubble" },
    locale: { type: "string", default: "en" },
    theme: { type: "string", default: "auto" },
  },
});
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const embedId = "dev";
const site = `http://localhost:${values.port}`;
const types = {
  ".js": "text/javascript",
  ".glb": "model/gltf-binary",
  ".json": "application/json",
  ".webp": "image/webp",
  ".png": "image/png",
};
const look = {
  accent: values.accent,
  background: null,
  theme: values.theme,
  framing: values.framing,
  size: "medium",
  corners: 16,
  direction: "auto",
  texts: {},
};

const HOURS =
  "We are open **Tuesday to Sunday, 10:00 to 18:00** [1], and on Thursdays until 21:00. " +
  "Three things worth knowing before you come:\n\n" +
  "1. The last entry is 45 minutes before closing.\n2. Children under twelve come in free [2].\n3. The café closes half an hour earlier.\n\n" +
  "You can book ahead at [our ticket page](https://example.com/tickets). I would love to see you there!";
const UNKNOWN = "I am sorry, I do not know that. My notes are all about the museum, and this is not in them.";
const TABLE =
  "Here is the short version:\n\n| Ticket | Price |\n| --- | --- |\n| Adult | 14 € |\n| Student | 9 € |\n| Under twelve | free |\n\nPay at the desk, or with `MUSEUM-APP`.";

function script(question) {
  if (/price|cost|ticket/i.test(question))
    return answer(TABLE, { events: [{ at: 0, event: cue("present", "happy", 0.9, 0) }] });
  if (/hour|open|when/i.test(question)) {
    const guide = {
      title: "Visitor guide",
      page: 3,
      heading: ["Your visit", "Opening hours"],
      url: "https://example.com/guide",
    };
    const text =
      "The museum is open from Tuesday to Sunday between 10:00 and 18:00, on Thursdays until 21:00. It is closed on Mondays, on 24 December and on 1 January.";
    return [
      { after: 900, event: citation(1, { ...guide, text }) },
      {
        event: citation(2, {
          title: "Tickets and prices 2026",
          page: 1,
          text: "Children under twelve enter free of charge when an adult comes with them.",
        }),
      },
      ...answer(HOURS, {
        events: [
          { at: 0, event: cue("present", "happy", 0.9, 0) },
          { at: 150, event: cue(null, "warm", 0.6, 150) },
          { at: 330, event: cue("approve", "excited", 0.9, 330) },
        ],
      }),
    ];
  }
  return [{ after: 600, event: cue("shrug", "sorry", 0.8, 0) }, ...answer(UNKNOWN, { outcome: "nothing_found" })];
}

const server = new Loopback(script);
server.serve = (request, response) => {
  const url = new URL(request.url ?? "/", site);
  const send = (content, type, headers = {}) =>
    response.writeHead(200, { "content-type": type, ...headers }).end(content);
  const cors = { "access-control-allow-origin": site };
  if (url.pathname === "/") send(hostPage(), "text/html; charset=utf-8");
  else if (url.pathname === `/embed/${embedId}/config.json`) send(JSON.stringify(config()), types[".json"], cors);
  else if (url.pathname === `/embed/${embedId}/frame`)
    send(framePage(), "text/html; charset=utf-8", { "content-security-policy": framePolicy() });
  else if (url.pathname === "/release.json") send(JSON.stringify(release()), types[".json"]);
  else if (url.pathname === "/avatar.glb" && values.avatar) send(readFileSync(values.avatar), types[".glb"]);
  else if (url.pathname === "/sprites" && values.sprites)
    send(readFileSync(join(values.sprites, "sprites.webp")), types[".webp"]);
  else if (url.pathname === "/poster" && values.poster)
    send(readFileSync(values.poster), types[extname(values.poster)]);
  else sendFile(url.pathname, response, send);
};

function sendFile(path, response, send) {
  const file = join(dist, path);
  if (!file.startsWith(dist) || !existsSync(file) || !extname(file)) response.writeHead(404).end();
  else send(readFileSync(file), types[extname(file)] ?? "application/octet-stream");
}

function acting() {
  if (values.acting) return JSON.parse(readFileSync(values.acting, "utf8"));
  const face = {
    mouth_tier: "none",
    visemes: {},
    mouth_open: null,
    jaw: null,
    blink: [],
    head: null,
    neck: null,
    eyes: [],
  };
  return { roles: {}, clips: {}, emotions: {}, face, preset: "friendly", snappiness: 1, front: "+Z" };
}

function release() {
  return {
    release_id: "00000000-0000-4000-8000-000000000001",
    name: values.name,
    locale: "en",
    look,
    acting: acting(),
    greeting: `Hello! I am ${values.name}, and I know this museum inside out. What would you like to know?`,
    suggestions: ["When are you open?", "What does a ticket cost?", "Who won the football match?"],
    avatar_url: values.avatar ? "/avatar.glb" : null,
    avatar_bytes: 0,
    poster_url: values.poster ? "/poster" : null,
    sprites: sprites(),
    credit: "",
  };
}

/** What `troupe bake` laid into a folder. */
function sprites() {
  if (!values.sprites) return null;
  const { width, height, rows } = JSON.parse(readFileSync(join(values.sprites, "sprites.json"), "utf8"));
  return { url: "/sprites", emotions: rows, width, height };
}

function config() {
  const placement = {
    mode: values.mode,
    side: "right",
    include_paths: [],
    exclude_paths: [],
    devices: [],
    languages: [],
    delay_seconds: 0,
    open_by_itself: false,
  };
  const poster_url = values.poster ? "/poster" : null;
  return {
    embed_id: embedId,
    release_id: release().release_id,
    name: values.name,
    look,
    placement,
    poster_url,
    frame_url: `/embed/${embedId}/frame`,
  };
}

function framePolicy() {
  return `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' blob: ws:; img-src 'self' blob: data:; style-src 'self'; frame-ancestors ${site}`;
}

function framePage() {
  const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
  const boot = { embed_id: embedId, release_url: "/release.json", boot_token: "boot", site, locale: values.locale };
  return `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<title>${values.name}</title><script type="application/json" id="troupe-boot">${JSON.stringify(boot)}</script>
<script type="module" src="/${manifest["src/frame/frame.ts"].file}"></script>`;
}

function hostPage() {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Town museum</title><link rel="icon" href="data:,"><body style="margin:0;font:17px/1.6 Georgia,serif;background:#faf7f2;color:#2b2620">
<main style="max-width:680px;margin:8vh auto;padding:0 24px"><h1 style="font-size:44px;line-height:1.15">The town museum</h1>
<p>Four floors of things that somebody loved enough to keep. A page of a site owner, with the widget on it.</p>
<p>Open the character in the corner and ask about opening hours, tickets, or something that it cannot know.</p></main>
<script async src="http://127.0.0.1:${values.port}/embed.js" data-embed-id="${embedId}"></script>`;
}

await server.start(Number(values.port));
console.log(`Look at ${site}`);
