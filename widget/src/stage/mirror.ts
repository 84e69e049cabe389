/** Left for right: clips reflected about the body's middle, key by key, as the studio does it. */
import {
  AnimationClip,
  type KeyframeTrack,
  type Mesh,
  type Object3D,
  PropertyBinding,
  Quaternion,
  Vector3,
} from "three";
import { worldTurn } from "./joints.ts";

/** What stands in names for a side. Any letter l could: it counts where the name with an r is there too. */
const SIDES = ["Left", "Right", "left", "right", "LEFT", "RIGHT", "L", "R", "l", "r"] as const;
/** Of the joints' extent: so far from its image a joint may be to be taken for it. */
const SYMMETRIC = 0.02;

type Axis = "x" | "z";

/** Where a node is before any clip moves it: turned in the world, and placed and sized in its parent. */
interface Rest {
  readonly node: Object3D;
  readonly turn: Quaternion;
  readonly above: Quaternion;
  readonly position: Vector3;
  readonly scale: Vector3;
}

export interface Mirror {
  readonly rests: ReadonlyMap<string, Rest>;
  readonly partners: ReadonlyMap<Object3D, Object3D>;
  /** From one side of the body to the other. */
  readonly axis: Axis;
}

const turn = new Quaternion();
const inverse = new Quaternion();
const place = new Vector3();

/** How a body in its bind pose is reflected; null when nothing tells left from right. */
export function mirrorOf(root: Object3D): Mirror | null {
  const nodes: Object3D[] = [];
  root.updateWorldMatrix(true, true);
  root.traverse((node) => nodes.push(node));
  const images = imagesOf(nodes.map((node) => node.userData.name ?? node.name));
  let partners = agreeing(nodes, images);
  if (partners.size === 0) partners = agreeing(nodes, imagesByPlace(nodes));
  if (partners.size === 0) return null;
  const rests = new Map(nodes.map((node) => [node.name, restOf(node)]));
  let across = 0;
  for (const [node, partner] of partners) {
    place.subVectors(worldOf(node), worldOf(partner));
    across += Math.abs(place.x) - Math.abs(place.z);
  }
  return { rests, partners, axis: across < 0 ? "z" : "x" };
}

/** The clip with left and right exchanged; the rest pose stays as it is. */
export function mirrored(clip: AnimationClip, mirror: Mirror): AnimationClip {
  return new AnimationClip(
    clip.name,
    clip.duration,
    clip.tracks.map((track) => reflected(track, mirror)),
  );
}

/** For each name the place of the same name with left and right exchanged, else its own. */
export function imagesOf(names: readonly string[]): number[] {
  const places = new Map([...names.entries()].reverse().map(([at, name]) => [name, at]));
  return names.map((name, at) => {
    for (const [index, side] of SIDES.entries()) {
      for (let from = name.indexOf(side); from >= 0; from = name.indexOf(side, from + 1)) {
        const image = places.get(name.slice(0, from) + SIDES[index ^ 1] + name.slice(from + side.length));
        if (image !== undefined) return image;
      }
    }
    return at;
  });
}

function imagesByPlace(nodes: readonly Object3D[]): number[] {
  const joints = [...nodes.keys()].filter((at) => "isBone" in (nodes[at] ?? {}));
  const places = joints.map((at) => worldOf(nodes[at]).clone());
  const middle = 2 * (places[0]?.x ?? 0);
  const size = (way: "x" | "y" | "z") =>
    Math.max(...places.map((p) => p[way])) - Math.min(...places.map((p) => p[way]));
  const near = SYMMETRIC * Math.max(size("x"), size("y"), size("z"));
  const closest = places.map(({ x, y, z }) => {
    const gaps = places.map((other) => other.distanceTo(place.set(middle - x, y, z)));
    const least = Math.min(...gaps);
    return { at: gaps.indexOf(least), least };
  });
  const images = [...nodes.keys()];
  for (const [row, { at, least }] of closest.entries()) {
    if (closest[at]?.at === row && least <= near) images[joints[row] ?? 0] = joints[at] ?? 0;
  }
  return images;
}

