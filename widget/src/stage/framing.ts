/**
 * Where the camera stands: the whole figure, its upper half, or head and shoulders.
 * The studio's camera stands there too (studio/render/framing.py), and a test compares them.
 */
import { Box3, type Mesh, type Object3D, type PerspectiveCamera, Vector3 } from "three";
import type { Look } from "../contract.gen.ts";

/** The figure as it stands in its idle, in world units. */
export interface Figure {
  readonly bottom: number;
  readonly height: number;
  readonly width: number;
  readonly centreX: number;
  readonly centreZ: number;
  readonly depth: number;
}

const FIELD_OF_VIEW = 24;

/** What each framing shows, in heights of the figure: from, to, and the least width around the middle. */
const SHOWN: Readonly<Record<Look["framing"], { from: number; to: number; width: number }>> = {
  full: { from: -0.05, to: 1.12, width: 1.05 },
  half: { from: 0.31, to: 1.1, width: 0.7 },
  bust: { from: 0.6, to: 1.1, width: 0.46 },
};

const box = new Box3();
const size = new Vector3();
const point = new Vector3();
const MOST_SAMPLES = 400;
const WAYS = [-1, 0, 1];
/** To the sides, edges and corners of a cube: where tips are looked for. */
const DIRECTIONS = WAYS.flatMap((x) => WAYS.flatMap((y) => WAYS.map((z) => new Vector3(x, y, z)))).filter(
  (way) => way.lengthSq() > 0,
);

/** Measures the figure in its present pose, skinning included. */
export function measure(root: Object3D): Figure {
  root.updateMatrixWorld(true);
  box.makeEmpty();
  root.traverse((node) => {
    if ("isMesh" in node) widen(node as Mesh);
  });
  box.getSize(size);
  const height = Math.max(size.y, 1e-3);
  return {
    bottom: box.min.y,
    height,
    width: size.x,
    centreX: (box.min.x + box.max.x) / 2,
    centreZ: (box.min.z + box.max.z) / 2,
    depth: size.z,
  };
}

/** A sample of a mesh is enough to stand a camera by; all its vertices, skinned one by one, would take a second. */
function widen(mesh: Mesh): void {
  const { count } = mesh.geometry.getAttribute("position");
  const stride = Math.max(1, Math.floor(count / MOST_SAMPLES));
  for (let at = 0; at < count; at += stride) reach(mesh, at);
  for (const at of stride > 1 ? tips(mesh) : []) reach(mesh, at);
}

function reach(mesh: Mesh, at: number): void {
  box.expandByPoint(mesh.getVertexPosition(at, point).applyMatrix4(mesh.matrixWorld));
}

/** The outermost vertices: they count, in whatever order a file has them. Ears make a tenth of a fox. */
function tips(mesh: Mesh): number[] {
  const places = mesh.geometry.getAttribute("position");
  const farthest = DIRECTIONS.map(() => Number.NEGATIVE_INFINITY);
  const found = DIRECTIONS.map(() => 0);
  for (let at = 0; at < places.count; at++) {
    point.fromBufferAttribute(places, at);
    for (let way = 0; way < DIRECTIONS.length; way++) {
      const reached = point.dot(DIRECTIONS[way] ?? point);
      if (reached <= (farthest[way] ?? 0)) continue;
      farthest[way] = reached;
      found[way] = at;
    }
  }
  return found;
}

/** Puts the camera so that the framing fits into `aspect` (width by height). Returns where the eyes are, about. */
export function frame(camera: PerspectiveCamera, figure: Figure, framing: Look["framing"], aspect: number): void {
  const shown = SHOWN[framing];
  const { height } = figure;
  const tall = (shown.to - shown.from) * height;
  // A body that is broader than a person's is shown as a whole, or a quadruped loses its nose.
  const broad = Math.max(shown.width * height, framing === "full" ? figure.width * 1.12 : 0);
  const half = Math.tan((FIELD_OF_VIEW / 2) * (Math.PI / 180));
  const distance = Math.max(tall / 2 / half, broad / 2 / (half * aspect)) + figure.depth / 2;
  const middle = figure.bottom + ((shown.from + shown.to) / 2) * height;
  camera.fov = FIELD_OF_VIEW;
  camera.aspect = aspect;
  camera.near = distance / 50;
  camera.far = distance + height * 10;
  // A little above the middle and looking down a little: at eye level, figures look like passport pictures.
  camera.position.set(figure.centreX, middle + height * 0.06, figure.centreZ + distance);
  camera.lookAt(figure.centreX, middle, figure.centreZ);
  camera.updateProjectionMatrix();
}
