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

/** Seconds in which a posture comes over the one before. */
export function postureFade(settings: ClipSettings | undefined, role: Role, snappiness: number): number {
  return settings?.fade_in_seconds ?? (role === "listening" ? FADE.toListening : FADE.posture) / snappiness;
}

/** How long a gesture takes to come and to go: the clip's own, as given, else those of gestures by snappiness. */
export interface Fades {
  readonly in: number;
  readonly out: number;
}

export function gestureFades(settings: ClipSettings | undefined, snappiness: number, isOverGesture: boolean): Fades {
  const usual = isOverGesture ? FADE.gestureToGesture : FADE.gestureIn;
  return {
    in: settings?.fade_in_seconds ?? usual / snappiness,
    out: settings?.fade_out_seconds ?? FADE.gestureOut / snappiness,
  };
}

/** The part of a clip that is played at all; seconds of the clip. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function windowOf(settings: ClipSettings | undefined, duration: number): Span {
  if (!settings?.trim) return { start: 0, end: duration };
  const end = Math.min(settings.active_end ?? duration, duration);
  return { start: Math.min(settings.active_start, end), end };
}

/** Where in a clip it is, so many of its own seconds after it began at `from`. */
export function placeIn({ start, end }: Span, from: number, elapsed: number, loops: boolean): number {
  const length = end - start;
  const place = from + elapsed;
  if (!loops || length <= 0) return Math.min(place, end);
  const along = (place - start) % length;
  return start + (along < 0 ? along + length : along);
}

/** When a gesture begins in its clip, and when the way back starts; seconds of the clip and of the clock. */
export interface GestureTimes {
  readonly from: number;
  readonly wayBackAfter: number;
}

/**
 * Plans a gesture so that it moves as soon as it is seen, is long enough to be read, and gives back by the clock.
 * A trimmed clip begins where its window does, and has faded out where that ends.
 *
 * @param duration seconds of the clip itself.
 */
export function gestureTimes(settings: ClipSettings | undefined, duration: number, fades: Fades): GestureTimes {
  const speed = settings?.speed ?? 1;
  const span = windowOf(settings, duration);
  const from = settings?.trim ? span.start : Math.max(0, (settings?.active_start ?? 0) - fades.in * speed);
  const last = Math.max(from, span.end - fades.out * speed);
  const end = Math.min(last, settings?.active_end ?? duration);
  const once = Math.max(0, end - from) / speed;
  const held = settings?.loop ? repeated(once, (span.end - span.start) / speed) : once;
  // A clip shorter than its fades is seen whole for a moment, at its end.
  return { from, wayBackAfter: Math.min(Math.max(held, fades.in), HOLD.most) };
}

/** The first round and as many whole ones as it takes to be seen. */
function repeated(once: number, round: number): number {
  if (once >= HOLD.least || round <= 0) return once;
  return once + Math.ceil((HOLD.least - once) / round) * round;
}
