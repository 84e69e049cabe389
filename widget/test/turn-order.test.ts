/** The order of a turn's events. */
import { expect, test } from "vitest";
import type { TurnDelta } from "../src/contract.gen.ts";
import { TurnOrder } from "../src/session/turn-order.ts";

function delta(seq: number): TurnDelta {
  return { type: "delta", turn_id: "t", seq, offset: 0, text: String(seq) };
}

test("events come out in order, each once, however they came in", () => {
  const order = new TurnOrder();

  const played = [2, 0, 0, 1, 4, 2, 3, 1].flatMap((seq) => order.accept(delta(seq)));

  expect(played.map((event) => event.seq)).toEqual([0, 1, 2, 3, 4]);
  expect(order.lastSeq).toBe(4);
});

test("a gap is known until it is filled", () => {
  const order = new TurnOrder();
  order.accept(delta(0));

  expect(order.accept(delta(2))).toEqual([]);
  expect([order.hasGap, order.lastSeq]).toEqual([true, 0]);
  expect(order.accept(delta(1)).map((event) => event.seq)).toEqual([1, 2]);
  expect(order.hasGap).toBe(false);
});
