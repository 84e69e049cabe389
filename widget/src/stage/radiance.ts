/**
 * The painted studio as light from every direction, and the same blurred as rough surfaces see it. Plain numbers:
 * three's own filter takes seconds on a computer without a graphics card, and this picture is known beforehand.
 * The studio paints the same (studio/render/environment.py), and a test compares them.
 */

export type Vector = readonly [number, number, number];

/** One cube of light: six faces of `size` squared RGB values, for one roughness. */
export interface Level {
  readonly size: number;
  readonly roughness: number;
  readonly faces: readonly Float32Array[];
}

interface Softbox {
  /** Middle and half sizes, in turns around (0 is +Z, growing towards +X) and in [-1, 1] from floor to sky. */
  readonly around: number;
  readonly up: number;
  readonly halfAround: number;
  readonly halfUp: number;
  readonly light: Vector;
}

/** A big warm box to the front left, a cool one to the right, a strip behind for the rim. */
const SOFTBOXES: readonly Softbox[] = [
  { around: -0.13, up: 0.45, halfAround: 0.1, halfUp: 0.3, light: [7.2, 6.8, 6.3] },
  { around: 0.17, up: 0.2, halfAround: 0.06, halfUp: 0.34, light: [2.6, 2.9, 3.4] },
  { around: 0.5, up: 0.5, halfAround: 0.1, halfUp: 0.24, light: [4.2, 4.4, 5] },
];
const SKY: Vector = [1.02, 1.03, 1.08];
const HORIZON: Vector = [0.72, 0.73, 0.78];
const FLOOR: Vector = [0.34, 0.32, 0.32];

/** Halving sizes; the last is what wholly rough surfaces see. */
const SIZES = [32, 16, 8, 4] as const;
/** Up to here a blur is a softer edge; beyond it is summed over all directions of a level of this size. */
const SUMMED_FROM = 2;
const SOURCE_SIZE = 16;

/** All levels, from a mirror to wholly rough. */
export function paintLevels(): Level[] {
  return SIZES.map((size, lod) => {
    const roughness = roughnessOf(lod);
    const see: (direction: Vector) => Vector =
      lod < SUMMED_FROM ? (way) => lightFrom(way, roughness) : rough(roughness);
    return { size, roughness, faces: [0, 1, 2, 3, 4, 5].map((face) => paintFace(size, face, see)) };
  });
}

/** The light that comes from a direction; `softness` widens the edges of the boxes. */
export function lightFrom(direction: Vector, softness = 0): Vector {
  const [x, up, z] = direction;
  const around = Math.atan2(x, z) / (2 * Math.PI);
  const ground = up > 0 ? mixed(HORIZON, SKY, up) : mixed(HORIZON, FLOOR, Math.min(1, -up * 1.4));
  const light: [number, number, number] = [...ground];
  for (const box of SOFTBOXES) {
    const share = inside(box, around, up, softness);
    for (const part of [0, 1, 2] as const) light[part] += box.light[part] * share;
  }
  return light;
}

/** Source: PMREMGenerator.lodToRoughness of three r187, whose inverse the shaders use. */
function roughnessOf(lod: number): number {
  return 1 - Math.sqrt(1 - lod / (SIZES.length - 1));
}

/** Sums the GGX lobe around a direction, seen straight on. */
function rough(roughness: number): (direction: Vector) => Vector {
  const sources = sourcesOf(SOURCE_SIZE);
  const alphaSquared = roughness ** 4;
  return ([x, y, z]) => {
    let [red, green, blue, total] = [0, 0, 0, 0];
    for (let at = 0; at < sources.length; at += SOURCE_FIELDS) {
      const cosine = (sources[at] ?? 0) * x + (sources[at + 1] ?? 0) * y + (sources[at + 2] ?? 0) * z;
      if (cosine <= 0) continue;
      const lobe = ((1 + cosine) / 2) * (alphaSquared - 1) + 1;
      const weight = (cosine * (sources[at + 3] ?? 0)) / (lobe * lobe);
      total += weight;
      red += (sources[at + 4] ?? 0) * weight;
      green += (sources[at + 5] ?? 0) * weight;
      blue += (sources[at + 6] ?? 0) * weight;
    }
    return [red / total, green / total, blue / total];
  };
}

/** Direction (3), solid angle (1) and light (3) of every texel of a cube, one after the other. */
const SOURCE_FIELDS = 7;

function sourcesOf(size: number): Float32Array {
  const directions = directionsOf(size);
  const sources = new Float32Array(directions.length * SOURCE_FIELDS);
  directions.forEach((way, at) => {
    sources.set([...way, solidAngle(way), ...lightFrom(way)], at * SOURCE_FIELDS);
  });
  return sources;
}

function directionsOf(size: number): Vector[] {
  return [0, 1, 2, 3, 4, 5].flatMap((face) =>
    Array.from({ length: size * size }, (_, at) => directionOf(face, at % size, Math.floor(at / size), size)),
  );
}

/** The share of the sphere that a texel of a cube takes, up to a factor. */
function solidAngle(direction: Vector): number {
  return Math.max(...direction.map(Math.abs)) ** 3;
}

/** The direction of a texel in the world. WebGL's cubes are seen from inside, so three turns their X around. */
function directionOf(face: number, column: number, row: number, size: number): Vector {
  const u = ((column + 0.5) / size) * 2 - 1;
  const v = ((row + 0.5) / size) * 2 - 1;
  const ways: readonly Vector[] = [
    [1, -v, -u],
    [-1, -v, u],
    [u, 1, v],
    [u, -1, -v],
    [u, -v, 1],
    [-u, -v, -1],
  ];
  const [x, y, z] = ways[face] ?? [0, 0, 1];
  const length = Math.hypot(x, y, z);
  return [-x / length, y / length, z / length];
}

function paintFace(size: number, face: number, see: (direction: Vector) => Vector): Float32Array {
  const pixels = new Float32Array(size * size * 3);
  for (let at = 0; at < size * size; at += 1) {
    pixels.set(see(directionOf(face, at % size, Math.floor(at / size), size)), at * 3);
  }
  return pixels;
}

function inside(box: Softbox, around: number, up: number, softness: number): number {
  const apart = Math.abs(((((around - box.around) % 1) + 1.5) % 1) - 0.5);
  return edge(apart, box.halfAround, softness * 0.1) * edge(Math.abs(up - box.up), box.halfUp, softness * 0.6);
}

function edge(distance: number, half: number, softness: number): number {
  const reach = half * 0.25 + softness;
  const share = Math.min(1, Math.max(0, (half + reach - distance) / (2 * reach)));
  return share * share * (3 - 2 * share);
}

function mixed(from: Vector, to: Vector, share: number): Vector {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ];
}
