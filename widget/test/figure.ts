/** A figure of eight bones and clips that hold it away from its bind pose, for stepping by hand. */
import {
  AnimationClip,
  Bone,
  BufferGeometry,
  Euler,
  Float32BufferAttribute,
  Group,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  QuaternionKeyframeTrack,
} from "three";
import type { ActingMap, ClipSettings, Role, RoleClip } from "../src/contract.gen.ts";

export const BONES = ["Hips", "Chest", "Neck", "Head", "Arm", "LegL", "LegR", "FootL"] as const;

export interface Figure {
  readonly root: Group;
  readonly bones: ReadonlyMap<string, Bone>;
  readonly face: Mesh;
}

export function figure(morphs: readonly string[] = []): Figure {
  const root = new Group();
  const bones = new Map(BONES.map((name) => [name as string, named(name)]));
  const under: readonly (readonly [string, string])[] = [
    ["Hips", "Chest"],
    ["Chest", "Neck"],
    ["Neck", "Head"],
    ["Chest", "Arm"],
    ["Hips", "LegL"],
    ["Hips", "LegR"],
    ["LegL", "FootL"],
    ["LegR", "FootR"],
  ];
  bones.set("FootR", named("FootR"));
  for (const [above, below] of under) bone(bones, above).add(bone(bones, below));
  root.add(bone(bones, "Hips"));
  const face = faceOf(morphs);
  root.add(face);
  return { root, bones, face };
}

function faceOf(morphs: readonly string[]): Mesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new Float32BufferAttribute([0, 0, 0], 3));
  geometry.morphAttributes.position = morphs.map(() => new Float32BufferAttribute([0, 0, 0], 3));
  const face = new Mesh(geometry, new MeshBasicMaterial());
  face.name = "Face";
  face.morphTargetDictionary = Object.fromEntries(morphs.map((name, at) => [name, at]));
  face.morphTargetInfluences = morphs.map(() => 0);
  return face;
}

function named(name: string): Bone {
  const made = new Bone();
  made.name = name;
  return made;
}

export function bone(bones: ReadonlyMap<string, Bone>, name: string): Bone {
  const found = bones.get(name);
  if (!found) throw new Error(`no bone ${name}`);
  return found;
}

/** A clip that holds its bones turned by `radians` about Z, swaying a little, for `seconds`. */
export function clip(name: string, radians: number, seconds: number, bones: readonly string[] = BONES): AnimationClip {
  const tracks = bones.map((node) => {
    const turns = [radians, radians * 1.1, radians].flatMap((angle) =>
      new Quaternion().setFromEuler(new Euler(0, 0, angle)).toArray(),
    );
    return new QuaternionKeyframeTrack(`${node}.quaternion`, [0, seconds / 2, seconds], turns);
  });
  return new AnimationClip(name, seconds, tracks);
}

export function settings(duration: number, change: Partial<ClipSettings> = {}): ClipSettings {
  return {
    duration,
    active_start: 0,
    active_end: null,
    loop: false,
    trim: false,
    speed: 1,
    mirror: false,
    lock_root: false,
    mask: "full",
    additive: false,
    fade_in_seconds: null,
    fade_out_seconds: null,
    cooldown_seconds: null,
    hidden: false,
    licence: "",
    fingerprint: "",
    ...change,
  };
}

export function roleClip(name: string, change: Partial<RoleClip> = {}): RoleClip {
  return { clip: name, weight: 1, confidence: 1, source: "designer", emotion: null, ...change };
}

export function acting(roles: Partial<Record<Role, readonly string[]>>, change: Partial<ActingMap> = {}): ActingMap {
  const face = {
    mouth_tier: "none",
    visemes: {},
    mouth_open: null,
    jaw: null,
    blink: [],
    head: "Head",
    neck: "Neck",
    eyes: [],
  } as const;
  const map: ActingMap = {
    roles: Object.fromEntries(
      Object.entries(roles).map(([role, clips]) => [role, clips.map((name) => roleClip(name))]),
    ),
    clips: {},
    emotions: {},
    rules: [],
    face: { ...face, blink: [], eyes: [] },
    preset: "friendly",
    snappiness: 1,
    front: "+Z",
  };
  return { ...map, ...change };
}

/** Numbers from a seed, the same every time. Source: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
