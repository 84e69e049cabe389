/**
 * Layers of clips, each fading over what lies below it. Whatever interrupts whatever, the new layer begins at nothing
 * and the rest keeps the weights of that moment, so there is never a jump and never a gap in which the bind pose shows.
 */
import type { AnimationAction } from "three";
import { placeIn, type Span } from "./timing.ts";

/** How a clip is played: what a layer keeps of it. */
export interface Playing {
  readonly clip: string;
  readonly span: Span;
  /** Seconds of the clip at which it began. */
  readonly from: number;
  readonly speed: number;
  readonly loops: boolean;
  /** It leaves something to what lies below, for good: a mask, or a clip that is added. */
  readonly isPartial: boolean;
  readonly isAdditive: boolean;
}

/** One clip in a stack; `cover` in [0, 1] is how much of what lies below it hides. */
export interface Layer extends Playing {
  readonly action: AnimationAction;
  cover: number;
  target: 0 | 1;
  /** Change of `cover` a second. */
  rate: number;
  /** Seconds by the clock since it began. */
  elapsed: number;
}

/** So much of a covered layer is left as nobody can see; it keeps what only that layer moves from its bind pose. */
const LEAST_SHARE = 1e-4;

/** A rate that ends a fade in any frame; an infinite one would make nothing times infinity of a frame of no time. */
const AT_ONCE = 1e9;

/** A stack of layers. Class, because it lives as long as the avatar and changes at every frame. */
export class LayerStack {
  readonly layers: Layer[] = [];
  /** A partial layer needs the whole one below it, as postures do; gestures lie on a posture anyway. */
  private readonly isBased: boolean;

  constructor(isBased: boolean) {
    this.isBased = isBased;
  }

  get top(): Layer | null {
    return this.layers.at(-1) ?? null;
  }

  /** Fades `action` in over all that is there; a partial one does not hide what it takes the place of. */
  push(action: AnimationAction, playing: Playing, seconds: number): Layer {
    for (const other of this.layers) {
      if (playing.isPartial && (other.isPartial || !this.isBased)) fade(other, 0, seconds);
    }
    const layer: Layer = { ...playing, action, cover: 0, target: 1, rate: 0, elapsed: 0 };
    this.layers.push(layer);
    fade(layer, 1, seconds);
    return layer;
  }

  /** Lets every layer go, from its present weight. */
  release(seconds: number): void {
    for (const layer of this.layers) fade(layer, 0, seconds);
  }

  /** Moves clips and fades on, and stops what has gone or is wholly covered. */
  advance(seconds: number): void {
    for (const layer of this.layers) {
      layer.elapsed += seconds;
      layer.action.time = placeIn(layer.span, layer.from, layer.elapsed * layer.speed, layer.loops);
      const step = layer.rate * seconds;
      layer.cover = layer.target === 1 ? Math.min(1, layer.cover + step) : Math.max(0, layer.cover - step);
    }
    let isCovered = false;
    for (let at = this.layers.length - 1; at >= 0; at -= 1) {
      const layer = this.layers[at];
      if (!layer) continue;
      const hasGone = layer.target === 0 && layer.cover === 0;
      if (hasGone || isCovered) this.drop(at);
      isCovered ||= layer.cover === 1 && !layer.isPartial;
    }
  }

  /** Stops everything at once. */
  clear(): void {
    for (let at = this.layers.length - 1; at >= 0; at -= 1) this.drop(at);
  }

  private drop(at: number): void {
    const [layer] = this.layers.splice(at, 1);
    layer?.action.stop();
  }
}

/** Fades from the present cover to `target` in `seconds`. */
export function fade(layer: Layer, target: 0 | 1, seconds: number): void {
  const way = Math.abs(target - layer.cover);
  layer.target = target;
  layer.rate = seconds > 0 ? Math.max(way, 1e-6) / seconds : AT_ONCE;
}

/**
 * Gives every action its weight for this frame. The mixer takes weighted means, so a layer that covers `c` of a total
 * of `t` weighs `t * c / (1 - c)`; then the mean of a property is right also where only some layers move it. One that
 * is added weighs what it covers, as far as nothing above hides it.
 *
 * @returns the sum of the weights; at least 1 whenever the lowest layer is whole.
 */
export function applyWeights(stacks: readonly LayerStack[]): number {
  weighAdded(stacks);
  let total = 0;
  for (const stack of stacks) {
    for (const layer of stack.layers) {
      if (layer.isAdditive) continue;
      const cover = smooth(layer.cover);
      const weight = total === 0 ? cover : (total * cover) / Math.max(1 - cover, LEAST_SHARE);
      layer.action.setEffectiveWeight(weight);
      total += weight;
    }
  }
  return total;
}

function weighAdded(stacks: readonly LayerStack[]): void {
  let seen = 1;
  for (let stack = stacks.length - 1; stack >= 0; stack -= 1) {
    const layers = stacks[stack]?.layers ?? [];
    for (let at = layers.length - 1; at >= 0; at -= 1) {
      const layer = layers[at] as Layer;
      const cover = smooth(layer.cover);
      if (layer.isAdditive) layer.action.setEffectiveWeight(cover * seen);
      else seen *= 1 - cover;
    }
  }
}

/** Ease in and out: fades of straight weights begin and end with a jerk. */
function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
