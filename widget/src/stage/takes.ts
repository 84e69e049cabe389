/** Takes: clips as the designer's settings play them: reflected, kept in place, masked, added to what lies beneath. */
import {
  AdditiveAnimationBlendMode,
  AnimationClip,
  type Interpolant,
  type KeyframeTrack,
  type Object3D,
  Quaternion,
} from "three";
import type { ClipSettings } from "../contract.gen.ts";
import { masked, type Torso } from "./masks.ts";
import { mirrored, mirrorOf } from "./mirror.ts";
import { locked } from "./rooting.ts";
import { windowOf } from "./timing.ts";

/** Of a turn's axis, times the sine of half its angle: so little is not seen. */
const STILL = 1e-6;
const turn = new Quaternion();
const begun = new Quaternion();

/** Every clip as it is to be played, by name. Call it in the bind pose: that is what settings are measured against. */
export function takesOf(
  clips: readonly AnimationClip[],
  settings: Readonly<Record<string, ClipSettings>>,
  root: Object3D,
  torso: Torso,
): Map<string, AnimationClip> {
  const mirror = Object.values(settings).some((clip) => clip.mirror) ? mirrorOf(root) : null;
  // Of clips of one name the first is meant, as the rest of the house reads it.
  return new Map(
    [...clips].reverse().map((clip) => {
      const wanted = settings[clip.name];
      if (!wanted) return [clip.name, clip];
      const { start } = windowOf(wanted, clip.duration);
      let made = wanted.mirror && mirror ? mirrored(clip, mirror) : clip;
      if (wanted.lock_root && torso.hips) made = locked(made, root, torso.hips, start);
      if (wanted.mask !== "full") made = masked(made, torso[wanted.mask]);
      return [clip.name, wanted.additive ? differences(made, start) : made];
    }),
  );
}

/** The clip as what is to be added to another pose: its difference from itself at `start`, in the joints' own axes. */
function differences(clip: AnimationClip, start: number): AnimationClip {
  const tracks = clip.tracks.map((track) => difference(track, start));
  return new AnimationClip(clip.name, clip.duration, tracks, AdditiveAnimationBlendMode);
}

function difference(track: KeyframeTrack, start: number): KeyframeTrack {
  // Every track has it, a spline's its own; three's types leave it out.
  const curve = (track as unknown as { createInterpolant(): Interpolant }).createInterpolant();
  const first = Array.from(curve.evaluate(start) as ArrayLike<number>);
  const made = track.clone();
  const { values } = made;
  const width = first.length;
  const isSpline = values.length > made.times.length * width;
  if (track.ValueTypeName === "quaternion") {
    begun.fromArray(first).normalize().invert();
    for (let at = 0; at < values.length; at += 4) {
      turn.fromArray(values, at).premultiply(begun);
      if (!isSpline) turn.normalize();
      // Next to nothing is nothing: the mixer would normalise what lies beneath, or not, by the last of its digits.
      if (Math.max(Math.abs(turn.x), Math.abs(turn.y), Math.abs(turn.z)) < STILL) turn.identity();
      turn.toArray(values, at);
    }
    return made;
  }
  // A spline's tangents are differences already.
  for (let at = 0; at < values.length; at += 1) {
    const isPlace = !isSpline || Math.floor(at / width) % 3 === 1;
    if (isPlace) values[at] = (values[at] ?? 0) - (first[at % width] ?? 0);
  }
  return made;
}
