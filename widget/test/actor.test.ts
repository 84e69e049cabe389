/** The avatar as one: cues, postures, heads, and what reduced motion leaves. */
import { Vector3 } from "three";
import { describe, expect, test } from "vitest";
import type { ActingMap, TurnCue } from "../src/contract.gen.ts";
import { Actor } from "../src/stage/actor.ts";
import { CueQueue } from "../src/stage/cues.ts";
import { Gaze } from "../src/stage/gaze.ts";
import { acting, bone, clip, figure, seeded, settings } from "./figure.ts";

const FRAME = 1 / 60;
const ROLES = { idle: ["Idle"], talking: ["Talk"], greet: ["Wave"], idle_variant: ["Look"] } as const;

function actorWith(change: Partial<ActingMap> = {}, roles: Parameters<typeof acting>[0] = ROLES) {
  const made = figure(["smile", "blink"]);
  const clips = ["Idle", "Talk", "Wave", "Look"].map((name, at) => clip(name, 0.5 + at * 0.3, 2));
  const map = acting(roles, {
    clips: { Idle: settings(2, { loop: true }), Talk: settings(2, { loop: true }) },
    emotions: { happy: { morphs: { smile: 1 }, role: null, clip: null, minimum_intensity: 0.35 } },
    ...change,
  });
  return { actor: new Actor(made.root, clips, map, { random: seeded(5) }), ...made };
}

function run(actor: Actor, seconds: number): void {
  for (let done = 0; done < seconds - 1e-9; done += FRAME) expect(actor.update(FRAME)).toBeGreaterThanOrEqual(1);
}

test("a cue plays its clip, in its role, and shows its emotion", () => {
  const { actor, face } = actorWith();

  actor.perform({ role: "greet", emotion: "happy", intensity: 0.9, clip: "Wave" });
  run(actor, 0.6);

  expect(actor.plays).toEqual([{ clip: "Wave", role: "greet", at: 0 }]);
  expect([actor.clip, actor.gesture, actor.emotion]).toEqual(["Wave", "Wave", "happy"]);
  expect(face.morphTargetInfluences?.[0]).toBeGreaterThan(0.8);
});

test("a clip that this avatar has not is resolved by its role", () => {
  const { actor } = actorWith();

  actor.perform({ role: "goodbye", emotion: "neutral", intensity: 0.9, clip: "Gone" });

  expect(actor.plays.map((play) => play.clip)).toEqual(["Wave"]);
});

test("a weak cue is shown by the face alone", () => {
  const { actor } = actorWith();

  actor.perform({ role: "greet", emotion: "happy", intensity: 0.3, clip: "Wave" });

  expect([actor.gesture, actor.emotion]).toEqual([null, "happy"]);
});

test("a nod without a clip is done by the head", () => {
  const { actor, bones } = actorWith();
  const head = bone(bones, "Head");
  const forward = new Vector3();
  run(actor, 0.1);
  const before = head.getWorldDirection(forward).y;

  actor.perform({ role: "nod", emotion: "neutral", intensity: 0.8, clip: null });
  const seen: number[] = [];
  for (let frame = 0; frame < 60; frame += 1) {
    actor.update(FRAME);
    seen.push(head.getWorldDirection(forward).y - before);
  }

  expect(actor.plays).toEqual([]);
  // Down first, and up again.
  expect(Math.min(...seen)).toBeLessThan(-0.1);
  expect(Math.max(...seen)).toBeGreaterThan(0.05);
});

test("head and face do not drift, however long it idles", () => {
  const { actor, bones, face } = actorWith({}, { idle: ["Idle"] });
  const head = bone(bones, "Head");
  run(actor, 1);
  const before = head.quaternion.clone();

  run(actor, 60);

  expect(head.quaternion.angleTo(before)).toBeLessThan(0.4);
  expect(Math.max(...(face.morphTargetInfluences ?? []))).toBeLessThanOrEqual(1);
});

test("a long idle is varied every ten to twenty-five seconds", () => {
  const { actor } = actorWith();

  run(actor, 120);

  const gaps = actor.plays.slice(1).map((play, at) => play.at - (actor.plays[at]?.at ?? 0));
  expect(actor.plays.every((play) => play.role === "idle_variant")).toBe(true);
  expect(gaps.length).toBeGreaterThan(2);
  expect(Math.min(...gaps)).toBeGreaterThan(9.9);
  expect(Math.max(...gaps)).toBeLessThan(30);
});

