/** Head, neck and eyes: the gaze, nods and shakes of our own, the bob of talking, breathing. After the mixer. */
import { Euler, type Object3D, Quaternion } from "three";
import type { FaceRig } from "../contract.gen.ts";
import { Joint, nodeNamed } from "./joints.ts";
import type { Morphs } from "./morphs.ts";

export type HeadMove = "nod" | "shake_head" | "slow_nod";

interface Swing {
  readonly axis: "pitch" | "yaw";
  readonly radians: number;
  readonly seconds: number;
  readonly rounds: number;
}

const SWINGS: Readonly<Record<HeadMove, Swing>> = {
  nod: { axis: "pitch", radians: 0.17, seconds: 0.95, rounds: 2 },
  shake_head: { axis: "yaw", radians: 0.26, seconds: 1.15, rounds: 2 },
  slow_nod: { axis: "pitch", radians: 0.08, seconds: 0.9, rounds: 1 },
};
const HEAD_SHARE = 0.4;
const EYES_SHARE = 0.6;
const NECK_PART = 0.4;
const EYES_YAW_LIMIT = 0.4;
const EYES_PITCH_LIMIT = 0.3;
const BREATH_SECONDS = 4.2;
const BREATH_RADIANS = 0.014;
const BOB_RADIANS = 0.035;

const rotation = new Quaternion();
const angles = new Euler(0, 0, 0, "YXZ");

export interface HeadPose {
  /** Radians to the stage's right-hand side (+X) and upwards. */
  readonly yaw: number;
  readonly pitch: number;
  readonly isTalking: boolean;
  readonly isBreathing: boolean;
  /** Scales breathing and the bob of talking. */
  readonly life: number;
}

export class Head {
  private readonly head: Joint | null;
  private readonly neck: Joint | null;
  private readonly chest: Joint | null;
  private readonly jaw: Joint | null;
  private readonly eyes: readonly Joint[];
  private readonly looks: EyeShapes;
  private time = 0;
  private bob = 0;
  private swing: Swing | null = null;
  private swung = 0;

  constructor(root: Object3D, rig: FaceRig, morphs: Morphs) {
    const joint = (name: string | null): Joint | null => {
      const node = nodeNamed(root, name);
      return node ? new Joint(node) : null;
    };
    this.head = joint(rig.head);
    this.neck = joint(rig.neck);
    this.jaw = joint(rig.jaw);
    this.eyes = rig.eyes.map(joint).filter((eye): eye is Joint => eye !== null);
    this.chest = chestAbove(this.neck ?? this.head, root);
    this.looks = eyeShapes(morphs);
  }

  /** The node above the neck that breathes; null when there is none. */
  get chestNode(): Object3D | null {
    return this.chest?.node ?? null;
  }

  get isMoving(): boolean {
    return this.swing !== null;
  }

  play(move: HeadMove): void {
    this.swing = SWINGS[move];
    this.swung = 0;
  }

  stop(): void {
    this.swing = null;
  }

  restore(): void {
    for (const joint of this.joints()) joint?.restore();
  }

  keep(): void {
    for (const joint of this.joints()) joint?.keep();
  }

  /** Adds everything of ours; `jawRadians` opens a jaw bone. */
  apply(seconds: number, pose: HeadPose, jawRadians: number, morphs: Morphs): void {
    this.time += seconds;
    this.bob += ((pose.isTalking ? 1 : 0) - this.bob) * (1 - Math.exp(-4 * seconds));
    if (pose.isBreathing)
      this.chest?.turn(turnBy(0, Math.sin((this.time / BREATH_SECONDS) * 2 * Math.PI) * BREATH_RADIANS * pose.life));
    const move = this.moveOn(seconds);
    const bob = this.bob * BOB_RADIANS * pose.life;
    const bobPitch = bob * (Math.sin(this.time * 5.1) * 0.6 + Math.sin(this.time * 8.3) * 0.4);
    const bobYaw = bob * Math.sin(this.time * 2.3);
    const yaw = pose.yaw * HEAD_SHARE + bobYaw + (move.axis === "yaw" ? move.radians : 0);
    const pitch = pose.pitch * HEAD_SHARE + bobPitch + (move.axis === "pitch" ? move.radians : 0);
    const neckPart = this.neck && this.head ? NECK_PART : 0;
    (this.neck && this.head ? this.neck : null)?.turn(turnBy(yaw * neckPart, pitch * neckPart));
    (this.head ?? this.neck)?.turn(turnBy(yaw * (1 - neckPart), pitch * (1 - neckPart)));
    this.jaw?.turn(turnBy(0, -jawRadians));
    this.look(pose, morphs);
  }

  private look(pose: HeadPose, morphs: Morphs): void {
    const yaw = clamp(pose.yaw * EYES_SHARE, EYES_YAW_LIMIT);
    const pitch = clamp(pose.pitch * EYES_SHARE, EYES_PITCH_LIMIT);
    for (const eye of this.eyes) eye.turn(turnBy(yaw, pitch));
    if (this.eyes.length > 0) return;
    const { left, right, up, down } = this.looks;
    for (const name of yaw > 0 ? left : right) morphs.add(name, Math.abs(yaw) / EYES_YAW_LIMIT);
    for (const name of pitch > 0 ? up : down) morphs.add(name, Math.abs(pitch) / EYES_PITCH_LIMIT);
  }

  private moveOn(seconds: number): { axis: "pitch" | "yaw"; radians: number } {
    const { swing } = this;
    if (!swing) return { axis: "pitch", radians: 0 };
    this.swung += seconds;
    const share = this.swung / swing.seconds;
    if (share >= 1) this.swing = null;
    const envelope = Math.sin(Math.min(1, share) * Math.PI);
    // A nod goes down first.
    const wave = -Math.sin(share * swing.rounds * 2 * Math.PI);
    return { axis: swing.axis, radians: wave * envelope * swing.radians };
  }

  /** From the trunk outwards: a turn is given in world axes, so what lies above must be done. */
  private *joints(): Iterable<Joint | null> {
    yield this.chest;
    yield this.neck;
    yield this.head;
    yield this.jaw;
    yield* this.eyes;
  }
}

/** A turn to the side (+ is towards +X) and up, in world axes; the result is shared scratch. */
function turnBy(yaw: number, pitch: number): Quaternion {
  return rotation.setFromEuler(angles.set(-pitch, yaw, 0));
}

function clamp(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

function chestAbove(neck: Joint | null, root: Object3D): Joint | null {
  const chest = neck?.node.parent;
  return chest && chest !== root && "isBone" in chest ? new Joint(chest) : null;
}

interface EyeShapes {
  readonly left: string[];
  readonly right: string[];
  readonly up: string[];
  readonly down: string[];
}

/** Eye shapes by name. ARKit names each eye's way in and out; others name the way of both. Left is the avatar's own. */
function eyeShapes(morphs: Morphs): EyeShapes {
  const shapes: EyeShapes = { left: [], right: [], up: [], down: [] };
  for (const name of morphs.names) {
    const plain = name.toLowerCase().replace(/[^a-z]/g, "");
    const way = /eyelook(outleft|inright|inleft|outright|left|right|up|down)/.exec(plain)?.[1];
    if (way === "outleft" || way === "inright" || way === "left") shapes.left.push(name);
    else if (way) shapes[way === "up" || way === "down" ? way : "right"].push(name);
  }
  return shapes;
}
