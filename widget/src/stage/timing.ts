/** Fades and holds, in seconds, as acting asks for them at a snappiness of 1. */
import type { ClipSettings, Emotion, Role } from "../contract.gen.ts";

export const FADE = {
  posture: 0.45,
  gestureIn: 0.25,
  gestureOut: 0.4,
  gestureToGesture: 0.2,
  toListening: 0.2,
} as const;

/** Loops shorter than this are repeated until they are seen; gestures longer than the most are faded out. */
export const HOLD = { least: 1.5, most: 4.5 } as const;

/** Below: face only. Up to `whole`: the upper body. Above: the whole clip. */
export const INTENSITY = { body: 0.35, whole: 0.7 } as const;

export const THINKING_AFTER = 0.4;
export const FACE_HOLD = 3;
/** A longer gap than this is a tab that slept, not a slow frame; the world then moves on by `AFTER_SLEEP` only. */
const SLEEP = 0.6;
const AFTER_SLEEP = 0.1;

/** How far to move on for a frame that came `seconds` after the one before. */
export function stepOf(seconds: number): number {
  return seconds > SLEEP ? AFTER_SLEEP : seconds;
}

const FACE_FADE: Partial<Record<Emotion, number>> = { surprised: 0.15, angry: 0.3, thinking: 0.5, neutral: 0.6 };

export function faceFade(emotion: Emotion): number {
  return FACE_FADE[emotion] ?? 0.4;
}

export function postureFade(role: Role): number {
  return role === "listening" ? FADE.toListening : FADE.posture;
}

/** When a gesture begins in its clip, and when the way back starts; seconds of the clip and of the clock. */
export interface GestureTimes {
  readonly from: number;
  readonly wayBackAfter: number;
  readonly speed: number;
}

/**
 * Plans a gesture so that it moves as soon as it is seen, is long enough to be read, and gives back by the clock.
 *
 * @param duration seconds of the clip itself.
 */
export function gestureTimes(
  settings: ClipSettings | undefined,
  duration: number,
  fadeIn: number,
  fadeOut: number,
): GestureTimes {
  const speed = settings?.speed ?? 1;
  const from = Math.max(0, (settings?.active_start ?? 0) - fadeIn * speed);
  const last = Math.max(from, duration - fadeOut * speed);
  const end = Math.min(last, settings?.active_end ?? duration);
  const once = Math.max(0, end - from) / speed;
  const wayBackAfter = settings?.loop ? repeated(once, duration / speed) : once;
  return { from, wayBackAfter: Math.min(wayBackAfter, HOLD.most), speed };
}

/** The first round and as many whole ones as it takes to be seen. */
function repeated(once: number, round: number): number {
  if (once >= HOLD.least || round <= 0) return once;
  return once + Math.ceil((HOLD.least - once) / round) * round;
}
