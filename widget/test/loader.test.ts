// @vitest-environment happy-dom
/** The loader on somebody's page: it keeps to itself, hears only its own frame, and never throws. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LoaderConfig } from "../src/contract.gen.ts";
import type { TroupeApi } from "../src/loader/api.ts";
import { HELLO, PORT } from "../src/port.ts";
import { EVERYWHERE } from "./placements.ts";

const HOST = "https://troupe.example";
const CONFIG: LoaderConfig = {
  embed_id: "e1",
  release_id: "r",
  name: "Pip",
  locale: "en",
  look: {
    accent: "#4f46e5",
    background: null,
    theme: "auto",
    framing: "half",
    size: "medium",
    corners: 16,
    direction: "auto",
    texts: {},
  },
  placement: EVERYWHERE,
  poster_url: null,
  frame_url: "/embed/e1/frame",
};

let asked: string[];
let answer: () => Response;

beforeEach(() => {
  asked = [];
  answer = () => new Response(JSON.stringify(CONFIG), { headers: { "content-type": "application/json" } });
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    return answer();
  };
});

afterEach(() => {
  const api = window.Troupe;
  if (api && !Array.isArray(api)) api.destroy();
  delete window.Troupe;
  document.body.innerHTML = "";
  sessionStorage.clear();
  vi.resetModules();
});

async function load(embedId = "e1"): Promise<TroupeApi> {
  const script = document.createElement("script");
  script.type = "text/plain";
  script.src = `${HOST}/embed.js`;
  script.dataset.embedId = embedId;
  document.body.append(script);
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  vi.resetModules();
  await import("../src/loader.ts");
  return window.Troupe as TroupeApi;
}

function drawn(): Promise<ShadowRoot> {
  return vi.waitFor(() => {
    const root = document.querySelector("[data-troupe]")?.shadowRoot;
    if (!root) throw new Error("not drawn yet");
    return root;
  });
}

test("it asks for its embed with this page's origin, and adds one global and one element", async () => {
  const before = new Set(Object.keys(window));
  await load();
  await drawn();

  expect(asked).toEqual([`${HOST}/embed/e1/config.json?site=${encodeURIComponent(location.origin)}`]);
  expect(Object.keys(window).filter((name) => !before.has(name))).toEqual(["Troupe"]);
  expect([...document.body.children].map((element) => element.tagName)).toEqual(["SCRIPT", "DIV"]);
  expect(document.querySelectorAll("style, link")).toHaveLength(0);
});

test("no frame is loaded before somebody wants it", async () => {
  await load();
  const root = await drawn();
  expect(root.querySelector("iframe")).toBeNull();

  root.querySelector("button")?.dispatchEvent(new Event("pointerenter"));

  expect(root.querySelector("iframe")?.getAttribute("sandbox")).not.toContain("allow-top-navigation");
  expect(root.querySelector("iframe")?.src).toBe(`${HOST}/embed/e1/frame?site=${encodeURIComponent(location.origin)}`);
  expect(root.host.hasAttribute("data-open")).toBe(false);
});

test("calls made before the script came are made when it is there", async () => {
  const heard: string[] = [];
  window.Troupe = [["on", "open", (embedId: string) => heard.push(embedId)], ["open"], ["nonsense"], "also nonsense"];

  await load();
  const root = await drawn();

  await vi.waitFor(() => expect(heard).toEqual(["e1"]));
  expect(root.host.hasAttribute("data-open")).toBe(true);
});

test("a listener of the page that throws does not stop us", async () => {
  const reported: unknown[] = [];
  globalThis.reportError = (error: unknown) => void reported.push(error);
  const api = await load();
  await drawn();
  api.on("open", () => {
    throw new Error("the page's own");
  });

  api.open();

  expect(reported).toHaveLength(1);
  expect(document.querySelector("[data-troupe]")?.hasAttribute("data-open")).toBe(true);
});

test.each([403, 404, 500])("a configuration that answers %i leaves the page as it was", async (status) => {
  answer = () => new Response("no", { status });
  const api = await load();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  api.open();

  expect(document.querySelector("[data-troupe]")).toBeNull();
});

test("two embeds of a page are opened and closed by their ids", async () => {
  const api = await load("e1");
  await load("e2");
  await vi.waitFor(() => expect(document.querySelectorAll("[data-troupe]")).toHaveLength(2));

  api.open("e2");

  const open = [...document.querySelectorAll("[data-troupe]")].map((host) => host.hasAttribute("data-open"));
  expect(open.filter(Boolean)).toHaveLength(1);
  expect(window.Troupe).toBe(api);
});

test("Escape closes, the panel can hold no focus then, and the launcher has it", async () => {
  const api = await load();
  const root = await drawn();
  api.open();
  const panel = root.querySelector<HTMLElement>(".panel");
  expect(panel?.inert).toBe(false);
  // What stands for the field inside of the frame, which here has no page.
  const inside = document.createElement("input");
  panel?.append(inside);
  inside.focus();

  root
    .querySelector("button")
    ?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));

  expect(root.host.hasAttribute("data-open")).toBe(false);
  expect(root.querySelector<HTMLElement>(".panel")?.inert).toBe(true);
  expect(root.activeElement).toBe(root.querySelector("button"));
});

test("only our frame, still on our origin, is given the port", async () => {
  const api = await load();
  const root = await drawn();
  api.open();
  const given: unknown[] = [];
  const frame = { postMessage: (message: { type: string }, to: string) => given.push([message.type, to]) };
  Object.defineProperty(root.querySelector("iframe"), "contentWindow", { value: frame });
  const greet = (origin: string, source: unknown, type: string): void => {
    const event = new Event("message");
    Object.assign(event, { data: { type }, origin, source, ports: [] });
    window.dispatchEvent(event);
  };

  greet("https://evil.example", frame, HELLO);
  greet(HOST, window, HELLO);
  greet(HOST, frame, "other");
  expect(given).toEqual([]);
  greet(HOST, frame, HELLO);

  expect(given).toEqual([[PORT, HOST]]);
});

test("an address that no longer fits hides it, and one that fits brings it back", async () => {
  answer = () =>
    new Response(JSON.stringify({ ...CONFIG, placement: { ...CONFIG.placement, exclude_paths: ["/checkout*"] } }));
  await load();
  const root = await drawn();
  const host = root.host as HTMLElement;

  history.pushState({}, "", "/checkout/pay");
  window.dispatchEvent(new Event("popstate"));
  expect(host.hidden).toBe(true);
  history.pushState({}, "", "/");
  window.dispatchEvent(new Event("popstate"));

  expect(host.hidden).toBe(false);
});

test("what was open is open again on the next page of the tab", async () => {
  const api = await load();
  await drawn();
  api.open();
  document.body.innerHTML = "";
  delete window.Troupe;

  await load();
  const root = await drawn();

  expect(root.host.hasAttribute("data-open")).toBe(true);
});

test("destroying takes everything away", async () => {
  const api = await load();
  await drawn();

  api.destroy();

  expect(document.querySelector("[data-troupe]")).toBeNull();
});
