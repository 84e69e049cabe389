/** The page in the iframe: chat at once, then the stage; each goes on when the other fails. */
import { mountChat } from "../chat/chat.tsx";
import { inkOn, paletteFor, type Theme } from "../chat/palette.ts";
import { speak } from "../chat/words.ts";
import type { Look, PublicRelease } from "../contract.gen.ts";
import { localeOf } from "../locale.ts";
import { keeperFor } from "../session/kept.ts";
import { Session, type SessionSignals } from "../session/session.ts";
import { answerOf, VisitDesk } from "../session/visit.ts";
import { Signals } from "../signals.ts";
import type { Sprites } from "../stage/sprites.ts";
import { readBoot } from "./boot.ts";
import chatCss from "./chat.css?inline";
import frameCss from "./frame.css?inline";
import { pagePort } from "./page-port.ts";
import proseCss from "./prose.css?inline";
import { frameShelf } from "./shelf.ts";
import sourcesCss from "./sources.css?inline";
import transcriptCss from "./transcript.css?inline";

/** Longer than a frame of a page that is seen. */
const UNSEEN_MILLISECONDS = 300;

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"]);

function start(): void {
  const boot = readBoot(document);
  follow(boot.locale);
  adoptStyles(frameCss, chatCss, transcriptCss, proseCss, sourcesCss);
  const release = boot.release ? Promise.resolve(boot.release) : fetchRelease(boot.releaseUrl);
  const signals = new Signals<SessionSignals>();
  const page = pagePort(boot.site, signals);
  const { shelf, filled } = frameShelf(page);
  const keeper = keeperFor(boot.embedId, () => shelf);
  const session = new Session(new VisitDesk(boot, location.href), keeper, location.origin, release, signals);
  const { stage, chat } = layOut();
  // The page says when it opens the panel; before that, a prewarmed frame is not seen.
  session.isShown = !page.isFramed;
  if (boot.release) showRelease(stage, boot.release);
  mountChat(chat, {
    session,
    onClose: page.isFramed ? () => page.say({ type: "close" }) : null,
    isCalm: prefersCalm,
    locale: () => document.documentElement.lang,
  });
  performance.mark("troupe:chat");
  session.signals.on("settled", () => page.say({ type: "answered" }));
  if (!boot.release)
    release.then(
      (known) => showRelease(stage, known),
      () => undefined,
    );
  void filled.then(() => {
    keeper.reread();
    session.setMotionPaused(session.motionPaused);
    return session.start();
  });
  window.addEventListener("online", () => session.tryNow());
  page.say({ type: "ready" });
  void openStage(stage, session);
}

async function openStage(place: HTMLElement, session: Session): Promise<void> {
  const ending = new AbortController();
  try {
    const release = await session.release;
    if (!release.avatar_url) return;
    if (release.sprites && savesData()) {
      await showSprites(place, session);
      return;
    }
    performance.mark("troupe:stage-asked");
    // The avatar's bytes and the code that reads them come side by side, both after the chat's.
    const bytes = fetchAvatar(release.avatar_url, ending.signal);
    // Whoever waits for it hears of a failure; until then nobody does.
    bytes.catch(() => undefined);
    const code = import("../stage/mount.ts");
    code.catch(() => undefined);
    // Opening WebGL takes long where software draws: after the chat's first picture, while both are on their way.
    await drawn();
    const context = openContext();
    const { mountStage } = await code;
    await mountStage(place, release, session, bytes, context);
    standInWhileLost(place, session);
  } catch {
    // No release, no WebGL, no memory, no avatar: still pictures act if there are any, else whatever stands there (a
    // poster, or nothing) stays, and the chat goes on.
    ending.abort();
    place.dataset.state = "failed";
    await showSprites(place, session).catch(() => undefined);
  }
}

