/** The body's layers, stepped by hand. */
import { Bone, Group, type Quaternion } from "three";
import { expect, test } from "vitest";
import { Body, type BodyParts } from "../src/stage/body.ts";
import { type Torso, torsoOf } from "../src/stage/masks.ts";
import { gestureFades, gestureTimes } from "../src/stage/timing.ts";
import { BONES, bone, clip, figure, seeded, settings } from "./figure.ts";

const FRAME = 1 / 60;
const NO_TORSO: Torso = { hips: null, upper: new Set(), head: new Set() };
const RIG = { head: "Head", neck: null };
const FADES = gestureFades(undefined, 1, false);
const IDLE = 1;

function bodyWith(change: Partial<BodyParts> = {}) {
  const made = figure();
  const clips = [
    clip("Idle", IDLE, 2),
    clip("Talk", 1.2, 1),
    clip("Listen", 0.9, 2),
    clip("Wave", 2, 1.6),
    clip("Nod", 1.6, 0.5),
  ];
  const parts: BodyParts = {
    root: made.root,
    clips,
    settings: { Idle: settings(2, { loop: true }), Talk: settings(1, { loop: true }) },
    torso: NO_TORSO,
    snappiness: 1,
    ...change,
  };
  const body = new Body(parts);
  body.setPosture("Idle", 0.45);
  body.update(0);
  return { body, bones: made.bones };
}

function run(body: Body, seconds: number): void {
  for (let done = 0; done < seconds - 1e-9; done += FRAME) body.update(FRAME);
}

function turnOf(bones: ReadonlyMap<string, { quaternion: Quaternion }>, name: string): number {
  const turned = bones.get(name);
  return turned ? 2 * Math.acos(Math.min(1, Math.abs(turned.quaternion.w))) : Number.NaN;
}

test("the first posture is there at once", () => {
  const { bones } = bodyWith();

  expect(turnOf(bones, "Arm")).toBeCloseTo(IDLE, 2);
});

test("sixty seconds of interruptions never let the bind pose through", () => {
  const { body, bones } = bodyWith();
  const random = seeded(7);
  let least = Number.POSITIVE_INFINITY;
  let fastest = 0;
  const before = new Map<string, number>();

  for (let time = 0; time < 60; time += FRAME) {
    if (random() < 0.08) body.playGesture(random() < 0.5 ? "Wave" : "Nod", "whole");
    if (random() < 0.05) body.setPosture(["Idle", "Talk", "Listen"][Math.floor(random() * 3)] ?? "Idle", 0.45);
    if (random() < 0.02) body.endGesture();
    const weight = body.update(FRAME);
    expect(weight).toBeGreaterThanOrEqual(1);
    for (const name of BONES) {
      const turn = turnOf(bones, name);
      least = Math.min(least, turn);
      fastest = Math.max(fastest, Math.abs(turn - (before.get(name) ?? turn)));
      before.set(name, turn);
    }
  }

  // The clips hold every joint 0.9 radians or more from its bind pose.
  expect(least).toBeGreaterThan(0.88);
  // A jump would be a whole radian in one frame.
  expect(fastest).toBeLessThan(0.2);
});

test("a gesture takes the body wholly and gives it back", () => {
  const { body, bones } = bodyWith();

  body.playGesture("Wave", "whole");
  run(body, 0.6);
  expect(turnOf(bones, "Arm")).toBeGreaterThan(1.98);
  expect(body.gestureClip).toBe("Wave");
  run(body, 1.6);

  expect(body.gestureClip).toBeNull();
  expect(turnOf(bones, "Arm")).toBeCloseTo(IDLE, 0);
  expect(body.isMoving).toBe(false);
});

test("the way back starts by the clock, a fade before the end", () => {
  const { body } = bodyWith();
  body.playGesture("Wave", "whole");

  run(body, 1.15);
  expect(body.gestureClip).toBe("Wave");
  run(body, 0.1);

  expect(body.gestureClip).toBeNull();
});

test("the same gesture again is two actions that fade into each other", () => {
  const { body, bones } = bodyWith();
  body.playGesture("Wave", "whole");
  run(body, 0.5);
  const turn = turnOf(bones, "Arm");

  body.playGesture("Wave", "whole");
  body.update(FRAME);

  expect(turnOf(bones, "Arm")).toBeGreaterThan(1.9);
  expect(turnOf(bones, "Arm")).toBeCloseTo(turn, 0);
});

