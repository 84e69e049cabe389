// A GLB in Node: read without what needs a browser, and every node's place told.
//   record() -> { world: base64 of Float64Array (nodes x 16, column by column), weights: { node: [...] } }
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

globalThis.self = globalThis

/** Extensions that say how numbers are stored. */
const KEPT = /mesh_quantization|meshopt_compression/

/** The document and first buffer of a .glb, or of a .gltf whose buffer is a data URI. */
function open(content) {
  if (content.toString('latin1', 0, 4) !== 'glTF') {
    const json = JSON.parse(content.toString('utf8'))
    const [, body] = json.buffers[0].uri.split(',')
    return { json, binary: Buffer.from(body, 'base64') }
  }
  const length = content.readUInt32LE(12)
  const json = JSON.parse(content.toString('utf8', 20, 20 + length))
  return { json, binary: content.subarray(28 + length, 28 + length + content.readUInt32LE(20 + length)) }
}

/** The same model without pictures and materials, which need a browser and move nothing. */
function stripped({ json, binary }) {
  for (const name of ['images', 'textures', 'samplers', 'materials']) delete json[name]
  for (const name of ['extensionsUsed', 'extensionsRequired']) json[name] = json[name]?.filter((one) => KEPT.test(one))
  for (const mesh of json.meshes ?? []) for (const part of mesh.primitives) delete part.material
  delete json.buffers[0].uri
  const pad = (bytes, filler) => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4, filler)])
  const text = pad(Buffer.from(JSON.stringify(json)), 0x20)
  const body = pad(binary, 0)
  const head = Buffer.alloc(20)
  head.write('glTF')
  head.writeUInt32LE(2, 4)
  head.writeUInt32LE(28 + text.length + body.length, 8)
  head.writeUInt32LE(text.length, 12)
  head.writeUInt32LE(0x4e4f534a, 16)
  const middle = Buffer.alloc(8)
  middle.writeUInt32LE(body.length, 0)
  middle.writeUInt32LE(0x004e4942, 4)
  const whole = Buffer.concat([head, text, middle, body])
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length)
}

/** three itself, the model as its loader reads it, and its nodes' names and places. */
export async function read(modules, file) {
  const three = pathToFileURL(`${modules}/three/build/three.module.js`).href
  const THREE = await import(three)
  const { GLTFLoader } = await import(pathToFileURL(`${modules}/three/examples/jsm/loaders/GLTFLoader.js`).href)
  const model = open(readFileSync(file))
  const nodeCount = (model.json.nodes ?? []).length
  const packed = pathToFileURL(`${modules}/three/examples/jsm/libs/meshopt_decoder.module.js`).href
  const { MeshoptDecoder } = await import(packed)
  const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder)
  const gltf = await new Promise((resolve, reject) => loader.parse(stripped(model), '', resolve, reject))
  const nodeOf = (object) => gltf.parser.associations.get(object)?.nodes

  function record() {
    gltf.scene.updateMatrixWorld(true)
    const world = new Float64Array(nodeCount * 16).fill(Number.NaN)
    const weights = {}
    gltf.scene.traverse((object) => {
      const node = nodeOf(object)
      if (node === undefined) return
      world.set(object.matrixWorld.elements, node * 16)
      const own = object.children.filter((child) => nodeOf(child) === undefined)
      const morphs = [object, ...own].find((part) => part.isMesh && part.morphTargetInfluences)
      if (morphs) weights[node] = [...morphs.morphTargetInfluences]
    })
    return { world: Buffer.from(world.buffer).toString('base64'), weights }
  }

  const names = {}
  gltf.scene.traverse((object) => {
    const node = nodeOf(object)
    if (node !== undefined) names[node] = object.name
  })
  const clips = gltf.animations.map((clip) => [clip.name, clip.duration])
  return { THREE, three, gltf, record, names, clips }
}
