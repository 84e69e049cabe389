/** One embed on the page: its configuration, its launcher, its frame. */
import type { LoaderConfig } from "../contract.gen.ts";
import { deviceOf, isPlaced, type PageFacts } from "../placement.ts";
import type { TroupeEvent } from "./api.ts";
import { FrameHost } from "./frame-host.ts";
import { Launcher } from "./launcher.ts";
import { Tab } from "./tab.ts";

export class Embed {
  readonly id: string;
  isOpen = false;
  private readonly tell: (name: TroupeEvent) => void;
  private readonly script: HTMLScriptElement;
  private readonly tab: Tab;
  private launcher: Launcher | null = null;
  private frame: FrameHost | null = null;
  private config: LoaderConfig | null = null;
  private isWanted = false;
  private isDestroyed = false;
  private readonly cleanUps: (() => void)[] = [];

  constructor(script: HTMLScriptElement, id: string, tell: (name: TroupeEvent) => void) {
    this.id = id;
    this.script = script;
    this.tab = new Tab(id);
    this.tell = tell;
    // Refused, offline, wrong id: the page goes on without us, and its console has the browser's own line.
    void this.load().catch(() => undefined);
  }

  /** Opens the panel; `takesFocus` is false when nobody asked for it. */
  open(takesFocus = true): void {
    this.isWanted = true;
    if (!this.config || !this.launcher || this.isOpen) return;
    this.isOpen = true;
    this.host(this.config, this.launcher).show(takesFocus);
    this.launcher.setOpen(true);
    this.tab.write("open", "yes");
    this.tell("open");
  }

  close(): void {
    this.isWanted = false;
    if (!this.isOpen || !this.launcher) return;
    this.isOpen = false;
    this.frame?.hide();
    this.launcher.setOpen(false);
    this.tab.write("open", "no");
    this.tell("close");
  }

  destroy(): void {
    this.isDestroyed = true;
    for (const cleanUp of this.cleanUps.splice(0)) cleanUp();
    this.frame?.destroy();
    this.launcher?.destroy();
    this.launcher = null;
  }

  private async load(): Promise<void> {
    const address = new URL(`embed/${encodeURIComponent(this.id)}/config.json`, this.script.src);
    address.searchParams.set("site", location.origin);
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok || this.isDestroyed) return;
    this.config = (await response.json()) as LoaderConfig;
    await domReady();
    await new Promise((done) => setTimeout(done, (this.config?.placement.delay_seconds ?? 0) * 1000));
    if (this.isDestroyed) return;
    this.followNavigation();
    this.place();
  }

  /** Draws or removes the launcher, as the rules say of this page. */
  private place(): void {
    const config = this.config;
    if (!config) return;
    const fits = isPlaced(config.placement, pageFacts());
    if (!fits) {
      this.close();
      this.launcher?.setPlaced(false);
    } else if (this.launcher) {
      this.launcher.setPlaced(true);
    } else {
      this.launcher = this.draw(config);
      this.tell("ready");
      if (this.isWanted) this.open();
      else if (this.opensBy(config.placement)) this.open(false);
    }
  }

  /** Part of the page, open on the page before, or told to open by itself (once, and never over a phone's screen). */
  private opensBy({ mode, open_by_itself }: LoaderConfig["placement"]): boolean {
    const before = this.tab.read("open");
    if (mode !== "bubble" || before === "yes") return true;
    return open_by_itself && before === null && deviceOfPage() !== "phone";
  }

  private draw(config: LoaderConfig): Launcher {
    const poster = config.poster_url ? new URL(config.poster_url, this.script.src).href : null;
    return new Launcher(config, poster, this.script, {
      press: () => (this.isOpen ? this.close() : this.open()),
      approach: () => this.launcher && this.host(config, this.launcher).prewarm(),
    });
  }

  private host(config: LoaderConfig, launcher: Launcher): FrameHost {
    const address = new URL(config.frame_url, this.script.src);
    address.searchParams.set("site", location.origin);
    this.frame ??= new FrameHost(address, launcher, config.name, this.tab, (message) => {
      if (message.type === "close" && config.placement.mode === "bubble") this.close();
      if (message.type === "answered") this.tell("answer");
    });
    return this.frame;
  }

  /** Pages that change their address without loading are placed anew, and a chat that fits both goes on. */
  private followNavigation(): void {
    const moved = (): void => this.place();
    const targets: EventTarget[] = [window];
    const { navigation } = window as { navigation?: EventTarget };
    if (navigation) targets.push(navigation);
    for (const target of targets) {
      for (const name of ["popstate", "hashchange", "currententrychange"]) {
        target.addEventListener(name, moved);
        this.cleanUps.push(() => target.removeEventListener(name, moved));
      }
    }
  }
}

function pageFacts(): PageFacts {
  return { path: location.pathname, device: deviceOfPage(), languages: navigator.languages };
}

function deviceOfPage(): PageFacts["device"] {
  return deviceOf(Math.min(screen.width, screen.height), matchMedia("(pointer: coarse)").matches);
}

function domReady(): Promise<void> {
  if (document.body) return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", () => done(), { once: true }));
}
