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
 * The way branches at the hips for the legs, or for whatever a legless figure stands on, and above them for the arms.
 */
function hipsOn(path: readonly Object3D[]): number {
  const forks = path.flatMap((node, at) => (branches(node, path[at + 1]).length > 0 ? [at] : []));
  const arms = forks.at(-1) ?? -1;
  const below = forks.filter((at) => at < arms);
  const limbs = below.find((at) => branches(path[at], path[at + 1]).some((child) => child.children.length > 0));
  return limbs ?? below[0] ?? -1;
}

function branches(node: Object3D | undefined, next: Object3D | undefined): Object3D[] {
  return next ? (node?.children ?? []).filter((child) => child !== next && "isBone" in child) : [];
}

/** The clip without the tracks of other nodes; null when nothing is left. */
export function masked(clip: AnimationClip, names: ReadonlySet<string>): AnimationClip | null {
  const tracks = clip.tracks.filter((track) => names.has(PropertyBinding.parseTrackName(track.name).nodeName));
  return tracks.length > 0 ? new AnimationClip(`${clip.name} (upper body)`, clip.duration, tracks) : null;
}
