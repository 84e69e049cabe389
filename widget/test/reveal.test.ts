/** The pace at which answers become visible. */
import { expect, test } from "vitest";
import { Reveal } from "../src/chat/reveal.ts";

function secondsToSettle(text: string): number {
  const reveal = new Reveal();
  reveal.take(text, true);
  let seconds = 0;
  while (!reveal.isSettled && seconds < 120) {
    reveal.step(1 / 60);
    seconds += 1 / 60;
  }
  return seconds;
}

test("a short answer comes at reading pace", () => {
  const seconds = secondsToSettle("We are open from ten to six, every day but Monday.");

  expect(seconds).toBeGreaterThan(0.9);
  expect(seconds).toBeLessThan(1.6);
});

test("a long answer that came at once does not keep its reader waiting", () => {
  expect(secondsToSettle("word ".repeat(400))).toBeLessThan(14);
});

test("what is visible ends with a word, and the pieces join to the text", () => {
  const text = "Streamed answers grow by words, not by letters. 🙂 Even here!";
  const reveal = new Reveal();
  let seen = "";
  for (let end = 1; end <= text.length; end += 3) {
    reveal.take(text.slice(0, end), false);
    seen += reveal.step(1 / 20);
    const next = Array.from(text)[Array.from(seen).length];
    expect(seen === "" || next === undefined || /\s/.test(next)).toBe(true);
  }
  reveal.take(text, true);
  seen += reveal.finish();

  expect(seen).toBe(text);
  expect(reveal.isSettled).toBe(true);
});

test("places are counted in code points", () => {
  const reveal = new Reveal();
  reveal.take("🙂🙂 ok", true);

  reveal.finish();

  expect(reveal.shown).toBe(5);
});

test("a word that never ends is shown all the same", () => {
  const reveal = new Reveal();
  reveal.take("x".repeat(200), false);

  for (let frame = 0; frame < 60; frame += 1) reveal.step(1 / 60);

  expect(reveal.shown).toBeGreaterThan(20);
});

test("a sleeping tab does not empty the answer onto the page in one step", () => {
  const reveal = new Reveal();
  reveal.take("word ".repeat(100), true);

  reveal.step(60);

  expect(reveal.shown).toBeLessThan(150);
});
