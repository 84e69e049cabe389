/** One embed on the page: its configuration, its launcher, its frame. */
import type { LoaderConfig, Placement } from "../contract.gen.ts";
import { decide } from "../placement.ts";
import type { TroupeEvent } from "./api.ts";
import { FrameHost } from "./frame-host.ts";
import { Launcher } from "./launcher.ts";
import { Visitor } from "./visitor.ts";

/** How often a page is looked at whose rules are about what changes by itself: time, scroll, width. */
const LOOK_MILLISECONDS = 400;

export class Embed {
  readonly id: string;
  isOpen = false;
  readonly #tell: (name: TroupeEvent) => void;
  readonly #script: HTMLScriptElement;
  readonly #visitor: Visitor;
  #launcher: Launcher | null = null;
  #frame: FrameHost | null = null;
  #config: LoaderConfig | null = null;
  #isWanted = false;
  readonly #ending = new AbortController();

  constructor(script: HTMLScriptElement, id: string, tell: (name: TroupeEvent) => void) {
    this.id = id;
    this.#script = script;
    this.#visitor = new Visitor(id);
    this.#tell = tell;
    // Refused, offline, wrong id: the page goes on without us, and its console has the browser's own line.
    void this.#load().catch(() => undefined);
  }

  /** Opens the panel; `takesFocus` is false when nobody asked for it. */
  open(takesFocus = true): void {
    this.#isWanted = true;
    if (!this.#launcher) this.#place();
    if (!this.#config || !this.#launcher || this.isOpen) return;
    this.isOpen = true;
    this.#host(this.#config, this.#launcher).show(takesFocus);
    this.#launcher.setOpen(true);
    this.#visitor.write("open", "yes");
    this.#tell("open");
  }

  close(): void {
    this.#isWanted = false;
    if (!this.isOpen || !this.#launcher) return;
    this.isOpen = false;
    this.#frame?.hide();
    this.#launcher.setOpen(false);
    this.#visitor.write("open", "no");
    this.#tell("close");
  }

  destroy(): void {
    this.#frame?.hide();
    this.#ending.abort();
    this.#launcher = this.#config = null;
  }

  /** What the page knows about its visitor; rules may ask for it. */
  identify(attributes: object): void {
    for (const [name, value] of Object.entries(attributes)) this.#visitor.audience[name] = String(value);
    this.#place();
  }

  async #load(): Promise<void> {
    const { signal } = this.#ending;
    const response = await fetch(this.#addressOf(`embed/${encodeURIComponent(this.id)}/config.json`), {
      credentials: "omit",
      signal,
    });
    if (!response.ok) return;
    this.#config = (await response.json()) as LoaderConfig;
    // A script in the head is there before the body.
    while (!document.body) await new Promise((done) => setTimeout(done, 30));
    if (signal.aborted) return;
    this.#follow(this.#config.placement);
    this.#place();
  }

  /** An address where our script comes from, told which page asks. */
  #addressOf(path: string): URL {
    const address = new URL(path, this.#script.src);
    address.searchParams.set("site", location.origin);
    return address;
  }

  /** Draws or removes the launcher, as the rules say of this page. */
  #place(): void {
    const config = this.#config;
    if (!config) return;
    const state = decide(config.placement, this.#visitor);
    // A moment that came stays, and whoever is talking or asks for it does not wait for one.
    const comes = state === "shown" || this.#launcher || this.#isWanted || this.#visitor.read("open") === "yes";
    this.#launcher?.setPlaced(state !== "hidden");
    if (state === "hidden") {
      if (this.isOpen) this.close();
    } else if (!this.#launcher && comes) {
      this.#launcher = this.#draw(config);
      this.#tell("ready");
      if (this.#isWanted) this.open();
      else if (this.#opensBy(config.placement)) this.open(false);
    }
  }

  /** Part of the page, open on the page before, or told to open by itself (once, and never over a phone's screen). */
  #opensBy({ mode, open_by_itself }: LoaderConfig["placement"]): boolean {
    const before = this.#visitor.read("open");
    if (mode !== "bubble" || before === "yes") return true;
    return open_by_itself && before === null && this.#visitor.device !== "phone";
  }

  #draw(config: LoaderConfig): Launcher {
    const poster = config.poster_url ? new URL(config.poster_url, this.#script.src).href : null;
    return new Launcher(config, poster, this.#script, this.#visitor.read("open") === null, {
      press: () => (this.isOpen ? this.close() : this.open()),
      dismiss: () => this.#visitor.write("open", "no"),
      approach: () => this.#launcher && this.#host(config, this.#launcher),
      signal: this.#ending.signal,
    });
  }

  #host(config: LoaderConfig, launcher: Launcher): FrameHost {
    this.#frame ??= new FrameHost(
      this.#addressOf(config.frame_url),
      launcher,
      config.name,
      this.#visitor,
      this.#ending.signal,
      (message) => {
        if (message.type === "close" && config.placement.mode === "bubble") this.close();
        if (message.type === "answered") this.#tell("answer");
      },
    );
    return this.#frame;
  }

  /** Pages that change their address without loading are placed anew, and a chat that fits both goes on. */
  #follow({ delay_seconds, scroll_percent, minimum_width, hours, exit_intent }: Placement): void {
    const { navigation } = window as { navigation?: EventTarget };
    const { signal } = this.#ending;
    const moved = (): void => this.#place();
    for (const target of [window, navigation])
      for (const name of ["popstate", "currententrychange"]) target?.addEventListener(name, moved, { signal });
    // A chat that is open is not taken away for the hour or a narrower window.
    const look = (): void => {
      if (!this.isOpen) this.#place();
    };
    if (exit_intent)
      document.documentElement.addEventListener(
        "mouseleave",
        ({ clientY }) => {
          this.#visitor.left ||= clientY <= 0;
          look();
        },
        { signal },
      );
    if (delay_seconds + scroll_percent + minimum_width + hours.length) {
      const timer = setInterval(look, LOOK_MILLISECONDS);
      signal.addEventListener("abort", () => clearInterval(timer));
    }
  }
}
