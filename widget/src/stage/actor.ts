/** The avatar as one that acts: body, face, mouth and head together. It knows neither drawing nor the session. */
import type { AnimationClip, Object3D } from "three";
import type { ActingMap, Emotion, Role, TurnCue } from "../contract.gen.ts";
import { Blink } from "./blink.ts";
import { Body } from "./body.ts";
import { candidatesFor, castingFor, chainOf } from "./chains.ts";
import { Face } from "./face.ts";
import { Gaze } from "./gaze.ts";
import { Head } from "./head.ts";
import manners from "./manners.json" with { type: "json" };
import { torsoOf } from "./masks.ts";
import { Morphs } from "./morphs.ts";
import { Mouth } from "./mouth.ts";
import { FADE, INTENSITY, postureFade, stepOf } from "./timing.ts";

export type Posture = "idle" | "listening" | "thinking" | "talking";

/** One clip that was played, for whoever watches. */
export interface Play {
  readonly clip: string;
  readonly role: Role;
  readonly at: number;
}

export interface ActorOptions {
  readonly random: () => number;
}

const VARIANT_SECONDS = { least: 10, most: 25 } as const;
/** So long one way of talking is kept, where the avatar has several. */
const TALKING_SECONDS = { least: 4, most: 7 } as const;
const LISTENING_NOD_SECONDS = { least: 2.8, most: 5.5 } as const;
const GREETING = { role: "greet", emotion: "happy", intensity: 0.85, clip: null } as const;
const MOST_PLAYS = 200;

export class Actor {
  readonly root: Object3D;
  readonly plays: Play[] = [];
  readonly gaze: Gaze;
  /** Seconds that this avatar has lived. */
  seconds = 0;
  posture: Posture = "idle";
  /** Face and words go on, the body keeps still. */
  isCalm = false;
  private readonly acting: ActingMap;
  private readonly manner: (typeof manners)[keyof typeof manners];
  private readonly body: Body;
  private readonly face: Face;
  private readonly mouth: Mouth;
  private readonly morphs: Morphs;
  private readonly head: Head;
  private readonly blink: Blink;
  private readonly random: () => number;
  private readonly loaded: ReadonlySet<string>;
  private talksWithHead = false;
  private untilVariant: number;
  private untilNod = 0;
  private untilOtherTalk = 0;

  constructor(root: Object3D, clips: readonly AnimationClip[], acting: ActingMap, options: ActorOptions) {
    const { random } = options;
    this.root = root;
    this.acting = acting;
    this.random = random;
    this.manner = manners[acting.preset];
    const torso = torsoOf(root, acting.face);
    this.body = new Body({ root, clips, settings: acting.clips, torso, snappiness: acting.snappiness });
    this.loaded = new Set(this.body.clips.keys());
    this.morphs = new Morphs(root);
    this.head = new Head(root, acting.face, this.morphs);
    this.face = new Face(acting.emotions, acting.snappiness);
    this.mouth = new Mouth(acting.face);
    this.blink = new Blink(random);
    this.gaze = new Gaze(random);
    this.gaze.reach = this.manner.life;
    this.gaze.pace = this.manner.pace;
    this.untilVariant = this.between(VARIANT_SECONDS);
    this.takePosture("idle");
  }

  get emotion(): Emotion {
    return this.face.emotion;
  }

  get gesture(): string | null {
    return this.body.gestureClip;
  }

  /** The clip that is seen most: the gesture's, else the posture's. */
  get clip(): string | null {
    return this.body.gestureClip ?? this.body.postureClip;
  }

  /** True while something happens that wants every frame; idling wants half of them. */
  get isLively(): boolean {
    const isPlaying = this.body.isMoving || this.gesture !== null || this.head.isMoving;
    return isPlaying || this.face.isMoving || this.mouth.isMoving || this.posture === "talking";
  }

  setPosture(posture: Posture): void {
    if (posture === this.posture) return;
    this.posture = posture;
    this.untilVariant = this.between(VARIANT_SECONDS);
    this.untilNod = 0.5;
    this.untilOtherTalk = this.between(TALKING_SECONDS);
    if (!this.isCalm) this.takePosture(posture);
  }

  /** Greets as strongly as its manner has it. */
  greet(): void {
    const { gain, loudest } = this.manner;
    this.perform({ ...GREETING, intensity: Math.min(loudest, GREETING.intensity * gain) });
  }

  /** Acts a cue whose place has come. What the designer asked for keeps no cooldown. */
  perform(cue: Pick<TurnCue, "role" | "emotion" | "intensity" | "clip"> & { readonly source?: string }): void {
    this.face.show(cue.emotion, cue.intensity);
    if (this.isCalm || !cue.role || cue.intensity < INTENSITY.body) return;
    const amount = cue.intensity < INTENSITY.whole ? "upper" : "whole";
    const casting = this.castingOf(cue.role, cue.clip, cue.source === "designer");
    if (casting && this.body.playGesture(casting.clip, amount)) this.note(casting.clip, casting.role);
    else if (!casting) this.moveHead(cue.role);
  }

  /** Moves the mouth for text that has just become visible. */
  say(text: string): void {
    this.mouth.say(text);
  }

  /** Ends mouth, gesture and nods in this frame; the posture is for the caller to choose. */
  stop(): void {
    this.mouth.stop();
    this.head.stop();
    if (this.body.gestureClip) this.body.endGesture(FADE.gestureToGesture / this.acting.snappiness);
  }

  /** Face and words only, from now on, or everything again. */
  setCalm(calm: boolean): void {
    if (calm === this.isCalm) return;
    this.isCalm = calm;
    this.body.endGesture();
    this.takePosture(calm ? "idle" : this.posture);
  }

