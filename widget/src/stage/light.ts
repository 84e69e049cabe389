/** The light of the stage: a small painted studio for reflections, a key and a rim. */
import {
  DataTexture,
  DirectionalLight,
  EquirectangularReflectionMapping,
  FloatType,
  LinearFilter,
  LinearSRGBColorSpace,
  PMREMGenerator,
  RGBAFormat,
  type Scene,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from "three";

const WIDTH = 64;
const HEIGHT = 32;

interface Softbox {
  /** Middle and half sizes, in turns around (0 is +Z, to the right) and in [-1, 1] from floor to sky. */
  readonly around: number;
  readonly up: number;
  readonly halfAround: number;
  readonly halfUp: number;
  readonly light: readonly [number, number, number];
}

/** A big warm box to the front left, a cool one to the right, a strip behind for the rim. */
const SOFTBOXES: readonly Softbox[] = [
  { around: -0.13, up: 0.42, halfAround: 0.1, halfUp: 0.3, light: [7.2, 6.8, 6.3] },
  { around: 0.17, up: 0.2, halfAround: 0.07, halfUp: 0.34, light: [2.6, 2.9, 3.4] },
  { around: 0.5, up: 0.5, halfAround: 0.1, halfUp: 0.24, light: [4.2, 4.4, 5] },
];
const SKY = [1.02, 1.03, 1.08] as const;
const HORIZON = [0.72, 0.73, 0.78] as const;
const FLOOR = [0.34, 0.32, 0.32] as const;

/** Lights the scene; the returned target is the caller's to dispose. Call it again after a lost context. */
export function lightStudio(renderer: WebGLRenderer, scene: Scene): WebGLRenderTarget {
  const generator = new PMREMGenerator(renderer);
  const painted = paintStudio();
  const target = generator.fromEquirectangular(painted);
  painted.dispose();
  generator.dispose();
  scene.environment = target.texture;
  scene.environmentIntensity = 0.72;
  return target;
}

/** The lamps that no small picture can be: a key with a direction and a rim from behind. */
export function lamps(): DirectionalLight[] {
  const key = new DirectionalLight(0xfff4e6, 1.7);
  key.position.set(-1.4, 2.2, 2.6);
  const rim = new DirectionalLight(0xdfe8ff, 1.1);
  rim.position.set(1.6, 1.8, -2.2);
  return [key, rim];
}

function paintStudio(): DataTexture {
  const pixels = new Float32Array(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) paint(pixels, x, y);
  }
  const texture = new DataTexture(pixels, WIDTH, HEIGHT, RGBAFormat, FloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.colorSpace = LinearSRGBColorSpace;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

function paint(pixels: Float32Array, x: number, y: number): void {
  const up = ((y + 0.5) / HEIGHT) * 2 - 1;
  // three's equirectangular middle is -Z seen from inside; ours is +Z, where the camera stands.
  const around = (x + 0.5) / WIDTH - 0.25;
  const at = (y * WIDTH + x) * 4;
  for (let part = 0; part < 3; part += 1) {
    const ground =
      up > 0 ? mix(HORIZON[part] ?? 0, SKY[part] ?? 0, up) : mix(HORIZON[part] ?? 0, FLOOR[part] ?? 0, -up * 1.4);
    pixels[at + part] = SOFTBOXES.reduce(
      (light, box) => light + (box.light[part] ?? 0) * inside(box, around, up),
      ground,
    );
  }
  pixels[at + 3] = 1;
}

function inside(box: Softbox, around: number, up: number): number {
  const apart = Math.abs(((((around - box.around) % 1) + 1.5) % 1) - 0.5);
  return edge(apart / box.halfAround) * edge(Math.abs(up - box.up) / box.halfUp);
}

function edge(distance: number): number {
  const share = Math.min(1, Math.max(0, (1.25 - distance) / 0.5));
  return share * share * (3 - 2 * share);
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * Math.min(1, share);
}
