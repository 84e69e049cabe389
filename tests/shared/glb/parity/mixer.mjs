// Plays clips of one GLB in three's AnimationMixer and prints where every node is.
// node mixer.mjs NODE_MODULES FILE < cases.json > poses.json
//   cases: [{ plays: [{ clip, seconds, weight }] } | { from, to, before, fade, after }]
//   poses: [{ world: base64 of Float64Array (nodes x 16, column by column), weights: { node: [...] } }]
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

globalThis.self = globalThis
const [modules, file] = process.argv.slice(2)
const THREE = await import(pathToFileURL(`${modules}/three/build/three.module.js`).href)
const { GLTFLoader } = await import(pathToFileURL(`${modules}/three/examples/jsm/loaders/GLTFLoader.js`).href)
const { MeshoptDecoder } = await import(pathToFileURL(`${modules}/three/examples/jsm/libs/meshopt_decoder.module.js`).href)

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

const model = open(readFileSync(file))
const nodeCount = (model.json.nodes ?? []).length
const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder)
const gltf = await new Promise((resolve, reject) => loader.parse(stripped(model), '', resolve, reject))
const mixer = new THREE.AnimationMixer(gltf.scene)

function start(number, seconds, weight) {
  const action = mixer.clipAction(gltf.animations[number])
  action.reset().setLoop(THREE.LoopOnce).play()
  action.clampWhenFinished = true
  action.time = seconds
  action.setEffectiveWeight(weight)
  return action
}

function playCase(entry) {
  mixer.stopAllAction()
  // Fades keep their times as float32: hours into a visit their own rounding shows, and is not ours to match.
  mixer.time = 0
  if (entry.plays) {
    for (const play of entry.plays) start(play.clip, play.seconds, play.weight)
    mixer.update(0)
    return
  }
  const from = start(entry.from, 0, 1)
  mixer.update(entry.before)
  from.crossFadeTo(start(entry.to, 0, 1), entry.fade, false)
  mixer.update(entry.after)
}

function record() {
  gltf.scene.updateMatrixWorld(true)
  const world = new Float64Array(nodeCount * 16).fill(Number.NaN)
  const weights = {}
  gltf.scene.traverse((object) => {
    const node = gltf.parser.associations.get(object)?.nodes
    if (node === undefined) return
    world.set(object.matrixWorld.elements, node * 16)
    const own = object.children.filter((child) => gltf.parser.associations.get(child)?.nodes === undefined)
    const morphs = [object, ...own].find((part) => part.isMesh && part.morphTargetInfluences)
    if (morphs) weights[node] = [...morphs.morphTargetInfluences]
  })
  return { world: Buffer.from(world.buffer).toString('base64'), weights }
}

const names = {}
gltf.scene.traverse((object) => {
  const node = gltf.parser.associations.get(object)?.nodes
  if (node !== undefined) names[node] = object.name
})
const poses = JSON.parse(readFileSync(0, 'utf8')).map((entry) => {
  playCase(entry)
  return record()
})
process.stdout.write(JSON.stringify({ names, clips: gltf.animations.map((clip) => [clip.name, clip.duration]), poses }))
