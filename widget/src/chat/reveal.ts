/** How fast an answer becomes visible: at reading pace, in whole words, never far behind what has come. */

/** Code points a second when there is no backlog. A fast reader's pace; the mouth is driven by it too. */
const READING_RATE = 42;
/** The backlog is to be gone in about this many seconds, so long answers come faster. */
const CATCH_UP_SECONDS = 2.6;
/** A longer gap is a tab that slept; a slow frame, on a slow device, must not slow the words down. */
const LONGEST_STEP_SECONDS = 0.6;

/** Class, because it lives as long as one answer is revealed. Offsets in code points. */
export class Reveal {
  private text: readonly string[] = [];
  private position = 0;
  private visible = 0;
  private isWhole = false;

  /** What has come so far; `isWhole` when nothing more will. */
  take(text: string, isWhole: boolean): void {
    this.text = Array.from(text);
    this.isWhole = isWhole;
  }

  get shown(): number {
    return this.visible;
  }

  get isSettled(): boolean {
    return this.isWhole && this.visible >= this.text.length;
  }

  /** True while there is text that is not visible yet. */
  get isBehind(): boolean {
    return this.visible < this.text.length;
  }

  /** Moves on by `seconds` and returns what became visible; empty when nothing did. */
  step(seconds: number): string {
    const backlog = this.text.length - this.position;
    const rate = Math.max(READING_RATE, backlog / CATCH_UP_SECONDS);
    this.position = Math.min(this.text.length, this.position + rate * Math.min(seconds, LONGEST_STEP_SECONDS));
    return this.moveTo(this.wordEndAt(Math.floor(this.position)));
  }

  /** Shows all that has come. */
  finish(): string {
    this.position = this.text.length;
    return this.moveTo(this.text.length);
  }

  private moveTo(end: number): string {
    const piece = this.text.slice(this.visible, Math.max(end, this.visible)).join("");
    this.visible = Math.max(end, this.visible);
    return piece;
  }

  /** The last end of a word at or before `end`; a word that is longer than a line is not waited for. */
  private wordEndAt(end: number): number {
    if (end >= this.text.length && this.isWhole) return end;
    for (let at = end; at > this.visible && end - at < 24; at -= 1) {
      if (/\s/.test(this.text[at] ?? "")) return at;
    }
    return end - this.visible >= 24 ? end : this.visible;
  }
}
