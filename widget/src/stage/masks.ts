/** Parts of a body: which tracks of a clip move the upper body, or the head, only. */
import { AnimationClip, type Object3D, PropertyBinding } from "three";
import type { FaceRig } from "../contract.gen.ts";
import { nodeNamed } from "./joints.ts";

/** Names of nodes by part. A part is empty when the tree does not tell it: then a clip takes the whole body. */
export interface Torso {
  /** What legs and spine hang on, else the topmost bone. */
  readonly hips: Object3D | null;
  /** All at and below the part of the spine that leaves the hips towards the head. */
  readonly upper: ReadonlySet<string>;
  /** Neck, head and what hangs on them. */
  readonly head: ReadonlySet<string>;
}

export function torsoOf(root: Object3D, rig: Pick<FaceRig, "head" | "neck">): Torso {
  const head = nodeNamed(root, rig.head);
  const neck = nodeNamed(root, rig.neck);
  const path: Object3D[] = [];
  for (let node = head ?? neck; node && node !== root; node = node.parent) path.unshift(node);
  const fork = hipsOn(path);
  return {
    hips: path[fork] ?? firstBone(root),
    upper: namesBelow(fork < 0 ? null : path[fork + 1]),
    head: namesBelow(neck ?? head),
  };
}

function namesBelow(top: Object3D | null | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  top?.traverse((node) => names.add(node.name));
  return names;
}

function firstBone(root: Object3D): Object3D | null {
  let found: Object3D | null = null;
  root.traverse((node) => {
    if (!found && "isBone" in node) found = node;
  });
  return found;
}

/**
 * Where on the way from the root to the head the hips are; -1 when that cannot be told.
 * The way branches for the arms, and next below that for the legs, or for whatever a legless figure stands on.
 * Scarves, hair and the targets of a rig make it branch too: two limbs of several joints are the surest sign of arms.
 */
function hipsOn(path: readonly Object3D[]): number {
  const limbs = path.map((node, at) => branches(node, path[at + 1]));
  const forks = path.map((_, at) => at).filter((at) => limbs[at]?.length);
  const above = forks.slice(1);
  const arms =
    above.findLast((at) => jointed(limbs[at]) > 1) ?? above.findLast((at) => jointed(limbs[at]) > 0) ?? above.at(-1);
  return arms === undefined ? -1 : (forks[forks.indexOf(arms) - 1] ?? -1);
}

function branches(node: Object3D, next: Object3D | undefined): Object3D[] {
  return next ? node.children.filter((child) => child !== next && "isBone" in child) : [];
}

function jointed(limbs: readonly Object3D[] | undefined): number {
  return limbs?.filter((limb) => limb.children.length > 0).length ?? 0;
}

/** The clip without the tracks of other nodes; the face is nobody's joint and stays. No names are all names. */
export function masked(clip: AnimationClip, names: ReadonlySet<string>): AnimationClip {
  if (names.size === 0) return clip;
  const tracks = clip.tracks.filter(({ name }) => {
    const { nodeName, propertyName } = PropertyBinding.parseTrackName(name);
    return names.has(nodeName) || propertyName === "morphTargetInfluences";
  });
  return new AnimationClip(clip.name, clip.duration, tracks, clip.blendMode);
}
