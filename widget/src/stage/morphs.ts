/** Morph targets by name over all meshes, and weights added to what the clips left there. */
import type { Mesh, Object3D } from "three";

interface Place {
  readonly mesh: number;
  readonly index: number;
}

interface Influences {
  readonly values: number[];
  /** What the mixer wrote. It skips what has not changed, so our additions must be taken back before it runs. */
  readonly base: Float32Array;
}

/** Class, because it keeps what the mixer wrote from frame to frame. */
export class Morphs {
  private readonly places = new Map<string, Place[]>();
  private readonly meshes: Influences[] = [];

  constructor(root: Object3D) {
    root.traverse((node) => {
      const { morphTargetDictionary: names, morphTargetInfluences: values } = node as Mesh;
      if (!names || !values) return;
      const mesh = this.meshes.push({ values, base: Float32Array.from(values) }) - 1;
      for (const [name, index] of Object.entries(names)) {
        this.places.set(name, [...(this.places.get(name) ?? []), { mesh, index }]);
      }
    });
  }

  get names(): IterableIterator<string> {
    return this.places.keys();
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** Takes our additions back. Call it before the mixer. */
  restore(): void {
    for (const { values, base } of this.meshes) for (let at = 0; at < base.length; at += 1) values[at] = base[at] ?? 0;
  }

  /** Keeps what the mixer wrote. Call it after the mixer, before the additions. */
  keep(): void {
    for (const { values, base } of this.meshes) for (let at = 0; at < base.length; at += 1) base[at] = values[at] ?? 0;
  }

  /** Adds `weight` to a morph target, within [0, 1]; does nothing for a name that the avatar has not. */
  add(name: string, weight: number): void {
    const places = this.places.get(name);
    if (!places) return;
    for (const { mesh, index } of places) {
      const values = this.meshes[mesh]?.values;
      if (values) values[index] = Math.min(1, Math.max(0, (values[index] ?? 0) + weight));
    }
  }
}
