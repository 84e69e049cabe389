/** Which still picture is shown when: emotions by the place of their cue, the mouth by the words, rest in between. */
import { beforeEach, expect, test } from "vitest";
import type { AnyTurnEvent } from "../src/contract.gen.ts";
import type { SessionSignals } from "../src/session/session.ts";
import { Signals } from "../src/signals.ts";
import { type Heard, Portrait } from "../src/stage/sprites.ts";
import { acting } from "./figure.ts";

const TURN = "t";
let signals: Signals<SessionSignals>;
let heard: { -readonly [Name in keyof Heard]: Heard[Name] };
let portrait: Portrait;

beforeEach(() => {
  signals = new Signals<SessionSignals>();
  heard = { signals, motionPaused: false };
  portrait = new Portrait(heard, acting({}).face);
});

/** Lets time pass in the steps of the pictures; returns every mouth that was seen. */
function run(seconds: number): Set<number> {
  const seen = new Set<number>();
  for (let done = 0; done < seconds; done += 1 / 12) {
    portrait.update(1 / 12);
    seen.add(portrait.mouthColumn);
  }
  return seen;
}

function cue(emotion: string, shown_offset: number): void {
  const event = { type: "cue", turn_id: TURN, seq: 0, role: null, clip: null, intensity: 0.9, emotion, shown_offset };
  signals.emit("event", event as unknown as AnyTurnEvent);
}

function reveal(from: number, to: number, text: string): void {
  signals.emit("revealed", { turnId: TURN, from, to, text });
}

test("it thinks while nothing comes, and stops thinking with the first words", () => {
  signals.emit("asked", "q");
  expect(portrait.emotion).toBe("neutral");
  run(1);
  expect(portrait.emotion).toBe("thinking");

  cue("happy", 40);
  reveal(0, 5, "Hello");

  expect(portrait.emotion).toBe("neutral");
});

test("an emotion comes with its words, holds while they are said, and fades", () => {
  signals.emit("asked", "q");
  cue("sorry", 6);
  reveal(0, 5, "Well, ");
  expect(portrait.emotion).toBe("neutral");

  reveal(5, 60, "I am sorry, the museum is closed on Mondays.");
  expect(portrait.emotion).toBe("sorry");
  run(2);
  expect(portrait.emotion).toBe("sorry");

  signals.emit("settled", TURN);
  run(8);
  expect(portrait.emotion).toBe("neutral");
  expect(portrait.isWaiting).toBe(false);
});

test("the mouth takes all its shapes while words appear, and shuts after them", () => {
  reveal(0, 40, "All aboard, the boat to the island goes at four.");

  const seen = run(2.5);

  expect([...seen].sort()).toEqual([0, 1, 2]);
  run(3);
  expect(portrait.mouthColumn).toBe(0);
});

test("a stopped turn shuts the mouth at once, and its late words move nothing", () => {
  reveal(0, 40, "aaaaaaaaaaaaaaaaaaaa");
  run(0.5);
  cue("excited", 50);

  signals.emit("stopped", TURN);
  reveal(40, 80, "aaaaaaaaaaaaaaaaaaaa");

  expect(portrait.mouthColumn).toBe(0);
  expect(portrait.emotion).toBe("neutral");
  expect(run(0.5)).toEqual(new Set([0]));
});

test("paused motion keeps the mouth shut and the face", () => {
  heard.motionPaused = true;
  cue("happy", 1);

  reveal(0, 20, "aaaaaaaaaaaaaaaaaaaa");

  expect(run(0.5)).toEqual(new Set([0]));
  expect(portrait.emotion).toBe("happy");
});
