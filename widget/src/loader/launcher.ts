/** The launcher and the panel around the frame, in a shadow root of their own. */
import type { LoaderConfig } from "../contract.gen.ts";
import { localeOf, textOf } from "../locale.ts";
import css from "./launcher.css?inline";

export interface LauncherActs {
  press(): void;
  /** The teaser was sent away. */
  dismiss(): void;
  /** The pointer or the focus came to the launcher: it will perhaps be pressed. */
  approach(): void;
  /** Aborted when all of it goes away. */
  readonly signal: AbortSignal;
}

const SVG = "http://www.w3.org/2000/svg";
/** How much a poster is enlarged for the launcher to show a face, by what it was framed to. */
const ZOOM: Readonly<Record<LoaderConfig["look"]["framing"], number>> = { full: 2.3, half: 1.5, bust: 1.15 };
const SCALE: Readonly<Record<LoaderConfig["look"]["size"], number>> = { small: 0.86, medium: 1, large: 1.18 };

export class Launcher {
  readonly panel = document.createElement("div");
  /** True where there is a launcher to go back to. */
  readonly isClosable: boolean;
  readonly #host = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #teaser = document.createElement("div");

  /** `isNew` when the visitor has neither opened nor closed it in this tab. */
  constructor(config: LoaderConfig, poster: string | null, script: Element, isNew: boolean, acts: LauncherActs) {
    const { look, placement, name } = config;
    const { mode } = placement;
    const locale = localeOf(config, placement.locale);
    this.isClosable = mode === "bubble";
    const host = this.#host;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    Object.assign(host.dataset, { troupe: config.embed_id, mode });
    host.dir = placement.side === "left" ? "rtl" : "ltr";
    host.style.cssText = `--accent:${look.accent};--corners:${look.corners}px;--x:${placement.offset_x}px;--y:${placement.offset_y}px;--zoom:${ZOOM[look.framing]};--scale:${SCALE[look.size]}`;
    this.panel.className = "panel";
    this.#fillButton(textOf(config, locale, "launcher") || `Chat with ${name}`, poster, acts);
    this.setOpen(false);
    root.append(this.panel);
    if (this.isClosable) {
      root.append(this.#button);
      const words = textOf(config, locale, "teaser");
      if (words && isNew) root.append(this.#tease(words, acts));
      root.addEventListener("keydown", (event) => {
        if ((event as KeyboardEvent).key === "Escape" && "open" in host.dataset) acts.press();
      });
    }
    this.#fitKeyboard(acts.signal);
    acts.signal.addEventListener("abort", () => host.remove());
    // An inline chat stands where its script stands, unless that is in the head.
    if (mode === "inline" && document.body.contains(script)) script.after(host);
    else document.body.append(host);
  }

  setOpen(open: boolean): void {
    const button = this.#button;
    this.#host.toggleAttribute("data-open", open);
    button.setAttribute("aria-expanded", `${open}`);
    if (open) this.#teaser.remove();
    // What is closed can hold no focus; whoever was inside stands at the launcher again.
    const wasInside = this.panel.contains(this.#host.shadowRoot?.activeElement ?? null);
    this.panel.inert = !open;
    if (!open && wasInside) button.focus({ preventScroll: true });
  }

  setPlaced(placed: boolean): void {
    this.#host.hidden = !placed;
  }

  /** A phone's keyboard covers the page without telling its layout: the sheet takes what is left to be seen. */
  #fitKeyboard(signal: AbortSignal): void {
    const seen = window.visualViewport;
    const { style } = this.#host;
    const follow = (): void => {
      if (!seen || seen.scale > 1.01) return;
      style.setProperty("--seen", `${seen.height}px`);
      style.setProperty("--above", `${seen.offsetTop}px`);
    };
    follow();
    for (const name of ["resize", "scroll"]) seen?.addEventListener(name, follow, { signal });
  }

  #tease(words: string, acts: LauncherActs): HTMLElement {
    const teaser = this.#teaser;
    const shut = document.createElement("button");
    teaser.className = "teaser";
    teaser.dir = "auto";
    teaser.onclick = acts.press;
    shut.textContent = "×";
    shut.setAttribute("aria-label", "Close");
    shut.onclick = (event) => {
      event.stopPropagation();
      teaser.remove();
      acts.dismiss();
    };
    teaser.append(words, shut);
    return teaser;
  }

  /** Its name stays what it is: whether the window is open, `aria-expanded` says. */
  #fillButton(label: string, poster: string | null, acts: LauncherActs): void {
    const button = this.#button;
    button.className = "launcher";
    button.title = label;
    button.setAttribute("aria-label", label);
    button.onclick = acts.press;
    button.onpointerenter = button.onfocus = acts.approach;
    button.append(icon());
    if (!poster) return;
    const image = document.createElement("img");
    image.src = poster;
    image.alt = "";
    image.onload = () => button.toggleAttribute("data-poster", true);
    image.onerror = () => image.remove();
    button.prepend(image);
  }
}

/** Two strokes of which one is seen: a bubble to talk, and what closes it. */
function icon(): Element {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  for (const path of ["M5 6h14v9.500H11L7 19v-3.500H5z", "M6 9.500l6 6 6-6"]) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
  }
  return svg;
}
