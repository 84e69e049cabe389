/** Turns added to single joints after the clips, about the axes of the stage and not of the bone. */
import { type Object3D, Quaternion } from "three";

const parentTurn = new Quaternion();
const inverse = new Quaternion();
const turn = new Quaternion();

/** Class, because it keeps what the mixer wrote: the mixer skips what has not changed, so turns would add up. */
export class Joint {
  readonly node: Object3D;
  private readonly base = new Quaternion();

  constructor(node: Object3D) {
    this.node = node;
    this.base.copy(node.quaternion);
  }

  /** Takes our turn back. Call it before the mixer. */
  restore(): void {
    this.node.quaternion.copy(this.base);
  }

  /** Keeps what the mixer wrote. Call it after the mixer. */
  keep(): void {
    this.base.copy(this.node.quaternion);
  }

  /** Turns by `rotation`, given in world axes, whatever the bone's own axes are. */
  turn(rotation: Quaternion): void {
    if (!this.node.parent) return;
    this.node.parent.getWorldQuaternion(parentTurn);
    inverse.copy(parentTurn).invert();
    turn.copy(inverse).multiply(rotation).multiply(parentTurn);
    this.node.quaternion.premultiply(turn);
  }
}

/** How a node is turned in the world, by the turns above it: a matrix would also tell how far from unit they are. */
export function worldTurn(node: Object3D, target: Quaternion): Quaternion {
  target.copy(node.quaternion);
  for (let above = node.parent; above; above = above.parent) target.premultiply(above.quaternion);
  return target.normalize();
}

/** Finds a node by the name that it has in the file; three.js may have changed it for its own. */
export function nodeNamed(root: Object3D, name: string | null | undefined): Object3D | null {
  if (!name) return null;
  let found: Object3D | null = null;
  root.traverse((node) => {
    if (!found && (node.userData.name === name || node.name === name)) found = node;
  });
  return found;
}
