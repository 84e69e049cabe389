/** Our own avatars through a minute of interruptions: never their bind pose, never a jump. */
import { readFileSync } from "node:fs";
import { AnimationMixer, type Bone, type Object3D, type Quaternion } from "three";
import { beforeAll, describe, expect, test } from "vitest";
import type { ActingMap, Role } from "../src/contract.gen.ts";
import { Actor, type Posture } from "../src/stage/actor.ts";
import { type LoadedAvatar, readAvatar } from "../src/stage/load.ts";
import { acting, seeded, settings } from "./figure.ts";

const FRAME = 1 / 60;
const HOUSE = new URL("../../", import.meta.url);
/** What both of them can do, by the names of their clips. */
const ROLES = {
  idle: ["Idle"],
  idle_variant: ["Idle_LookAround"],
  listening: ["Listening"],
  thinking: ["Thinking"],
  talking: ["Talking_01"],
  greet: ["Wave"],
  goodbye: ["Goodbye"],
  nod: ["Nod_Yes"],
  shake_head: ["Shake_Head_No"],
  shrug: ["Shrug"],
  present: ["Present", "Point_There"],
  approve: ["Thumbs_Up"],
  thank: ["Thank_You_Bow"],
  celebrate: ["Celebrate"],
  laugh: ["Laugh"],
  sad: ["Sad"],
  surprised: ["Surprised"],
  confused: ["Confused"],
  shy: ["Shy"],
} as const satisfies Partial<Record<Role, readonly string[]>>;
const POSTURES: readonly Posture[] = ["idle", "listening", "thinking", "talking"];

/** The file without its pictures: Node has nothing to decode them with, and no joint depends on them. */
function withoutPictures(file: Buffer): ArrayBuffer {
  const length = file.readUInt32LE(12);
  const document = JSON.parse(file.toString("utf8", 20, 20 + length)) as Record<string, unknown>;
  for (const part of ["images", "textures", "samplers", "materials"]) delete document[part];
  for (const mesh of document.meshes as { primitives: Record<string, unknown>[] }[]) {
    for (const primitive of mesh.primitives) delete primitive.material;
  }
  const text = Buffer.from(JSON.stringify(document));
  const json = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, " ")]);
  const header = Buffer.from(file.subarray(0, 20));
  const whole = Buffer.concat([header, json, file.subarray(20 + length)]);
  whole.writeUInt32LE(whole.length, 8);
  whole.writeUInt32LE(json.length, 12);
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer;
}

function bonesOf(root: Object3D): Bone[] {
  const bones: Bone[] = [];
  root.traverse((node) => {
    if ("isBone" in node) bones.push(node as Bone);
  });
  return bones;
}

/** How far the body is from the pose that the file stands in: mean turn of its joints, in radians. */
function distance(bones: readonly Bone[], bind: readonly Quaternion[]): number {
  return bones.reduce((sum, bone, at) => sum + bone.quaternion.angleTo(bind[at] ?? bone.quaternion), 0) / bones.length;
}

/** The nearest that any clip comes to the bind pose by itself. */
function nearest(avatar: LoadedAvatar, bones: readonly Bone[], bind: readonly Quaternion[]): number {
  const mixer = new AnimationMixer(avatar.root);
  let least = Number.POSITIVE_INFINITY;
  for (const clip of avatar.clips) {
    const action = mixer.clipAction(clip).play();
    for (let time = 0; time < clip.duration; time += 0.1) {
      mixer.setTime(time);
      least = Math.min(least, distance(bones, bind));
    }
    action.stop();
  }
  mixer.uncacheRoot(avatar.root);
  return least;
}

function mapOf(avatar: LoadedAvatar): ActingMap {
  const loops = new Set<string>([...ROLES.idle, ...ROLES.listening, ...ROLES.thinking, ...ROLES.talking]);
  const clips = avatar.clips.map(
    ({ name, duration }) => [name, settings(duration, { loop: loops.has(name) })] as const,
  );
  return acting(ROLES, { clips: Object.fromEntries(clips) });
}

/** Sixty seconds of everything at once. Returns the nearest that the body came, and its greatest step in a frame. */
function interrupt(actor: Actor, near: () => number): { closest: number; fastest: number } {
  const random = seeded(23);
  const roles = Object.keys(ROLES) as Role[];
  const any = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)] as T;
  let [closest, fastest, before] = [Number.POSITIVE_INFINITY, 0, near()];
  for (let time = 0; time < 60; time += FRAME) {
    if (random() < 0.03) actor.setPosture(any(POSTURES));
    if (random() < 0.03)
      actor.perform({ role: any(roles), emotion: "happy", intensity: 0.35 + random() * 0.65, clip: null });
    if (random() < 0.01) actor.stop();
    if (random() < 0.05) actor.say("words to be said ");
    expect(actor.update(FRAME)).toBeGreaterThanOrEqual(1);
    const now = near();
    closest = Math.min(closest, now);
    fastest = Math.max(fastest, Math.abs(now - before));
    before = now;
  }
  return { closest, fastest };
}

describe.each(["pip", "mira"])("%s", (name) => {
  let avatar: LoadedAvatar;

  beforeAll(async () => {
    // three.js names the global of browsers; Node has it under another name.
    Object.assign(globalThis, { self: globalThis });
    avatar = await readAvatar(withoutPictures(readFileSync(new URL(`packaging/avatars/${name}.glb`, HOUSE))));
  });

  test("it has the clips of the usual roles", () => {
    const names = new Set(avatar.clips.map((clip) => clip.name));

    expect(
      Object.values(ROLES)
        .flat()
        .filter((clip) => !names.has(clip)),
    ).toEqual([]);
  });

  test("a minute of interruptions shows neither its bind pose nor a jump", () => {
    const bones = bonesOf(avatar.root);
    const bind = bones.map((bone) => bone.quaternion.clone());
    const least = nearest(avatar, bones, bind);
    const actor = new Actor(avatar.root, avatar.clips, mapOf(avatar), { random: seeded(11) });
    actor.update(0);
    const { closest, fastest } = interrupt(actor, () => distance(bones, bind));

    expect(actor.plays.length).toBeGreaterThan(20);
    // Between two poses, the mean of turns may be a little nearer than either.
    expect(closest).toBeGreaterThan(least * 0.8);
    // The quickest fade moves an eighth of the way in a frame; without one, two poses lie 0.3 and more apart.
    expect(fastest).toBeLessThan(0.15);
  });
});
