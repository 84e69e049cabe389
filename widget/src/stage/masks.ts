/** Parts of a body: which tracks of a clip move the upper body only. */
import { AnimationClip, type Object3D, PropertyBinding } from "three";

/**
 * The names of all nodes at and below the part of the spine that leaves the hips towards the head.
 * Empty when the tree does not say where that is: then a gesture takes the whole body.
 */
export function upperBody(head: Object3D | null, root: Object3D): ReadonlySet<string> {
  const names = new Set<string>();
  const path: Object3D[] = [];
  for (let node = head; node && node !== root; node = node.parent) path.unshift(node);
  const start = path[hipsOn(path) + 1];
  if (start !== path[0]) start?.traverse((node) => names.add(node.name));
  return names;
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

/** The clip without the tracks of other nodes; null when nothing is left. */
export function masked(clip: AnimationClip, names: ReadonlySet<string>): AnimationClip | null {
  const tracks = clip.tracks.filter((track) => names.has(PropertyBinding.parseTrackName(track.name).nodeName));
  return tracks.length > 0 ? new AnimationClip(`${clip.name} (upper body)`, clip.duration, tracks) : null;
}
