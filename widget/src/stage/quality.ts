/** How sharp to draw: as the screen allows, less where frames take too long. */

const RATIOS = [2, 1.5, 1, 0.75] as const;
const SLOW_SECONDS = 1 / 26;
const WINDOW = 40;

export class Quality {
  private readonly most: number;
  private step: number;
  private slow = 0;
  private seen = 0;

  constructor(devicePixelRatio: number) {
    this.most = Math.min(devicePixelRatio, RATIOS[0]);
    this.step = Math.max(
      0,
      RATIOS.findIndex((ratio) => ratio <= this.most),
    );
  }

  get pixelRatio(): number {
    return Math.min(this.most, RATIOS[this.step] ?? 1);
  }

  /** Notes how long a frame took; true when the pixel ratio has changed by it. Only full-rate frames are told. */
  note(seconds: number): boolean {
    this.seen += 1;
    if (seconds > SLOW_SECONDS) this.slow += 1;
    if (this.seen < WINDOW) return false;
    const isSlow = this.slow > WINDOW * 0.6;
    this.seen = this.slow = 0;
    if (!isSlow || this.step >= RATIOS.length - 1) return false;
    this.step += 1;
    return true;
  }
}
