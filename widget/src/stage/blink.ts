/** Blinking: shut in 60 ms, open again in 100, every few seconds, now and then twice. */

const SHUT_SECONDS = 0.06;
const OPEN_SECONDS = 0.1;
const LEAST_SECONDS = 1.5;
const MOST_SECONDS = 6;
const TWICE = 0.15;

export class Blink {
  private readonly random: () => number;
  private untilNext: number;
  private time = Number.POSITIVE_INFINITY;

  constructor(random: () => number) {
    this.random = random;
    this.untilNext = this.pause();
  }

  /** Moves on and returns how far the lids are shut, in [0, 1]. */
  update(seconds: number): number {
    this.time += seconds;
    this.untilNext -= seconds;
    if (this.untilNext <= 0) {
      this.time = 0;
      this.untilNext = this.random() < TWICE ? 0.28 : this.pause();
    }
    if (this.time < SHUT_SECONDS) return this.time / SHUT_SECONDS;
    return Math.max(0, 1 - (this.time - SHUT_SECONDS) / OPEN_SECONDS);
  }

  private pause(): number {
    return LEAST_SECONDS + this.random() * (MOST_SECONDS - LEAST_SECONDS);
  }
}
