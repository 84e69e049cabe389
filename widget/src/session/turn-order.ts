/** Brings the events of one turn into their order, whatever the network did to them. */
import type { AnyTurnEvent } from "../contract.gen.ts";

/** Class, because it lives as long as its turn and remembers what came early. */
export class TurnOrder {
  private next = 0;
  private readonly early = new Map<number, AnyTurnEvent>();

  /** The greatest `seq` below which nothing is missing; -1 before the first event. */
  get lastSeq(): number {
    return this.next - 1;
  }

  /** True while something came early, so that something else is missing. */
  get hasGap(): boolean {
    return this.early.size > 0;
  }

  /** Takes one event; returns those that may be shown now, in order. Events seen before give nothing. */
  accept(event: AnyTurnEvent): AnyTurnEvent[] {
    if (event.seq < this.next) return [];
    this.early.set(event.seq, event);
    const ready: AnyTurnEvent[] = [];
    for (let due = this.early.get(this.next); due; due = this.early.get(this.next)) {
      this.early.delete(this.next);
      this.next += 1;
      ready.push(due);
    }
    return ready;
  }
}
