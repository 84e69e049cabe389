/** A soft spot under the feet, so that the figure stands and does not float. */
import { DataTexture, LinearFilter, Mesh, MeshBasicMaterial, PlaneGeometry, RGBAFormat, SRGBColorSpace } from "three";
import type { Figure } from "./framing.ts";

const SIZE = 64;
const DARKEST = 0.42;

export function contactShadow(figure: Figure): Mesh<PlaneGeometry, MeshBasicMaterial> {
  const material = new MeshBasicMaterial({ map: spot(), transparent: true, depthWrite: false, toneMapped: false });
  const shadow = new Mesh(new PlaneGeometry(1, 1), material);
  shadow.rotation.x = -Math.PI / 2;
  const width = Math.max(figure.width, figure.height * 0.34) * 1.15;
  const depth = Math.max(figure.depth, figure.height * 0.3) * 1.3;
  shadow.scale.set(width, depth, 1);
  shadow.position.set(figure.centreX, figure.bottom + figure.height * 0.002, figure.centreZ);
  shadow.renderOrder = -1;
  return shadow;
}

export function disposeShadow(shadow: Mesh<PlaneGeometry, MeshBasicMaterial>): void {
  shadow.material.map?.dispose();
  shadow.material.dispose();
  shadow.geometry.dispose();
}

function spot(): DataTexture {
  const pixels = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const distance = Math.min(1, Math.hypot(x + 0.5 - SIZE / 2, y + 0.5 - SIZE / 2) / (SIZE / 2));
      pixels.set([16, 18, 34, Math.round(255 * DARKEST * (1 - distance) ** 2)], (y * SIZE + x) * 4);
    }
  }
  const texture = new DataTexture(pixels, SIZE, SIZE, RGBAFormat);
  texture.magFilter = LinearFilter;
  // As it is written: brighter, it would glow on a dark page.
  texture.colorSpace = SRGBColorSpace;
  texture.needsUpdate = true;
  return texture;
}
