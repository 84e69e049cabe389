/** What is remembered for this tab of the page, in its own session storage; nothing where that is denied. */

export class Tab {
  private readonly embedId: string;

  constructor(embedId: string) {
    this.embedId = embedId;
  }

  read(what: "kept" | "open"): string | null {
    try {
      return sessionStorage.getItem(this.nameOf(what));
    } catch {
      return null;
    }
  }

  write(what: "kept" | "open", text: string): void {
    try {
      sessionStorage.setItem(this.nameOf(what), text);
    } catch {
      // Denied or full: the next page begins anew.
    }
  }

  private nameOf(what: string): string {
    return `troupe:${this.embedId}:${what}`;
  }
}
