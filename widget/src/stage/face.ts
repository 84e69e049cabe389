/** The face of an emotion: fades from whatever it shows now, holds, and goes back to neutral. */
import type { Emotion, EmotionFace } from "../contract.gen.ts";
import type { Morphs } from "./morphs.ts";
import { FACE_HOLD, faceFade } from "./timing.ts";

type Shape = Map<string, number>;

export class Face {
  /** What is shown now, or faded to. */
  emotion: Emotion = "neutral";
  private readonly faces: Readonly<Record<string, EmotionFace>>;
  private readonly snappiness: number;
  private from: Shape = new Map();
  private to: Shape = new Map();
  private readonly now: Shape = new Map();
  private elapsed = 0;
  private seconds = 0;
  private holdLeft = 0;

  constructor(faces: Readonly<Record<string, EmotionFace>>, snappiness: number) {
    this.faces = faces;
    this.snappiness = snappiness;
  }

  /** How strong the emotion is now, in [0, 1]: smile and mouth add up, so the mouth gives way by it. */
  get strength(): number {
    return this.emotion === "neutral" ? 0 : this.progress;
  }

  get isMoving(): boolean {
    return this.elapsed < this.seconds;
  }

  /** Shows `emotion` as strongly as `intensity` says, for about three seconds. */
  show(emotion: Emotion, intensity: number): void {
    this.emotion = emotion;
    this.holdLeft = emotion === "neutral" ? 0 : FACE_HOLD;
    this.fadeTo(this.shapeOf(emotion, intensity), faceFade(emotion));
  }

  /** Moves on; `stays` keeps the emotion while its words are still being said. */
  update(seconds: number, stays: boolean): void {
    this.elapsed = Math.min(this.seconds, this.elapsed + seconds);
    this.mix();
    if (this.emotion === "neutral" || this.isMoving) return;
    this.holdLeft -= seconds;
    if (this.holdLeft <= 0 && !stays) this.show("neutral", 0);
  }

  /** Adds the face; `share` below 1 while a clip makes a face of its own. */
  apply(morphs: Morphs, share: number): void {
    for (const [name, weight] of this.now) if (weight > 0.001) morphs.add(name, weight * share);
  }

  private get progress(): number {
    return this.seconds > 0 ? this.elapsed / this.seconds : 1;
  }

  private shapeOf(emotion: Emotion, intensity: number): Shape {
    const morphs = this.faces[emotion]?.morphs ?? {};
    // A weak emotion is still to be seen in the face: that is where it is shown alone.
    const share = 0.35 + 0.65 * intensity;
    return new Map(Object.entries(morphs).map(([name, weight]) => [name, weight * share]));
  }

  private fadeTo(shape: Shape, seconds: number): void {
    this.from = new Map(this.now);
    this.to = shape;
    this.elapsed = 0;
    this.seconds = seconds / this.snappiness;
  }

  private mix(): void {
    const share = this.progress * this.progress * (3 - 2 * this.progress);
    for (const name of this.from.keys()) this.now.set(name, (this.from.get(name) ?? 0) * (1 - share));
    for (const [name, weight] of this.to) this.now.set(name, (this.from.get(name) ?? 0) * (1 - share) + weight * share);
    if (share === 1) for (const name of [...this.now.keys()]) if (!this.to.has(name)) this.now.delete(name);
  }
}
