/** The light of the stage: the painted studio for reflections and shade, a key and a rim with a direction. */
import {
  CompressedCubeTexture,
  type CompressedPixelFormat,
  type CompressedTextureMipmap,
  DataUtils,
  DirectionalLight,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  LinearSRGBColorSpace,
  RGBAFormat,
  type Texture,
} from "three";
import { type Level, paintLevels } from "./radiance.ts";

/** How bright the studio is beside the lamps. */
export const STUDIO_INTENSITY = 0.72;

/** The lamps that no small picture can be. */
export function lamps(): DirectionalLight[] {
  const key = new DirectionalLight(0xfff4e6, 1.7);
  key.position.set(-1.4, 2.2, 2.6);
  const rim = new DirectionalLight(0xdfe8ff, 1.1);
  rim.position.set(1.6, 1.8, -2.2);
  return [key, rim];
}

/** The studio as an environment that three takes as already filtered. The caller disposes of it. */
export function studioTexture(): Texture {
  const levels = paintLevels();
  const faces = [0, 1, 2, 3, 4, 5].map((face) => ({
    width: levels[0]?.size ?? 1,
    height: levels[0]?.size ?? 1,
    mipmaps: levels.map((level) => mipmapOf(level, face)),
  }));
  // The one cube of three.js whose levels are all given by hand; its data need not be compressed.
  const format = RGBAFormat as unknown as CompressedPixelFormat;
  const texture = new CompressedCubeTexture(faces, format, HalfFloatType);
  texture.colorSpace = LinearSRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.isPMREMTexture = true;
  texture.needsUpdate = true;
  return texture;
}

/** Half floats: the only ones that every WebGL 2 can filter. */
function mipmapOf(level: Level, face: number): CompressedTextureMipmap {
  const pixels = level.faces[face] ?? new Float32Array();
  const data = new Uint16Array(level.size * level.size * 4);
  const one = DataUtils.toHalfFloat(1);
  for (let at = 0; at < level.size * level.size; at += 1) {
    for (let part = 0; part < 3; part += 1) data[at * 4 + part] = DataUtils.toHalfFloat(pixels[at * 3 + part] ?? 0);
    data[at * 4 + 3] = one;
  }
  return { data, width: level.size, height: level.size };
}
