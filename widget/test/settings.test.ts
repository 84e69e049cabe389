/** Clips by the designer's settings, moods of postures, rests of clips, and manners. The studio's tests compare poses. */
import { describe, expect, test } from "vitest";
import type { ActingMap, ClipSettings } from "../src/contract.gen.ts";
import { Actor } from "../src/stage/actor.ts";
import { Body } from "../src/stage/body.ts";
import { torsoOf } from "../src/stage/masks.ts";
import { imagesOf } from "../src/stage/mirror.ts";
import { placeIn } from "../src/stage/timing.ts";
import { acting, bone, clip, figure, roleClip, seeded, settings } from "./figure.ts";

const FRAME = 1 / 60;
const IDLE = 0.5;
const WAVE = 1.5;

function bodyWith(wave: Partial<ClipSettings>, idle: Partial<ClipSettings> = {}) {
  const made = figure();
  const { root } = made;
  const body = new Body({
    root,
    clips: [clip("Idle", IDLE, 2), clip("Wave", WAVE, 2)],
    settings: { Idle: settings(2, idle), Wave: settings(2, wave) },
    torso: torsoOf(root, { head: "Head", neck: "Neck" }),
    snappiness: 1,
  });
  body.setPosture("Idle", 0);
  body.update(0);
  const angle = (name: string) => 2 * Math.acos(Math.min(1, Math.abs(bone(made.bones, name).quaternion.w)));
  return { body, angle };
}

describe("a gesture by its settings", () => {
  test("a mask leaves the rest of the body to the posture", () => {
    const { body, angle } = bodyWith({ mask: "head" });

    body.playGesture("Wave", "whole");
    body.update(0.6);

    expect(angle("Head")).toBeGreaterThan(1.4);
    expect(angle("Arm")).toBeLessThan(0.6);
  });

  test("what is added goes on top of the posture and comes to nothing where it began", () => {
    const { body, angle } = bodyWith({ additive: true });
    body.playGesture("Wave", "whole");
    body.update(1);

    // In the middle of the clip the arm is a tenth of 1.5 further than at its start.
    expect(angle("Arm")).toBeCloseTo(IDLE * 1.1 + WAVE * 0.1, 2);
    expect(body.update(3)).toBeGreaterThanOrEqual(1);
    expect(angle("Arm")).toBeLessThan(0.56);
  });

  test("its own fades are taken as given", () => {
    const { body, angle } = bodyWith({ fade_in_seconds: 1, fade_out_seconds: 0.1 });

    body.playGesture("Wave", "whole");
    body.update(0.5);

    expect(angle("Arm")).toBeGreaterThan(0.9);
    expect(angle("Arm")).toBeLessThan(1.2);
    body.update(1.39);
    expect(body.gestureClip).toBe("Wave");
    body.update(0.02);
    expect(body.gestureClip).toBeNull();
  });

  test("one gesture over another of the upper body leaves no legs behind", () => {
    const { body, angle } = bodyWith({});
    body.playGesture("Wave", "whole");
    body.update(0.5);
    expect(angle("LegL")).toBeGreaterThan(1.4);

    body.playGesture("Wave", "upper");
    body.update(0.1);
    const between = angle("LegL");
    body.update(0.3);

    expect(between).toBeGreaterThan(0.6);
    expect(between).toBeLessThan(1.4);
    expect(angle("LegL")).toBeLessThan(0.6);
    expect(angle("Arm")).toBeGreaterThan(1.4);
  });

  test("a late frame does not lengthen it", () => {
    const { body, angle } = bodyWith({});
    body.playGesture("Wave", "whole");

    body.update(1.8);

    // Its way back began at 1.6 s and takes 0.4: half of it is done.
    expect(angle("Arm")).toBeGreaterThan(0.9);
    expect(angle("Arm")).toBeLessThan(1.15);
  });
});

