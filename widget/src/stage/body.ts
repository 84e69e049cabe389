/** The avatar's body: one mixer for its life, a posture that is always there, gestures that pass over it. */
import { type AnimationAction, type AnimationClip, AnimationMixer, type Object3D } from "three";
import type { ClipSettings } from "../contract.gen.ts";
import { applyWeights, type Layer, LayerStack, type Playing } from "./layers.ts";
import { masked, type Torso } from "./masks.ts";
import { takesOf } from "./takes.ts";
import { FADE, gestureFades, gestureTimes, windowOf } from "./timing.ts";

export interface BodyParts {
  readonly root: Object3D;
  readonly clips: readonly AnimationClip[];
  readonly settings: Readonly<Record<string, ClipSettings>>;
  readonly torso: Torso;
  readonly snappiness: number;
}

interface PlayingGesture {
  readonly layer: Layer;
  /** Seconds by the clock until the way back starts. */
  left: number;
  readonly fadeOut: number;
}

export class Body {
  readonly clips: ReadonlyMap<string, AnimationClip>;
  private readonly parts: BodyParts;
  private readonly mixer: AnimationMixer;
  private readonly posture = new LayerStack(true);
  private readonly gestures = new LayerStack(false);
  private readonly masks = new Map<string, AnimationClip>();
  private readonly twins = new Map<AnimationClip, AnimationClip[]>();
  private readonly faces = new WeakMap<AnimationClip, number>();
  private playing: PlayingGesture | null = null;

  constructor(parts: BodyParts) {
    this.parts = parts;
    this.mixer = new AnimationMixer(parts.root);
    this.clips = takesOf(parts.clips, parts.settings, parts.root, parts.torso);
  }

  get postureClip(): string | null {
    return this.posture.top?.clip ?? null;
  }

  /** The gesture that plays now and has not begun its way back. */
  get gestureClip(): string | null {
    return this.playing?.layer.clip ?? null;
  }

  /** How much of the face the gestures' own clips take now, in [0, 1]; a clip that smiles leaves less to the emotion. */
  get faceTaken(): number {
    return this.gestures.layers.reduce((most, { action, cover }) => {
      return Math.max(most, cover * this.faceOf(action.getClip()));
    }, 0);
  }

  /** True while any fade is under way. */
  get isMoving(): boolean {
    return this.gestures.layers.length > 0 || this.posture.layers.some(({ cover, target }) => cover !== target);
  }

  /** Changes the posture, in `seconds`; the same clip goes on as it is. */
  setPosture(name: string, seconds: number): void {
    const clip = this.clips.get(name);
    if (!clip || this.posture.top?.clip === name) return;
    const isFirst = !this.posture.top;
    const playing = this.playingOf(name, clip, windowOf(this.parts.settings[name], clip.duration).start, true, clip);
    const layer = this.posture.push(this.start(clip), playing, isFirst ? 0 : seconds);
    if (isFirst) layer.cover = 1;
  }

  /** Plays a gesture over the posture, in place of the one that plays. False when there is no such clip. */
  playGesture(name: string, amount: "upper" | "whole"): boolean {
    const whole = this.clips.get(name);
    if (!whole) return false;
    const settings = this.parts.settings[name];
    const fades = gestureFades(settings, this.parts.snappiness, this.gestures.top !== null);
    const times = gestureTimes(settings, whole.duration, fades);
    const clip = amount === "upper" ? this.upperOf(whole) : whole;
    const playing = this.playingOf(name, clip, times.from, settings?.loop ?? false, whole);
    const layer = this.gestures.push(this.start(clip), playing, fades.in);
    this.playing = { layer, left: times.wayBackAfter, fadeOut: fades.out };
    return true;
  }

  /** Gives the body back to its posture, from wherever the gesture is. */
  endGesture(seconds = this.playing?.fadeOut ?? FADE.gestureOut / this.parts.snappiness): void {
    this.playing = null;
    this.gestures.release(seconds);
  }

  /** Moves everything on. Returns the sum of the weights: never below 1 once there is a posture. */
  update(seconds: number): number {
    const left = this.playing?.left ?? Number.POSITIVE_INFINITY;
    const before = Math.min(left, seconds);
    this.advance(before);
    if (this.playing) this.playing.left -= before;
    // By the clock, not by the frame that noticed: a late frame may not lengthen the gesture.
    if (left <= seconds) {
      this.endGesture();
      this.advance(seconds - left);
    }
    const total = applyWeights([this.posture, this.gestures]);
    this.mixer.update(0);
    return total;
  }

  /** Whether a node is moved by a clip of the present posture. */
  moves(node: Object3D): boolean {
    const clip = this.clips.get(this.posture.top?.clip ?? "");
    return clip?.tracks.some((track) => track.name.startsWith(`${node.name}.`)) ?? false;
  }

  dispose(): void {
    this.posture.clear();
    this.gestures.clear();
    this.mixer.stopAllAction();
    this.mixer.uncacheRoot(this.parts.root);
  }

  private advance(seconds: number): void {
    this.posture.advance(seconds);
    this.gestures.advance(seconds);
  }

  private faceOf(clip: AnimationClip): number {
    let strongest = this.faces.get(clip);
    if (strongest === undefined) {
      const tracks = clip.tracks.filter((track) => track.name.endsWith(".morphTargetInfluences"));
      strongest = Math.min(
        1,
        tracks.reduce((most, track) => track.values.reduce((a, b) => Math.max(a, b), most), 0),
      );
      this.faces.set(clip, strongest);
    }
    return strongest;
  }

  private upperOf(whole: AnimationClip): AnimationClip {
    const upper = this.masks.get(whole.name) ?? masked(whole, this.parts.torso.upper);
    this.masks.set(whole.name, upper);
    return upper;
  }

  private playingOf(name: string, clip: AnimationClip, from: number, loops: boolean, whole: AnimationClip): Playing {
    const settings = this.parts.settings[name];
    const isAdditive = settings?.additive ?? false;
    const mask = settings?.mask ?? "full";
    const isMasked = clip !== whole || (mask !== "full" && this.parts.torso[mask].size > 0);
    return {
      clip: name,
      span: windowOf(settings, clip.duration),
      from,
      speed: settings?.speed ?? 1,
      loops,
      isPartial: isAdditive || isMasked,
      isAdditive,
    };
  }

  /** Layers say where in their clips they are; the mixer's own clock stands. */
  private start(clip: AnimationClip): AnimationAction {
    return this.freeActionOf(clip).reset().play();
  }

  /** The same clip over itself needs a second action, and the mixer keeps one for each clip: so a copy of the clip. */
  private freeActionOf(clip: AnimationClip): AnimationAction {
    const copies = this.twins.get(clip) ?? [clip];
    this.twins.set(clip, copies);
    for (const copy of copies) {
      const action = this.mixer.clipAction(copy);
      if (!this.isUsed(action)) return action;
    }
    const copy = clip.clone();
    copies.push(copy);
    return this.mixer.clipAction(copy);
  }

  private isUsed(action: AnimationAction): boolean {
    return [this.posture, this.gestures].some((stack) => stack.layers.some((layer) => layer.action === action));
  }
}
