/**
 * The stage's own reader, light, camera and view, with clip and time set by hand: what a test compares pictures of the
 * studio with, and what a bench measures three.js by. Built by `build.mjs` for them, and never shipped.
 */
import { ACESFilmicToneMapping, AnimationMixer, LoopOnce, type Object3D } from "three";
import type { ActingMap, Look } from "../../src/contract.gen.ts";
import { type LoadedAvatar, readAvatar } from "../../src/stage/load.ts";
import { paintLevels } from "../../src/stage/radiance.ts";
import { lightUp, View } from "../../src/stage/view.ts";

interface Still {
  readonly clip: string | null;
  readonly seconds: number;
}

interface Ask {
  /** The GLB, in base64. */
  readonly avatar: string;
  readonly front: ActingMap["front"];
  readonly framing: Look["framing"];
  /** How it stands when the camera measures it. */
  readonly standing: Still;
  readonly width: number;
  readonly height: number;
  /** The widget's own is neutral. */
  readonly tone: "neutral" | "aces";
}

class Picture {
  private readonly avatar: LoadedAvatar;
  private readonly mixer: AnimationMixer;
  private readonly view: View;
  private readonly context: WebGL2RenderingContext;

  constructor(avatar: LoadedAvatar, ask: Ask) {
    this.avatar = avatar;
    this.mixer = new AnimationMixer(avatar.root);
    this.pose(ask.standing);
    const settings: WebGLContextAttributes = { alpha: true, antialias: true, powerPreference: "low-power" };
    const context = document.createElement("canvas").getContext("webgl2", settings);
    if (context === null) throw new Error("There is no WebGL 2 here.");
    this.context = context;
    const lit = lightUp(context);
    if (ask.tone === "aces") lit.renderer.toneMapping = ACESFilmicToneMapping;
    this.view = new View(lit, avatar.root, ask);
    this.view.resize(ask.width, ask.height, 1);
    document.body.append(this.view.canvas);
  }

  pose({ clip, seconds }: Still): void {
    this.mixer.stopAllAction();
    const found = this.avatar.clips.find(({ name }) => name === clip);
    if (found === undefined) return;
    const action = this.mixer.clipAction(found).reset().setLoop(LoopOnce, 1).play();
    action.clampWhenFinished = true;
    action.time = seconds;
    this.mixer.update(0);
  }

  /** Premultiplied pixels from below, base64; and where every node is, column by column. */
  shoot(still: Still): { pixels: string; nodes: Record<string, number[]> } {
    this.pose(still);
    this.view.draw();
    const { context } = this;
    const { drawingBufferWidth: width, drawingBufferHeight: height } = context;
    const pixels = new Uint8Array(width * height * 4);
    context.readPixels(0, 0, width, height, context.RGBA, context.UNSIGNED_BYTE, pixels);
    const nodes: Record<string, number[]> = {};
    this.avatar.root.updateMatrixWorld(true);
    this.avatar.root.traverse((node: Object3D) => {
      if (node.name) nodes[node.name] = node.matrixWorld.toArray();
    });
    return { pixels: base64Of(pixels), nodes };
  }

  /** Column by column. */
  camera(): { view: number[]; projection: number[] } {
    const { camera } = this.view;
    camera.updateMatrixWorld();
    const { matrixWorldInverse, projectionMatrix } = camera;
    return { view: matrixWorldInverse.toArray(), projection: projectionMatrix.toArray() };
  }

  /** Draws frames of a moving clip one after the other, each until it is done. Returns milliseconds of each. */
  run(clip: string, frames: number, rate: number): number[] {
    const { context } = this;
    const pixel = new Uint8Array(4);
    return Array.from({ length: frames }, (_, number) => {
      const began = performance.now();
      this.pose({ clip, seconds: number / rate });
      this.view.draw();
      // The one call that waits until the picture is there.
      context.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, pixel);
      return performance.now() - began;
    });
  }

  close(): void {
    this.mixer.stopAllAction();
    this.view.dispose();
  }
}

let picture: Picture | null = null;

const hooks = {
  async open(ask: Ask): Promise<void> {
    picture?.close();
    const bytes = Uint8Array.from(atob(ask.avatar), (letter) => letter.charCodeAt(0));
    picture = new Picture(await readAvatar(bytes.buffer), ask);
  },
  shoot: (still: Still) => opened().shoot(still),
  camera: () => opened().camera(),
  run: (clip: string, frames: number, rate: number) => opened().run(clip, frames, rate),
  levels: () => paintLevels().map(({ size, faces }) => ({ size, faces: faces.map((face) => [...face]) })),
};

declare global {
  interface Window {
    troupePicture: typeof hooks;
  }
}
window.troupePicture = hooks;

function opened(): Picture {
  if (picture === null) throw new Error("Open an avatar first.");
  return picture;
}

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
