/** Parts of a body: which tracks of a clip move the upper body only. */
import { AnimationClip, type Object3D, PropertyBinding } from "three";

/**
 * The names of all nodes at and below the part of the spine that leaves the hips towards the head.
 * Empty when the tree does not say where that is.
 */
export function upperBody(head: Object3D | null, root: Object3D): ReadonlySet<string> {
  const names = new Set<string>();
  const path: Object3D[] = [];
  for (let node = head; node && node !== root; node = node.parent) path.unshift(node);
  // The hips are the last node on the way up from the feet: the deepest one whose children go two ways, head and legs.
  const fork = path.findIndex((node, at) => at + 1 < path.length && branches(node, path[at + 1]));
  const start = fork < 0 ? undefined : path[fork + 1];
  start?.traverse((node) => names.add(node.name));
  return names;
}

function branches(node: Object3D, next: Object3D | undefined): boolean {
  return node.children.some((child) => child !== next && hasJoint(child));
}

function hasJoint(node: Object3D): boolean {
  return "isBone" in node && node.children.length > 0;
}

/** The clip without the tracks of other nodes; null when nothing is left. */
export function masked(clip: AnimationClip, names: ReadonlySet<string>): AnimationClip | null {
  const tracks = clip.tracks.filter((track) => names.has(PropertyBinding.parseTrackName(track.name).nodeName));
  return tracks.length > 0 ? new AnimationClip(`${clip.name} (upper body)`, clip.duration, tracks) : null;
}
