/** Cues of the running turn, waiting for their place in the text to be seen. */
import type { TurnCue } from "../contract.gen.ts";

/** Class, because it lives as long as the stage and holds one turn at a time. */
export class CueQueue {
  private turnId: string | null = null;
  private shown = -1;
  private waiting: TurnCue[] = [];

  /** Begins a turn; whatever waited of another is dropped. */
  begin(turnId: string): void {
    if (turnId === this.turnId) return;
    this.turnId = turnId;
    this.shown = -1;
    this.waiting = [];
  }

  /** Drops everything at once, and whatever else comes of this turn. */
  drop(): void {
    this.turnId = null;
    this.waiting = [];
  }

  /** Takes a cue; returns it when its place was already seen. */
  add(cue: TurnCue): TurnCue | null {
    if (cue.turn_id !== this.turnId) return null;
    if (cue.shown_offset < this.shown) return cue;
    this.waiting.push(cue);
    return null;
  }

  /** The text is visible up to `offset`: returns the cues that this lets go, in order. */
  reveal(turnId: string, offset: number): TurnCue[] {
    if (turnId !== this.turnId) return [];
    this.shown = Math.max(this.shown, offset);
    const due = this.waiting.filter((cue) => cue.shown_offset < offset);
    this.waiting = this.waiting.filter((cue) => cue.shown_offset >= offset);
    return due;
  }

  /** All is visible: returns what stands at the very end. */
  settle(turnId: string): TurnCue[] {
    if (turnId !== this.turnId) return [];
    const due = this.waiting;
    this.waiting = [];
    this.shown = Number.POSITIVE_INFINITY;
    return due;
  }
}
