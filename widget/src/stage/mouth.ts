/** The mouth, driven by the text as it becomes visible. */
import type { FaceRig, Viseme } from "../contract.gen.ts";
import type { Morphs } from "./morphs.ts";
import { type Mouthing, mouthingsOf } from "./visemes.ts";

const SECONDS_A_LETTER = 0.05;
/** So far the mouth may lag behind the words; then it talks faster. */
const MOST_LAG_SECONDS = 0.5;
const PEAK = 0.6;
const CLOSED_PEAK = 0.9;
/** Shapes flow into each other at this rate a second. */
const FLOW_RATE = 24;
const JAW_RADIANS = 0.22;

/** How far each shape opens the mouth, for avatars of one shape or a jaw. */
const OPENNESS: Readonly<Record<Viseme, number>> = {
  ...{ sil: 0, PP: 0, FF: 0.12, TH: 0.25, DD: 0.25, kk: 0.3, CH: 0.3, SS: 0.15 },
  ...{ nn: 0.22, RR: 0.3, aa: 1, E: 0.65, I: 0.45, O: 0.8, U: 0.4 },
};

export class Mouth {
  private readonly rig: FaceRig;
  private readonly waiting: Mouthing[] = [];
  private lettersLeft = 0;
  private current: Viseme = "sil";
  private left = 0;
  private readonly weights = new Map<Viseme, number>();
  private openness = 0;

  constructor(rig: FaceRig) {
    this.rig = rig;
  }

  get isMoving(): boolean {
    return this.waiting.length > 0 || this.openness > 0.01;
  }

  /** How far the mouth is open by now, in [0, 1]. */
  get opened(): number {
    return this.openness;
  }

  /** Radians that a jaw bone opens by now. */
  get jawRadians(): number {
    return this.openness * JAW_RADIANS;
  }

  /** Speaks text that has just become visible. */
  say(text: string): void {
    for (const mouthing of mouthingsOf(text)) {
      this.waiting.push(mouthing);
      this.lettersLeft += mouthing.letters;
    }
  }

  /** Shuts the mouth in this very frame. */
  stop(): void {
    this.waiting.length = 0;
    this.lettersLeft = 0;
    this.left = 0;
    this.current = "sil";
    this.openness = 0;
    this.weights.clear();
  }

  update(seconds: number): void {
    // What is far behind is hurried, so that the mouth ends with the text.
    const lag = this.lettersLeft * SECONDS_A_LETTER;
    this.take(seconds * Math.max(1, lag / MOST_LAG_SECONDS));
    const flow = 1 - Math.exp(-FLOW_RATE * seconds);
    for (const [viseme, weight] of this.weights) this.weights.set(viseme, weight * (1 - flow));
    if (this.current !== "sil") {
      const peak = this.current === "PP" || this.current === "FF" ? CLOSED_PEAK : PEAK;
      this.weights.set(this.current, (this.weights.get(this.current) ?? 0) + peak * flow);
    }
    this.openness += (OPENNESS[this.current] - this.openness) * flow;
  }

  /** Adds the mouth to the face; `share` below 1 while an emotion holds the lips. */
  apply(morphs: Morphs, share: number): void {
    if (this.rig.mouth_tier === "visemes") {
      for (const [viseme, weight] of this.weights) {
        const name = this.rig.visemes[viseme];
        if (name && weight > 0.003) morphs.add(name, weight * share);
      }
    } else if (this.rig.mouth_open) {
      morphs.add(this.rig.mouth_open, this.openness * PEAK * share);
    }
  }

  private take(seconds: number): void {
    this.left -= seconds;
    while (this.left <= 0) {
      const next = this.waiting.shift();
      if (!next) {
        this.current = "sil";
        this.left = 0;
        return;
      }
      this.lettersLeft = Math.max(0, this.lettersLeft - next.letters);
      this.current = next.viseme;
      this.left += next.letters * SECONDS_A_LETTER;
    }
  }
}
