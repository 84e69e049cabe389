/** Keeping a clip where it starts: the body's way over the floor and its turn about the vertical taken out of it. */
import {
  AnimationClip,
  AnimationMixer,
  type Object3D,
  PropertyBinding,
  Quaternion,
  QuaternionKeyframeTrack,
  Vector3,
  VectorKeyframeTrack,
} from "three";
import { worldTurn } from "./joints.ts";

/** What is taken out is no sum of tracks, so it is reckoned at steps; the studio takes the same. */
const RATE = 60;

const hipPlace = new Vector3();
const begunPlace = new Vector3();
const place = new Vector3();
const begunTurn = new Quaternion();
const undo = new Quaternion();
const turn = new Quaternion();
const scratch = new Quaternion();

/**
 * The clip with `hips` above the place where they are at `start`, facing as they face there. The whole body moves with
 * them: what is moved is the topmost node on the way to the hips that the clip moves. Call it in the bind pose.
 */
export function locked(clip: AnimationClip, root: Object3D, hips: Object3D, start: number): AnimationClip {
  const top = topmostMoved(clip, root, hips);
  const above = top?.parent;
  if (!top || !above) return clip;
  const mixer = new AnimationMixer(root);
  const action = mixer.clipAction(clip).play();
  const show = (seconds: number): void => {
    action.time = seconds;
    mixer.update(0);
    hips.updateWorldMatrix(true, false);
    hipPlace.setFromMatrixPosition(hips.matrixWorld);
  };
  show(start);
  begunPlace.copy(hipPlace);
  worldTurn(hips, begunTurn).invert();
  const steps = Math.ceil(clip.duration * RATE);
  const times = Array.from({ length: steps + 1 }, (_, at) => (steps ? (at / steps) * clip.duration : 0));
  const places: number[] = [];
  const turns: number[] = [];
  for (const seconds of times) {
    show(seconds);
    worldTurn(hips, undo).multiply(begunTurn);
    // The twist about the vertical of the turn since the start, and back.
    undo.set(0, undo.y, 0, undo.w).normalize().invert();
    place.setFromMatrixPosition(top.matrixWorld);
    const height = place.y;
    place.sub(hipPlace).applyQuaternion(undo).add(begunPlace);
    place.y = height;
    places.push(...above.worldToLocal(place).toArray());
    turn.copy(undo).multiply(worldTurn(top, scratch));
    turns.push(...turn.premultiply(worldTurn(above, undo).invert()).toArray());
  }
  mixer.stopAllAction();
  mixer.uncacheRoot(root);
  const names = [`${top.name}.position`, `${top.name}.quaternion`] as const;
  const kept = clip.tracks.filter(({ name }) => name !== names[0] && name !== names[1]);
  return new AnimationClip(clip.name, clip.duration, [
    ...kept,
    new VectorKeyframeTrack(names[0], times, places),
    new QuaternionKeyframeTrack(names[1], times, turns),
  ]);
}

function topmostMoved(clip: AnimationClip, root: Object3D, hips: Object3D): Object3D | null {
  const moved = new Set<string>();
  for (const { name } of clip.tracks) {
    const { nodeName, propertyName } = PropertyBinding.parseTrackName(name);
    if (propertyName !== "scale") moved.add(nodeName);
  }
  let top: Object3D | null = null;
  for (let node: Object3D | null = hips; node && node !== root; node = node.parent)
    if (moved.has(node.name)) top = node;
  return top;
}