test("joints that a gesture does not move stay in the posture", () => {
  const { body, bones } = bodyWith({ clips: [clip("Idle", IDLE, 2), clip("Wave", 2, 1.6, ["Arm"])] });

  body.playGesture("Wave", "whole");
  for (let frame = 0; frame < 60; frame += 1) {
    body.update(FRAME);
    expect(turnOf(bones, "LegL")).toBeGreaterThan(IDLE * 0.99);
  }

  expect(turnOf(bones, "Arm")).toBeGreaterThan(1.98);
});

test("a gesture of the upper body leaves hips and legs to the posture", () => {
  const { root, bones } = figure();
  const torso = torsoOf(root, RIG);
  const { upper } = torso;
  const body = new Body({
    root,
    clips: [clip("Idle", IDLE, 2), clip("Wave", 2, 1.6)],
    settings: {},
    torso,
    snappiness: 1,
  });
  body.setPosture("Idle", 0);

  body.playGesture("Wave", "upper");
  run(body, 0.6);

  expect([...upper].sort()).toEqual(["Arm", "Chest", "Head", "Neck"]);
  expect(turnOf(bones, "Arm")).toBeGreaterThan(1.98);
  expect(turnOf(bones, "LegL")).toBeLessThan(1.2);
  expect(turnOf(bones, "Hips")).toBeLessThan(1.2);
});

test("a body on a thruster keeps its arms in its upper body", () => {
  const root = new Group();
  const under: readonly (readonly [string, string])[] = [
    ["Hips", "Chest"],
    ["Hips", "Thruster"],
    ["Chest", "Arm"],
    ["Arm", "Hand"],
    ["Chest", "Neck"],
    ["Neck", "Head"],
    ["Head", "Antenna"],
  ];
  const bones = new Map([...new Set(under.flat())].map((name) => [name, Object.assign(new Bone(), { name })]));
  for (const [above, below] of under) bone(bones, above).add(bone(bones, below));
  root.add(bone(bones, "Hips"));

  const upper = torsoOf(root, RIG).upper;

  expect([...upper].sort()).toEqual(["Antenna", "Arm", "Chest", "Hand", "Head", "Neck"]);
});

test("a body without arms gives a gesture the whole of itself", () => {
  const { root, bones } = figure();
  bone(bones, "Arm").removeFromParent();

  expect(torsoOf(root, RIG).upper.size).toBe(0);
});

test("a gesture of a clip that is not there changes nothing", () => {
  const { body } = bodyWith();

  expect(body.playGesture("Missing", "whole")).toBe(false);
  expect(body.gestureClip).toBeNull();
});

test("of two clips of one name the first is meant", () => {
  const { root, bones } = figure();
  const body = new Body({
    root,
    clips: [clip("Idle", 1, 2), clip("Idle", 2, 2)],
    settings: {},
    torso: NO_TORSO,
    snappiness: 1,
  });

  body.setPosture("Idle", 0);
  body.update(0);

  expect(turnOf(bones, "Arm")).toBeCloseTo(1, 2);
});

test("snappiness shortens the fades", () => {
  const { body, bones } = bodyWith({ snappiness: 2 });

  body.playGesture("Wave", "whole");
  run(body, 0.15);

  expect(turnOf(bones, "Arm")).toBeGreaterThan(1.95);
});

test("a gesture starts where its motion does", () => {
  expect(gestureTimes(settings(3, { active_start: 0.7, active_end: 2.2 }), 3, FADES)).toEqual({
    from: expect.closeTo(0.45, 6),
    wayBackAfter: expect.closeTo(1.75, 6),
  });
  expect(gestureTimes(settings(3, { active_start: 0.1 }), 3, FADES).from).toBe(0);
});

test("short loops are repeated until they are seen, and long clips are ended", () => {
  const short = gestureTimes(settings(0.5, { loop: true }), 0.5, FADES).wayBackAfter;
  const long = gestureTimes(settings(20), 20, FADES).wayBackAfter;

  expect(short).toBeGreaterThanOrEqual(1.5);
  expect(short).toBeLessThanOrEqual(2.1);
  expect(long).toBe(4.5);
});

test("a clip's own speed is the clock's", () => {
  expect(gestureTimes(settings(2, { speed: 2 }), 2, FADES).wayBackAfter).toBeCloseTo(0.6, 6);
});