/** Still pictures instead of the stage; null where the release has none. */
async function showSprites(place: HTMLElement, session: Session): Promise<Sprites | null> {
  const { sprites, acting } = await session.release;
  if (!sprites) return null;
  const { mountSprites } = await import("../stage/sprites.ts");
  return await mountSprites(place, sprites, acting.face, session);
}

/** Still pictures act while the graphics card is taken away, as phones do that run out of memory. */
function standInWhileLost(place: HTMLElement, session: Session): void {
  let standing: Promise<Sprites | null> | null = null;
  const follow = (): void => {
    if (place.dataset.state === "lost") {
      standing ??= showSprites(place, session).catch(() => null);
    } else if (standing) {
      void standing.then((sprites) => sprites?.dispose());
      standing = null;
    }
  };
  new MutationObserver(follow).observe(place, { attributeFilter: ["data-state"] });
}

function savesData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

/** @throws Error where there is no WebGL: then nothing more of the stage need be loaded. */
function openContext(): WebGL2RenderingContext {
  const settings: WebGLContextAttributes = { alpha: true, antialias: true, powerPreference: "low-power" };
  const context = document.createElement("canvas").getContext("webgl2", settings);
  if (!context) throw new Error("This browser has no WebGL 2.");
  return context;
}

async function fetchAvatar(address: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await fetch(address, { priority: "low", signal });
  if (!response.ok) throw new Error(`The avatar could not be loaded: ${response.status}.`);
  return response.arrayBuffer();
}

async function fetchRelease(address: string): Promise<PublicRelease> {
  return answerOf<PublicRelease>(await fetch(address));
}

function showRelease(place: HTMLElement, release: PublicRelease): void {
  follow(localeOf(release, release.widget_locale), release.look.direction);
  followLook(release.look);
  if (release.poster_url) showPoster(place, release.poster_url);
  document.title = release.name;
}

/** Speaks a language, and reads in its direction unless the designer says another. */
function follow(locale: string, direction: Look["direction"] = "auto"): void {
  const page = document.documentElement;
  const natural = RIGHT_TO_LEFT.has(locale.toLowerCase().split("-")[0] ?? "") ? "rtl" : "ltr";
  page.lang = locale;
  page.dir = direction === "auto" ? natural : direction;
  speak(locale);
}

function showPoster(place: HTMLElement, address: string): void {
  const poster = document.createElement("img");
  poster.src = address;
  poster.alt = "";
  poster.addEventListener("error", () => poster.remove());
  place.prepend(poster);
}

function layOut(): { stage: HTMLElement; chat: HTMLElement } {
  const stage = document.createElement("div");
  stage.className = "stage";
  stage.setAttribute("aria-hidden", "true");
  const chat = document.createElement("main");
  chat.className = "chat";
  document.body.append(stage, chat);
  return { stage, chat };
}

/** Adopted sheets pass the strictest style policy; a `<style>` element would not. */
function adoptStyles(...sources: readonly string[]): void {
  document.adoptedStyleSheets = sources.map((source) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(source);
    return sheet;
  });
}

function followLook(look: Look): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = (): void => applyLook(look, dark.matches);
  dark.addEventListener("change", apply);
  apply();
}

function applyLook(look: Look, prefersDark: boolean): void {
  const theme: Theme = look.theme === "auto" ? (prefersDark ? "dark" : "light") : look.theme;
  const palette = paletteFor(look.accent, theme);
  const { style, dataset } = document.documentElement;
  dataset.theme = theme;
  style.setProperty("--accent", palette.accent);
  style.setProperty("--on-accent", palette.onAccent);
  style.setProperty("--accent-text", palette.accentText);
  style.setProperty("--corners", `${look.corners}px`);
  if (!look.background) return;
  style.setProperty("--backdrop", look.background);
  style.setProperty("--on-backdrop", inkOn(look.background));
  dataset.backdrop = "own";
}

function prefersCalm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Resolves after the next picture of the page, or soon in a frame that is not seen and draws none. */
function drawn(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, UNSEEN_MILLISECONDS);
  });
}

start();