  /** Moves the avatar on. Returns the weight of the body's clips, which is never below 1. */
  update(seconds: number): number {
    const step = stepOf(seconds);
    this.seconds += step;
    this.morphs.restore();
    this.head.restore();
    const weight = this.body.update(this.isCalm && !this.body.isMoving ? 0 : step);
    this.morphs.keep();
    this.head.keep();
    this.followMood();
    this.live(step);
    this.express(step);
    return weight;
  }

  dispose(): void {
    this.body.dispose();
  }

  /** An idle or a talking clip of the present emotion takes the place of one that is of another, or of none. */
  private followMood(): void {
    if (this.isCalm) return;
    const found = candidatesFor(this.posture, this.choice);
    if (found && !found.entries.some((entry) => entry.clip === this.body.postureClip)) this.takePosture(this.posture);
  }

  /** Small things that nobody asks for: variants of idling, nods of listening. */
  private live(seconds: number): void {
    if (this.isCalm || this.gesture) return;
    if (this.posture === "idle") {
      this.untilVariant -= seconds;
      if (this.untilVariant <= 0) this.vary();
    } else if (this.posture === "talking") {
      this.untilOtherTalk -= seconds;
      if (this.untilOtherTalk <= 0) this.talkOtherwise();
    } else if (this.posture === "listening" && !this.hasOwn("listening")) {
      this.untilNod -= seconds;
      if (this.untilNod <= 0) {
        this.head.play("slow_nod");
        this.untilNod = this.between(LISTENING_NOD_SECONDS);
      }
    }
  }

  private vary(): void {
    this.untilVariant = this.between(VARIANT_SECONDS);
    const last = this.plays.findLast((play) => play.role === "idle_variant")?.clip ?? null;
    const casting = castingFor("idle_variant", { ...this.choice, avoid: last });
    if (casting && this.body.playGesture(casting.clip, "whole")) this.note(casting.clip, "idle_variant");
  }

  private talkOtherwise(): void {
    this.untilOtherTalk = this.between(TALKING_SECONDS);
    const casting = castingFor("talking", { ...this.choice, avoid: this.body.postureClip });
    if (casting?.role === "talking") this.pose(casting.clip, "talking");
  }

  private express(seconds: number): void {
    const isTalking = this.mouth.isMoving;
    this.face.update(seconds, isTalking);
    this.mouth.update(seconds);
    const gestureShare = this.gesture ? 0.35 : 1;
    const isThinking = this.posture === "thinking" && !this.hasOwn("thinking");
    this.gaze.update(seconds, isThinking, this.isCalm ? 0 : gestureShare);
    const { yaw, pitch } = this.gaze.now;
    const chest = this.head.chestNode;
    const isBreathing = !this.isCalm && chest !== null && !this.body.moves(chest);
    const pose = {
      yaw,
      pitch,
      isTalking: isTalking && this.talksWithHead && !this.isCalm,
      isBreathing,
      life: this.manner.life,
    };
    // Smile and mouth add up: an emotion that holds the lips halves what the words do.
    const share = 1 - this.face.strength * 0.5;
    this.head.apply(this.isCalm ? 0 : seconds, pose, this.mouth.jawRadians * share, this.morphs);
    this.face.apply(this.morphs, 1 - this.body.faceTaken);
    this.mouth.apply(this.morphs, share);
    const lids = this.blink.update(seconds);
    for (const name of this.acting.face.blink) this.morphs.add(name, lids);
  }

  private takePosture(posture: Posture): void {
    const casting = castingFor(posture, this.choice);
    this.talksWithHead = posture === "talking" && casting?.role !== "talking";
    const clip = casting?.clip ?? this.quietestClip();
    if (clip) this.pose(clip, posture);
  }

  private pose(clip: string, posture: Posture): void {
    this.body.setPosture(clip, postureFade(this.acting.clips[clip], posture, this.acting.snappiness));
  }

  /** An avatar whose map names no idle stands in its first loop rather than in its bind pose. */
  private quietestClip(): string | null {
    const loops = Object.entries(this.acting.clips).filter(([, clip]) => clip.loop && !clip.hidden);
    return loops.find(([name]) => this.loaded.has(name))?.[0] ?? null;
  }

  private castingOf(role: Role, clip: string | null, isObeyed: boolean): { role: Role; clip: string } | null {
    if (clip && this.loaded.has(clip) && (isObeyed || !this.rests(clip))) return { role, clip };
    const last = this.plays.at(-1)?.clip ?? null;
    return castingFor(role, { ...this.choice, avoid: last });
  }

  private moveHead(role: Role): void {
    const move = chainOf(role).find((candidate) => candidate === "nod" || candidate === "shake_head");
    if (move === "nod" || move === "shake_head") this.head.play(move);
  }

  private hasOwn(role: Role): boolean {
    return castingFor(role, this.choice)?.role === role;
  }

  private get choice() {
    return {
      acting: this.acting,
      loaded: this.loaded,
      emotion: this.face?.emotion ?? "neutral",
      random: this.random,
      rests: this.rests,
    } as const;
  }

  private readonly rests = (clip: string): boolean => {
    const cooldown = this.acting.clips[clip]?.cooldown_seconds;
    return cooldown != null && this.plays.some((play) => play.clip === clip && this.seconds - play.at < cooldown);
  };

  private between(range: { readonly least: number; readonly most: number }): number {
    return (range.least + this.random() * (range.most - range.least)) / this.manner.pace;
  }

  private note(clip: string, role: Role): void {
    this.plays.push({ clip, role, at: this.seconds });
    if (this.plays.length > MOST_PLAYS) this.plays.shift();
  }
}
