/** Where the avatar looks: at the pointer, else at the visitor with small shifts, up when it thinks. */

/** Radians; yaw is positive towards the avatar's left (+X of the stage), pitch is positive upwards. */
export interface GazeTarget {
  yaw: number;
  pitch: number;
}

const YAW_LIMIT = 0.85;
const PITCH_LIMIT = 0.45;
const FOLLOW_SECONDS = 5;
const FOLLOW_RATE = 7;
const LEAST_SHIFT_SECONDS = 2;
const MOST_SHIFT_SECONDS = 5;

export class Gaze {
  readonly now: GazeTarget = { yaw: 0, pitch: 0 };
  /** How far and how often glances go, by the avatar's manner. */
  reach = 1;
  pace = 1;
  private readonly random: () => number;
  private readonly pointed: GazeTarget = { yaw: 0, pitch: 0 };
  private readonly wandered: GazeTarget = { yaw: 0, pitch: 0 };
  private sincePointed = Number.POSITIVE_INFINITY;
  private untilShift = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  /** The pointer moved; `right` and `up` are its distances from the avatar's eyes in heights of the stage. */
  pointAt(right: number, up: number): void {
    this.pointed.yaw = limited(Math.atan(right * 0.9), YAW_LIMIT);
    this.pointed.pitch = limited(Math.atan(up * 0.7), PITCH_LIMIT);
    this.sincePointed = 0;
  }

  /** Moves the gaze on; `share` below 1 while a gesture moves the head by itself. */
  update(seconds: number, isThinking: boolean, share: number): void {
    this.sincePointed += seconds;
    this.untilShift -= seconds;
    if (this.untilShift <= 0) this.shift();
    const target = this.sincePointed < FOLLOW_SECONDS ? this.pointed : this.wandered;
    const yaw = isThinking ? -0.3 : target.yaw;
    const pitch = isThinking ? 0.32 : target.pitch;
    const follow = 1 - Math.exp(-FOLLOW_RATE * seconds);
    this.now.yaw += (yaw * share - this.now.yaw) * follow;
    this.now.pitch += (pitch * share - this.now.pitch) * follow;
  }

  private shift(): void {
    const wait = LEAST_SHIFT_SECONDS + this.random() * (MOST_SHIFT_SECONDS - LEAST_SHIFT_SECONDS);
    this.untilShift = wait / this.pace;
    // Mostly at the visitor; the others are glances.
    const reach = (this.random() < 0.6 ? 0.06 : 0.3) * this.reach;
    this.wandered.yaw = (this.random() * 2 - 1) * reach;
    this.wandered.pitch = (this.random() * 2 - 1) * reach * 0.5;
  }
}

function limited(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}
