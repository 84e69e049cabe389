/** Face, lids and mouth over what the clips leave. */
import { expect, test } from "vitest";
import type { FaceRig } from "../src/contract.gen.ts";
import { Blink } from "../src/stage/blink.ts";
import { Face } from "../src/stage/face.ts";
import { Morphs } from "../src/stage/morphs.ts";
import { Mouth } from "../src/stage/mouth.ts";
import { mouthingsOf } from "../src/stage/visemes.ts";
import { figure, seeded } from "./figure.ts";

const FRAME = 1 / 60;
const FACES = {
  happy: { morphs: { smile: 1 }, role: null, clip: null, minimum_intensity: 0.35 },
  sad: { morphs: { frown: 1 }, role: null, clip: null, minimum_intensity: 0.35 },
};

function weightsAfter(face: Face, seconds: number): { smile: number; frown: number } {
  const { root, face: mesh } = figure(["smile", "frown"]);
  const morphs = new Morphs(root);
  for (let done = 0; done < seconds - 1e-9; done += FRAME) face.update(FRAME, false);
  face.apply(morphs, 1);
  const [smile = 0, frown = 0] = mesh.morphTargetInfluences ?? [];
  return { smile, frown };
}

test("an emotion fades in, holds and goes", () => {
  const face = new Face(FACES, 1);
  face.show("happy", 1);

  expect(weightsAfter(face, 0.2).smile).toBeCloseTo(0.5, 1);
  expect(weightsAfter(face, 0.3).smile).toBeCloseTo(1, 2);
  expect(weightsAfter(face, 2).smile).toBeCloseTo(1, 2);
  expect(face.emotion).toBe("happy");
  expect(weightsAfter(face, 2).smile).toBe(0);
  expect(face.emotion).toBe("neutral");
});

test("an emotion that interrupts begins from what is there", () => {
  const face = new Face(FACES, 1);
  face.show("happy", 1);
  const before = weightsAfter(face, 0.2);

  face.show("sad", 1);
  const after = weightsAfter(face, FRAME);

  expect(after.smile).toBeCloseTo(before.smile, 1);
  expect(weightsAfter(face, 0.6)).toEqual({ smile: 0, frown: expect.closeTo(1, 2) });
});

test("what we add is taken back before the clips are sampled again", () => {
  const { root, face: mesh } = figure(["smile"]);
  const morphs = new Morphs(root);

  for (let frame = 0; frame < 10; frame += 1) {
    morphs.restore();
    morphs.keep();
    morphs.add("smile", 0.3);
  }

  expect(mesh.morphTargetInfluences).toEqual([expect.closeTo(0.3, 6)]);
});

test("lids shut and open within a fifth of a second, every few seconds", () => {
  const blink = new Blink(seeded(3));
  const shut: number[] = [];
  for (let time = 0; time < 60; time += FRAME) {
    const lids = blink.update(FRAME);
    expect(lids).toBeGreaterThanOrEqual(0);
    expect(lids).toBeLessThanOrEqual(1);
    if (lids > 0.5 && time - (shut.at(-1) ?? -1) > 0.2) shut.push(time);
  }

  expect(shut.length).toBeGreaterThan(9);
  expect(shut.length).toBeLessThan(45);
});

test("letters become the shapes of a mouth", () => {
  expect(mouthingsOf("Map").map((mouthing) => mouthing.viseme)).toEqual(["PP", "aa", "PP"]);
  expect(mouthingsOf("the").map((mouthing) => mouthing.viseme)).toEqual(["TH", "E"]);
  expect(mouthingsOf("[12]")).toEqual([]);
  expect(mouthingsOf("日本").every((mouthing) => mouthing.viseme !== "sil")).toBe(true);
});

const RIG: FaceRig = {
  mouth_tier: "visemes",
  visemes: { PP: "closed", aa: "open" },
  mouth_open: null,
  jaw: null,
  blink: [],
  head: null,
  neck: null,
  eyes: [],
};

function mouthOver(rig: FaceRig, seconds: number, act: (mouth: Mouth) => void): number[][] {
  const { root, face: mesh } = figure(["closed", "open"]);
  const morphs = new Morphs(root);
  const mouth = new Mouth(rig);
  act(mouth);
  const frames: number[][] = [];
  for (let done = 0; done < seconds; done += FRAME) {
    morphs.restore();
    morphs.keep();
    mouth.update(FRAME);
    mouth.apply(morphs, 1);
    frames.push([...(mesh.morphTargetInfluences ?? [])]);
  }
  return frames;
}

test("the mouth runs with the words and is shut after them", () => {
  const frames = mouthOver(RIG, 1.5, (mouth) => mouth.say("mama mama"));

  expect(Math.max(...frames.map(([, open = 0]) => open))).toBeGreaterThan(0.25);
  expect(Math.max(...frames.map(([closed = 0]) => closed))).toBeGreaterThan(0.4);
  expect(Math.max(...(frames.at(-1) ?? [1]))).toBeLessThan(0.01);
});

test("one open shape is moved by how open the vowel is", () => {
  const rig: FaceRig = { ...RIG, mouth_tier: "open", mouth_open: "open" };
  const widest = (text: string): number =>
    Math.max(...mouthOver(rig, 1, (mouth) => mouth.say(text)).map(([, open = 0]) => open));

  expect(widest("aaaa")).toBeGreaterThan(widest("iiii"));
  expect(widest("mmmm")).toBeLessThan(0.01);
});

test("stopping shuts the mouth in the same frame", () => {
  const { root, face: mesh } = figure(["closed", "open"]);
  const morphs = new Morphs(root);
  const mouth = new Mouth(RIG);
  mouth.say("mama mama mama");
  for (let frame = 0; frame < 12; frame += 1) mouth.update(FRAME);

  mouth.stop();
  mouth.update(FRAME);
  mouth.apply(morphs, 1);

  expect(mesh.morphTargetInfluences).toEqual([0, 0]);
});

test("a mouth far behind its words hurries", () => {
  const mouth = new Mouth(RIG);
  mouth.say("a word after a word after a word ".repeat(10));

  let seconds = 0;
  while (mouth.isMoving && seconds < 60) {
    mouth.update(FRAME);
    seconds += FRAME;
  }

  expect(seconds).toBeLessThan(6);
});
