/** Reads an avatar from its file; decoders come only for what the file uses. */
import type { AnimationClip, Object3D } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";

export interface LoadedAvatar {
  readonly root: Object3D;
  readonly clips: readonly AnimationClip[];
}

const MAGIC = 0x46546c67;
const JSON_START = 20;

/** @throws Error when the bytes are no GLB. */
export async function readAvatar(bytes: ArrayBuffer): Promise<LoadedAvatar> {
  const loader = new GLTFLoader();
  if (usesMeshopt(bytes)) {
    const { MeshoptDecoder } = await import("three/examples/jsm/libs/meshopt_decoder.module.js");
    loader.setMeshoptDecoder(MeshoptDecoder);
  }
  const { scene, animations } = await loader.parseAsync(bytes, "");
  return { root: scene, clips: animations };
}

/** Whether the file needs the decoder, read from its JSON chunk: seven kilobytes that most files do without. */
function usesMeshopt(bytes: ArrayBuffer): boolean {
  const view = new DataView(bytes);
  if (bytes.byteLength < JSON_START || view.getUint32(0, true) !== MAGIC) throw new Error("The avatar is no GLB.");
  const length = view.getUint32(12, true);
  const text = new TextDecoder().decode(
    new Uint8Array(bytes, JSON_START, Math.min(length, bytes.byteLength - JSON_START)),
  );
  return text.includes("_meshopt_compression");
}
