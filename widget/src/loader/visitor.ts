/**
 * Who looks at this page, as rules may ask. What is remembered lies in the page's own storage: nothing where that is
 * denied, and nothing that no rule asks for.
 */
import { type Device, deviceOf, type PageFacts } from "../placement.ts";

export class Visitor implements PageFacts {
  readonly audience: Record<string, string> = {};
  left = false;
  #scrolled = 0;
  readonly #embedId: string;
  #drawn = "";

  constructor(embedId: string) {
    this.#embedId = embedId;
  }

  read(what: "kept" | "open"): string | null {
    return this.#find("session", what);
  }

  write(what: "kept" | "open", text: string): void {
    this.#keep("session", what, text);
  }

  /** Which visit of this browser this tab is; the first is 1. Counted from when a rule first asks. */
  get visits(): number {
    const known = this.#find("session", "visit");
    if (known) return +known;
    const visit = `${+(this.#find("local", "visits") ?? 0) + 1}`;
    this.#keep("local", "visits", visit);
    this.#keep("session", "visit", visit);
    return +visit;
  }

  /** Tells this browser from others, at random; drawn when a rule first asks. */
  get key(): string {
    this.#drawn ||= this.#find("local", "key") ?? `${Math.random()}`;
    this.#keep("local", "key", this.#drawn);
    return `${this.#embedId}:${this.#drawn}`;
  }

  get path(): string {
    return location.pathname;
  }

  get query(): string {
    return location.search;
  }

  get device(): Device {
    return deviceOf(Math.min(screen.width, screen.height), matchMedia("(pointer: coarse)").matches);
  }

  get width(): number {
    return innerWidth;
  }

  get languages(): readonly string[] {
    return navigator.languages;
  }

  get now(): number {
    return Date.now();
  }

  get seconds(): number {
    return performance.now() / 1000;
  }

  /** The farthest so far: nobody's launcher goes away again for scrolling back. */
  get scroll(): number {
    const room = document.documentElement.scrollHeight - innerHeight;
    const now = room > 0 ? (scrollY / room) * 100 : document.readyState === "complete" ? 100 : 0;
    this.#scrolled = Math.max(this.#scrolled, now);
    return this.#scrolled;
  }

  /** Host that the visitor came to this site from, also on its later pages. Kept from when a rule first asks. */
  get referrer(): string {
    const host = document.referrer && new URL(document.referrer).hostname;
    if (host === location.hostname) return this.#find("session", "from") ?? "";
    this.#keep("session", "from", host);
    return host;
  }

  #find(area: "local" | "session", what: string): string | null {
    try {
      return window[`${area}Storage`].getItem(this.#nameOf(what));
    } catch {
      return null;
    }
  }

  #keep(area: "local" | "session", what: string, text: string): void {
    try {
      window[`${area}Storage`].setItem(this.#nameOf(what), text);
    } catch {
      // Denied or full: the next page begins anew.
    }
  }

  #nameOf(what: string): string {
    return `troupe:${this.#embedId}:${what}`;
  }
}
