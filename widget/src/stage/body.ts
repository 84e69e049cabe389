/** The avatar's body: one mixer for its life, a posture that is always there, gestures that pass over it. */
import { type AnimationAction, type AnimationClip, AnimationMixer, LoopOnce, LoopRepeat, type Object3D } from "three";
import type { ClipSettings } from "../contract.gen.ts";
import { applyWeights, type Layer, LayerStack } from "./layers.ts";
import { masked } from "./masks.ts";
import { FADE, gestureTimes } from "./timing.ts";

export interface BodyParts {
  readonly root: Object3D;
  readonly clips: readonly AnimationClip[];
  readonly settings: Readonly<Record<string, ClipSettings>>;
  /** Nodes of the upper body; empty when unknown, and gestures then take the whole. */
  readonly upper: ReadonlySet<string>;
  readonly snappiness: number;
}

interface PlayingGesture {
  readonly layer: Layer;
  /** Seconds by the clock until the way back starts. */
  left: number;
}

export class Body {
  readonly clips: ReadonlyMap<string, AnimationClip>;
  private readonly parts: BodyParts;
  private readonly mixer: AnimationMixer;
  private readonly posture = new LayerStack();
  private readonly gestures = new LayerStack();
  private readonly masks = new Map<string, AnimationClip | null>();
  private readonly twins = new Map<AnimationClip, AnimationClip[]>();
  private readonly faces = new WeakMap<AnimationClip, number>();
  private playing: PlayingGesture | null = null;

  constructor(parts: BodyParts) {
    this.parts = parts;
    this.mixer = new AnimationMixer(parts.root);
    // Of clips of one name the first is meant, as the rest of the house reads it.
    this.clips = new Map([...parts.clips].reverse().map((clip) => [clip.name, clip]));
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
    return this.gestures.layers.length > 0 || this.posture.layers.length > 1;
  }

  /** Changes the posture; the same clip goes on as it is. */
  setPosture(name: string, seconds: number): void {
    const clip = this.clips.get(name);
    if (!clip || this.posture.top?.clip === name) return;
    const action = this.start(clip, this.parts.settings[name]?.speed ?? 1, 0, true);
    const layer = this.posture.push(action, name, this.posture.top ? seconds / this.parts.snappiness : 0);
    if (this.posture.layers.length === 1) layer.cover = 1;
  }

  /** Plays a gesture over the posture, in place of the one that plays. False when there is no such clip. */
  playGesture(name: string, amount: "upper" | "whole"): boolean {
    const whole = this.clips.get(name);
    if (!whole) return false;
    const settings = this.parts.settings[name];
    const { snappiness } = this.parts;
    const fadeIn = (this.gestures.top ? FADE.gestureToGesture : FADE.gestureIn) / snappiness;
    const times = gestureTimes(settings, whole.duration, fadeIn, FADE.gestureOut / snappiness);
    const clip = amount === "upper" ? this.upperOf(whole) : whole;
    const action = this.start(clip, times.speed, times.from, settings?.loop ?? false);
    this.playing = { layer: this.gestures.push(action, name, fadeIn), left: times.wayBackAfter };
    return true;
  }

  /** Gives the body back to its posture, from wherever the gesture is. */
  endGesture(seconds: number = FADE.gestureOut): void {
    this.playing = null;
    this.gestures.release(seconds / this.parts.snappiness);
  }

  /** Moves everything on. Returns the sum of the weights: never below 1 once there is a posture. */
  update(seconds: number): number {
    if (this.playing) {
      this.playing.left -= seconds;
      if (this.playing.left <= 0) this.endGesture();
    }
    this.posture.advance(seconds);
    this.gestures.advance(seconds);
    const total = applyWeights([this.posture, this.gestures]);
    this.mixer.update(seconds);
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
    if (!this.masks.has(whole.name)) this.masks.set(whole.name, masked(whole, this.parts.upper));
    return this.masks.get(whole.name) ?? whole;
  }

  private start(clip: AnimationClip, speed: number, from: number, loop: boolean): AnimationAction {
    const action = this.freeActionOf(clip);
    action.reset();
    action.setLoop(loop ? LoopRepeat : LoopOnce, loop ? Number.POSITIVE_INFINITY : 1);
    // The end holds while it fades: a clip that stopped would let go of its bones at once.
    action.clampWhenFinished = true;
    action.time = from;
    action.timeScale = speed;
    action.play();
    return action;
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
