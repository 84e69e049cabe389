/** What the avatar does when: postures by the clock, cues by their place, silence when it is interrupted. */
import { beforeEach, expect, test } from "vitest";
import type { AnyTurnEvent, TurnCue } from "../src/contract.gen.ts";
import type { SessionSignals } from "../src/session/session.ts";
import { Signals } from "../src/signals.ts";
import { Actor } from "../src/stage/actor.ts";
import { Attention, type Heard } from "../src/stage/attention.ts";
import { acting, clip, figure, seeded, settings } from "./figure.ts";

const FRAME = 1 / 60;
const TURN = "t";

let heard: { -readonly [Name in keyof Heard]: Heard[Name] };
let signals: Signals<SessionSignals>;
let actor: Actor;
let attention: Attention;

beforeEach(() => {
  signals = new Signals<SessionSignals>();
  heard = { signals, running: null, connection: { now: "online", sentence: null } };
  const roles = {
    idle: ["Idle"],
    listening: ["Listen"],
    thinking: ["Think"],
    talking: ["Talk"],
    greet: ["Wave"],
    present: ["Point"],
  };
  const names = Object.values(roles).flat();
  const map = acting(roles, {
    clips: Object.fromEntries(names.map((name) => [name, settings(2, { loop: name !== "Wave" && name !== "Point" })])),
  });
  actor = new Actor(
    figure().root,
    names.map((name, at) => clip(name, 0.5 + at / 5, 2)),
    map,
    { random: seeded(2) },
  );
  attention = new Attention(heard, actor);
});

function run(seconds: number): void {
  for (let done = 0; done < seconds - 1e-9; done += FRAME) {
    attention.update(FRAME);
    actor.update(FRAME);
  }
}

function emit(event: Record<string, unknown>): void {
  signals.emit("event", { turn_id: TURN, seq: 0, ...event } as unknown as AnyTurnEvent);
}

function cue(shown_offset: number, role = "present", clipName: string | null = "Point"): Partial<TurnCue> {
  return { type: "cue", role: role as TurnCue["role"], emotion: "happy", intensity: 0.9, clip: clipName, shown_offset };
}

function reveal(from: number, to: number, text = "words"): void {
  signals.emit("revealed", { turnId: TURN, from, to, text });
}

test("a turn from question to answer", () => {
  run(0.1);
  expect(actor.posture).toBe("idle");

  signals.emit("typing", true);
  run(0.1);
  expect(actor.posture).toBe("listening");

  signals.emit("asked", "m");
  run(0.3);
  expect(actor.posture).toBe("listening");
  run(0.2);
  expect([actor.posture, actor.clip]).toEqual(["thinking", "Think"]);

  emit({ type: "started", message_id: "m" });
  reveal(0, 5);
  run(0.1);
  expect([actor.posture, actor.clip]).toEqual(["talking", "Talk"]);

  signals.emit("settled", TURN);
  run(1.2);
  expect([actor.posture, actor.clip]).toEqual(["idle", "Idle"]);
});

test("a cue waits for its words to be seen", () => {
  emit({ type: "started", message_id: "m" });
  emit(cue(10));
  reveal(0, 9);
  run(0.1);
  expect(actor.plays).toEqual([]);

  reveal(9, 14);

  expect(actor.plays.map((play) => play.clip)).toEqual(["Point"]);
});

test("stopping ends text, gesture and posture, and whatever else comes of that turn", () => {
  emit({ type: "started", message_id: "m" });
  emit(cue(0));
  reveal(0, 5);
  run(0.3);
  expect(actor.gesture).toBe("Point");

  signals.emit("stopped", TURN);
  emit(cue(0, "greet", "Wave"));
  reveal(5, 90);
  run(FRAME);

  expect([actor.gesture, actor.posture]).toEqual([null, "idle"]);
  expect(actor.plays.map((play) => play.clip)).toEqual(["Point"]);
});

test("a new question drops the cues of the answer before it", () => {
  emit({ type: "started", message_id: "m" });
  emit(cue(50));

  signals.emit("asked", "n");
  reveal(5, 90);

  expect(actor.plays).toEqual([]);
});

test("a question that cannot be sent is nothing to think about", () => {
  heard.connection = { now: "offline", sentence: null };

  signals.emit("asked", "m");
  run(1);

  expect(actor.posture).toBe("idle");
});

test("a long wait for more words is thought through", () => {
  emit({ type: "started", message_id: "m" });
  reveal(0, 5);
  run(1);
  expect(actor.posture).toBe("talking");

  run(0.3);

  expect(actor.posture).toBe("thinking");
});

test("who pauses in typing is listened to for a while, and then not", () => {
  signals.emit("typing", true);
  run(2.5);
  expect(actor.posture).toBe("listening");

  run(1);

  expect(actor.posture).toBe("idle");
});

test("it greets once, and not in the middle of an answer", () => {
  heard.running = TURN;
  attention.greetOnce();
  expect(actor.plays).toEqual([]);

  heard.running = null;
  attention.greetOnce();
  attention.greetOnce();

  expect(actor.plays.map((play) => play.role)).toEqual(["greet"]);
});
