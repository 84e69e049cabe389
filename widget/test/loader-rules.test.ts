// @vitest-environment happy-dom
/** The loader under rules and looks: it waits for its moment, keeps only what a rule asks for, and wears what it is given. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LoaderConfig, Look, Placement, WidgetTexts } from "../src/contract.gen.ts";
import type { TroupeApi } from "../src/loader/api.ts";
import { EVERYWHERE } from "./placements.ts";

const LOOK: Look = {
  accent: "#0f766e",
  background: null,
  theme: "auto",
  framing: "half",
  size: "large",
  corners: 4,
  direction: "auto",
  texts: {},
};

function words(change: Partial<WidgetTexts>): WidgetTexts {
  return { title: "", launcher: "", teaser: "", placeholder: "", consent: "", ...change };
}

beforeEach(() => {
  history.replaceState({}, "", "/");
});

afterEach(() => {
  const api = window.Troupe;
  if (api && !Array.isArray(api)) api.destroy();
  delete window.Troupe;
  document.body.innerHTML = "";
  sessionStorage.clear();
  localStorage.clear();
  vi.resetModules();
});

async function load(placement: Partial<Placement>, look: Partial<Look> = {}): Promise<TroupeApi> {
  const config: LoaderConfig = {
    embed_id: "e1",
    release_id: "r",
    name: "Pip",
    locale: "en",
    look: { ...LOOK, ...look },
    placement: { ...EVERYWHERE, ...placement },
    poster_url: null,
    frame_url: "/embed/e1/frame",
  };
  globalThis.fetch = async () => new Response(JSON.stringify(config));
  const script = document.createElement("script");
  script.type = "text/plain";
  script.src = "https://troupe.example/embed.js";
  script.dataset.embedId = "e1";
  document.body.append(script);
  Object.defineProperty(document, "currentScript", { value: script, configurable: true });
  vi.resetModules();
  await import("../src/loader.ts");
  return window.Troupe as TroupeApi;
}

function host(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-troupe]");
}

function drawn(): Promise<ShadowRoot> {
  return vi.waitFor(() => {
    const root = host()?.shadowRoot;
    if (!root) throw new Error("not drawn yet");
    return root;
  });
}

/** Long enough for a launcher that waits for nothing. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setTimeout(done, 5));
}

test("it waits for its delay", async () => {
  const now = performance.now() / 1000;
  await load({ delay_seconds: now + 0.5 });
  await settled();
  expect(host()).toBeNull();

  await vi.waitFor(() => expect(host()).not.toBeNull(), 2_000);
});

test("it waits for the pointer to leave at the top, and not elsewhere", async () => {
  await load({ exit_intent: true });
  await settled();
  document.documentElement.dispatchEvent(new MouseEvent("mouseleave", { clientY: 300 }));
  expect(host()).toBeNull();

  document.documentElement.dispatchEvent(new MouseEvent("mouseleave", { clientY: -1 }));

  expect(host()).not.toBeNull();
});

test("whoever is asked to open does not wait", async () => {
  const api = await load({ delay_seconds: 600 });
  await settled();

  api.open();

  expect(host()?.hasAttribute("data-open")).toBe(true);
});

test("what the page knows of its visitor decides, as soon as it is told", async () => {
  const api = await load({ audience: { plan: "pro*" } });
  await settled();
  expect(host()).toBeNull();

  api.identify({ plan: "pro-yearly", seats: 4 });
  expect(host()?.hidden).toBe(false);
  api.identify({ plan: "free" });

  expect(host()?.hidden).toBe(true);
});

test("nothing is kept on the page that no rule asks for; visits are counted by tabs", async () => {
  await load({ include_paths: ["*"] });
  await drawn();
  expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);

  for (const visit of [1, 1, 2]) {
    const api = window.Troupe;
    if (api && !Array.isArray(api)) api.destroy();
    delete window.Troupe;
    // Another tab has a session of its own.
    if (visit === 2) sessionStorage.clear();
    await load({ minimum_visits: 2 });
    await settled();
    expect(host() === null, `visit ${visit}`).toBe(visit < 2);
  }
  expect(localStorage.getItem("troupe:e1:visits")).toBe("2");
});

test("a share of the visitors meets it, and each stays on their side", async () => {
  localStorage.setItem("troupe:e1:key", "3f0c");
  const share = (await import("../src/placement.ts")).shareOf("e1:3f0c");

  await load({ percentage: share });
  await settled();
  expect(host()).toBeNull();
  const api = window.Troupe;
  if (api && !Array.isArray(api)) api.destroy();
  delete window.Troupe;
  await load({ percentage: share + 1 });

  await drawn();
  expect(localStorage.getItem("troupe:e1:key")).toBe("3f0c");
});

test("it wears the look: size, corners, side, distance, own words", async () => {
  const texts = { de: words({ launcher: "Frag Pip", teaser: "Fragen?" }) };
  await load({ side: "left", offset_x: 48, offset_y: 12, locale: "de-AT" }, { texts });
  const root = await drawn();
  const style = (root.host as HTMLElement).style;

  expect(["--accent", "--corners", "--x", "--y", "--scale"].map((name) => style.getPropertyValue(name))).toEqual([
    "#0f766e",
    "4px",
    "48px",
    "12px",
    "1.18",
  ]);
  expect((root.host as HTMLElement).dir).toBe("rtl");
  expect(root.querySelector(".launcher")?.getAttribute("aria-label")).toBe("Frag Pip");
  expect(root.querySelector(".teaser")?.textContent).toContain("Fragen?");
});

test("the teaser goes when it is sent away or the chat is opened, and does not come back in this tab", async () => {
  const texts = { en: words({ teaser: "Questions?" }) };
  await load({}, { texts });
  const root = await drawn();

  root.querySelector<HTMLElement>(".teaser button")?.click();
  expect(root.querySelector(".teaser")).toBeNull();
  expect(root.host.hasAttribute("data-open")).toBe(false);
  const api = window.Troupe;
  if (api && !Array.isArray(api)) api.destroy();
  delete window.Troupe;
  await load({}, { texts });

  expect((await drawn()).querySelector(".teaser")).toBeNull();
});