test("long talk changes its manner, where there are several", () => {
  const { actor } = actorWith({}, { idle: ["Idle"], talking: ["Talk", "Look"] });
  actor.setPosture("talking");
  const seen = new Set<string | null>();

  for (let second = 0; second < 16; second += 1) {
    run(actor, 1);
    seen.add(actor.clip);
  }

  expect([...seen].sort()).toEqual(["Look", "Talk"]);
});

test("reduced motion keeps face and words and drops the body's movement", () => {
  const { actor, bones, face } = actorWith();
  actor.setCalm(true);
  run(actor, 1);
  const before = bone(bones, "Arm").quaternion.clone();

  actor.setPosture("talking");
  actor.perform({ role: "greet", emotion: "happy", intensity: 1, clip: "Wave" });
  run(actor, 1);

  expect(bone(bones, "Arm").quaternion.angleTo(before)).toBeLessThan(1e-6);
  expect(face.morphTargetInfluences?.[0]).toBeGreaterThan(0.8);
  expect(actor.plays).toEqual([]);
});

test("stopping ends the gesture", () => {
  const { actor } = actorWith();
  actor.perform({ role: "greet", emotion: "happy", intensity: 1, clip: "Wave" });
  run(actor, 0.3);

  actor.stop();

  expect(actor.gesture).toBeNull();
});

test("an avatar without an idle stands in its first loop", () => {
  const { actor } = actorWith({}, {});

  expect(actor.clip).toBe("Idle");
});

describe("gaze", () => {
  test("stays within what a neck can do", () => {
    const gaze = new Gaze(seeded(1));
    for (const [right, up] of [
      [50, 50],
      [-50, -50],
      [Number.MAX_VALUE, 0],
    ] as const) {
      gaze.pointAt(right, up);
      for (let frame = 0; frame < 120; frame += 1) gaze.update(FRAME, false, 1);
      expect(Math.abs(gaze.now.yaw)).toBeLessThanOrEqual(0.85);
      expect(Math.abs(gaze.now.pitch)).toBeLessThanOrEqual(0.45);
    }
  });

  test("looks to where the pointer is, and up when it thinks", () => {
    const gaze = new Gaze(seeded(1));
    gaze.pointAt(1, -0.5);
    for (let frame = 0; frame < 60; frame += 1) gaze.update(FRAME, false, 1);
    expect(gaze.now.yaw).toBeGreaterThan(0.5);
    expect(gaze.now.pitch).toBeLessThan(-0.2);

    for (let frame = 0; frame < 60; frame += 1) gaze.update(FRAME, true, 1);
    expect(gaze.now.pitch).toBeGreaterThan(0.2);
  });
});

describe("cues", () => {
  function cue(shown_offset: number, turn_id = "t"): TurnCue {
    return {
      type: "cue",
      turn_id,
      seq: 0,
      role: "nod",
      emotion: "neutral",
      intensity: 1,
      clip: null,
      offset: 0,
      shown_offset,
      source: "marker",
      confidence: 1,
    };
  }

  test("fire when their place is shown, in order, each once", () => {
    const queue = new CueQueue();
    queue.begin("t");
    const first = cue(0);
    const second = cue(10);
    expect([queue.add(first), queue.add(second)]).toEqual([null, null]);

    expect(queue.reveal("t", 5)).toEqual([first]);
    expect(queue.reveal("t", 10)).toEqual([]);
    expect(queue.reveal("t", 11)).toEqual([second]);
    expect(queue.reveal("t", 90)).toEqual([]);
  });

  test("that come late fire at once, and those at the very end when all is shown", () => {
    const queue = new CueQueue();
    queue.begin("t");
    queue.reveal("t", 20);
    const last = cue(20);

    expect(queue.add(cue(3))?.shown_offset).toBe(3);
    expect(queue.add(last)).toBeNull();
    expect(queue.settle("t")).toEqual([last]);
  });

  test("of an older turn are dropped", () => {
    const queue = new CueQueue();
    queue.begin("t");
    queue.add(cue(5));
    queue.begin("u");

    expect(queue.reveal("t", 10)).toEqual([]);
    expect(queue.add(cue(0, "t"))).toBeNull();
    expect(queue.reveal("u", 10)).toEqual([]);
  });
});
