/** The launcher and the panel around the frame, in a shadow root of their own. */
import type { LoaderConfig } from "../contract.gen.ts";
import css from "./launcher.css?inline";

export interface LauncherActs {
  press(): void;
  /** The pointer or the focus came to the launcher: it will perhaps be pressed. */
  approach(): void;
}

const SVG = "http://www.w3.org/2000/svg";
/** How much a poster is enlarged for the launcher to show a face, by what it was framed to. */
const ZOOM: Readonly<Record<LoaderConfig["look"]["framing"], string>> = { full: "2.3", half: "1.5", bust: "1.15" };

export class Launcher {
  readonly panel = document.createElement("div");
  private readonly host = document.createElement("div");
  private readonly button = document.createElement("button");
  private readonly mode: string;
  private readonly name: string;

  constructor(config: LoaderConfig, poster: string | null, script: Element, acts: LauncherActs) {
    this.mode = config.placement.mode;
    this.name = config.name;
    const root = this.host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    Object.assign(this.host.dataset, { troupe: config.embed_id, mode: this.mode, side: config.placement.side });
    this.host.style.setProperty("--accent", config.look.accent);
    this.host.style.setProperty("--zoom", ZOOM[config.look.framing]);
    this.panel.className = "panel";
    this.fillButton(poster, acts);
    root.append(this.panel, ...(this.mode === "bubble" ? [this.button] : []));
    root.addEventListener("keydown", (event) => {
      if ((event as KeyboardEvent).key === "Escape" && this.mode === "bubble" && this.isOpen) acts.press();
    });
    this.fitKeyboard();
    window.visualViewport?.addEventListener("resize", this.fitKeyboard);
    window.visualViewport?.addEventListener("scroll", this.fitKeyboard);
    // An inline chat stands where its script stands, unless that is in the head.
    if (this.mode === "inline" && document.body.contains(script)) script.after(this.host);
    else document.body.append(this.host);
  }

  /** True where there is a launcher to go back to. */
  get isClosable(): boolean {
    return this.mode === "bubble";
  }

  setOpen(open: boolean): void {
    this.host.toggleAttribute("data-open", open);
    this.button.setAttribute("aria-expanded", String(open));
    this.button.setAttribute("aria-label", open ? `Close the chat with ${this.name}` : `Chat with ${this.name}`);
    // What is closed can hold no focus; whoever was inside stands at the launcher again.
    const wasInside = this.panel.contains(this.host.shadowRoot?.activeElement ?? null);
    this.panel.inert = !open;
    if (!open && wasInside) this.button.focus({ preventScroll: true });
  }

  setPlaced(placed: boolean): void {
    this.host.hidden = !placed;
  }

  destroy(): void {
    window.visualViewport?.removeEventListener("resize", this.fitKeyboard);
    window.visualViewport?.removeEventListener("scroll", this.fitKeyboard);
    this.host.remove();
  }

  /** A phone's keyboard covers the page without telling its layout: the sheet takes what is left to be seen. */
  private readonly fitKeyboard = (): void => {
    const seen = window.visualViewport;
    if (!seen || seen.scale > 1.01) return;
    this.host.style.setProperty("--seen", `${seen.height}px`);
    this.host.style.setProperty("--above", `${seen.offsetTop}px`);
  };

  private get isOpen(): boolean {
    return this.host.hasAttribute("data-open");
  }

  private fillButton(poster: string | null, acts: LauncherActs): void {
    const { button } = this;
    button.type = "button";
    button.setAttribute("aria-label", `Chat with ${this.name}`);
    button.setAttribute("aria-expanded", "false");
    this.panel.inert = true;
    button.addEventListener("click", acts.press);
    for (const name of ["pointerenter", "focus", "touchstart"]) {
      button.addEventListener(name, acts.approach, { once: true, passive: true });
    }
    button.append(icon("face", "M5 6h14v9.5H11L7 19v-3.500H5z"), icon("shut", "M6 9.500l6 6 6-6"));
    if (poster) button.prepend(portrait(poster));
  }
}

function portrait(address: string): HTMLElement {
  const image = document.createElement("img");
  image.src = address;
  image.alt = "";
  image.decoding = "async";
  image.addEventListener("load", () => image.parentElement?.setAttribute("data-poster", ""));
  image.addEventListener("error", () => image.remove());
  return image;
}

function icon(name: string, path: string): Element {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", name);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}