/** Only pairs that name each other and hang on a pair, or on the same node. */
function agreeing(nodes: readonly Object3D[], images: readonly number[]): Map<Object3D, Object3D> {
  const partners = new Map<Object3D, Object3D>();
  for (const [at, node] of nodes.entries()) {
    const image = images[at] ?? at;
    const other = nodes[image];
    const above = node.parent && (partners.get(node.parent) ?? node.parent);
    if (other && image !== at && images[image] === at && other.parent === above) partners.set(node, other);
  }
  for (const [node, other] of partners) if (!partners.has(other)) partners.delete(node);
  return partners;
}

function reflected(track: KeyframeTrack, { rests, partners, axis }: Mirror): KeyframeTrack {
  const made = track.clone();
  const { nodeName, propertyName } = PropertyBinding.parseTrackName(track.name);
  const source = rests.get(nodeName);
  if (!source) return made;
  if (propertyName === "morphTargetInfluences") exchange(track.values, made.values, source.node as Mesh);
  else turnKeys(made, propertyName, source, rests.get((partners.get(source.node) ?? source.node).name) ?? source, axis);
  return made;
}

/** The face's left half moves as its right half did. */
function exchange(whole: Float32Array, values: Float32Array, { morphTargetDictionary: names }: Mesh): void {
  const images = imagesOf(Object.keys(names ?? {}));
  for (let at = 0; at < whole.length; at += 1) {
    const column = at % images.length;
    values[at] = whole[at - column + (images[column] ?? column)] ?? 0;
  }
}

function turnKeys(made: KeyframeTrack, property: string, source: Rest, target: Rest, axis: Axis): void {
  const { values, times } = made;
  made.name = `${target.node.name}.${property}`;
  const width = property === "quaternion" ? 4 : 3;
  // A spline's keys are tangent, value, tangent, and tangents are differences already.
  const isSpline = values.length > times.length * width;
  for (let at = 0, row = 0; at < values.length; at += width, row += 1) {
    if (property === "quaternion") turnBack(values, at, source, target, axis, isSpline);
    else if (property === "scale") resize(values, at, source, target);
    else moveBack(values, at, source, target, axis, !isSpline || row % 3 === 1);
  }
}

function turnBack(values: Float32Array, at: number, source: Rest, target: Rest, axis: Axis, isSpline: boolean): void {
  turn.fromArray(values, at).premultiply(source.above).multiply(inverse.copy(source.turn).invert());
  turn.y = -turn.y;
  if (axis === "x") turn.z = -turn.z;
  else turn.x = -turn.x;
  turn.premultiply(inverse.copy(target.above).invert()).multiply(target.turn);
  // Keys in whole numbers are not quite of length one; where two of them are alike, that would show or not by chance.
  (isSpline ? turn : turn.normalize()).toArray(values, at);
}

function moveBack(values: Float32Array, at: number, source: Rest, target: Rest, axis: Axis, isPlace: boolean) {
  place.fromArray(values, at);
  if (isPlace) place.sub(source.position);
  place.applyQuaternion(source.above);
  place[axis] = -place[axis];
  place.applyQuaternion(inverse.copy(target.above).invert());
  if (isPlace) place.add(target.position);
  place.toArray(values, at);
}

function resize(values: Float32Array, at: number, source: Rest, target: Rest): void {
  place.fromArray(values, at).multiply(target.scale).divide(source.scale).toArray(values, at);
}

function restOf(node: Object3D): Rest {
  const { parent, position, scale } = node;
  const above = parent ? worldTurn(parent, new Quaternion()) : new Quaternion();
  return { node, turn: worldTurn(node, new Quaternion()), above, position: position.clone(), scale: scale.clone() };
}

function worldOf(node: Object3D | undefined): Vector3 {
  return new Vector3().setFromMatrixPosition((node as Object3D).matrixWorld);
}