test("a partial posture lies on the one below it for as long as it lasts", () => {
  const { body, angle } = bodyWith({ mask: "upper" });

  body.setPosture("Wave", 0.2);
  body.update(5);
  expect([angle("Arm") > 1.4, angle("LegL") < 0.6, body.isMoving]).toEqual([true, true, false]);

  body.setPosture("Idle", 0.2);
  body.update(1);
  expect(angle("Arm")).toBeLessThan(0.6);
});

test("a window comes round within itself", () => {
  const span = { start: 0.5, end: 1.5 };

  expect([placeIn(span, 0.5, 1.2, true), placeIn(span, 0.5, 1.2, false)]).toEqual([expect.closeTo(0.7), 1.5]);
  expect(placeIn(span, 0.2, 0, true)).toBeCloseTo(1.2);
});

test("sides are found in all common names", () => {
  const names = [
    "upperarm.l",
    "upperarm.r",
    "LeftHand",
    "RightHand",
    "Arm_L",
    "Arm_R",
    "Pelvis",
    "Tail",
    "thigh_right",
  ];

  expect(imagesOf(names)).toEqual([1, 0, 3, 2, 5, 4, 6, 7, 8]);
});

function actorWith(change: Partial<ActingMap>, seed = 5): Actor {
  const names = ["Idle", "Happy Idle", "Talk", "Happy Talk", "Wave", "Bow", "Look"];
  const map = acting(
    { greet: ["Wave", "Bow"], idle_variant: ["Look"] },
    { emotions: { happy: { morphs: {}, role: null, clip: null, minimum_intensity: 0.35 } }, ...change },
  );
  const clips = names.map((name, at) => clip(name, 0.5 + at * 0.2, 2));
  return new Actor(figure(["smile"]).root, clips, map, { random: seeded(seed) });
}

function run(actor: Actor, seconds: number): void {
  for (let done = 0; done < seconds - 1e-9; done += FRAME) actor.update(FRAME);
}

test("idle and talking take the mood of the moment, and leave it again", () => {
  const moods = { idle: [roleClip("Idle"), roleClip("Happy Idle", { emotion: "happy" })] };
  const talks = { talking: [roleClip("Talk"), roleClip("Happy Talk", { emotion: "happy" })] };
  const actor = actorWith({ roles: { ...moods, ...talks } });
  run(actor, 0.1);
  const seen = [actor.clip];

  actor.perform({ role: null, emotion: "happy", intensity: 0.8, clip: null });
  run(actor, 0.5);
  seen.push(actor.clip);
  actor.setPosture("talking");
  run(actor, 0.5);
  seen.push(actor.clip);
  run(actor, 5);
  seen.push(actor.clip);

  expect(seen).toEqual(["Idle", "Happy Idle", "Happy Talk", "Talk"]);
});

test("a clip rests as long as its own settings say, but not from what the designer asked for", () => {
  const rested = { clips: { Wave: settings(2, { cooldown_seconds: 30 }), Idle: settings(2, { loop: true }) } };
  const cue = { role: "greet", emotion: "neutral", intensity: 1, clip: "Wave" } as const;
  const actor = actorWith(rested);

  actor.perform(cue);
  run(actor, 8);
  actor.perform(cue);
  run(actor, 8);
  actor.perform({ ...cue, source: "designer" });
  run(actor, 31);
  actor.perform(cue);

  expect(actor.plays.filter((play) => play.role === "greet").map((play) => play.clip)).toEqual([
    "Wave",
    "Bow",
    "Wave",
    "Wave",
  ]);
});

test("livelier manners idle less quietly", () => {
  const variants = (preset: ActingMap["preset"]): number => {
    const actor = actorWith({ preset });
    run(actor, 180);
    return actor.plays.filter((play) => play.role === "idle_variant").length;
  };
  const counted = (["receptionist", "friendly", "lively", "cartoon"] as const).map(variants);

  expect([...counted].sort((a, b) => a - b)).toEqual(counted);
  expect(counted[3]).toBeGreaterThan((counted[0] ?? 0) * 2);
});
