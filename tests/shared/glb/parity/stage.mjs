// Plays scenes of one GLB on the widget's own stage, body and all, and prints where every node is.
// node stage.mjs NODE_MODULES FILE < scenes.json > poses.json
//   scenes: [{ settings: { clip: ClipSettings }, face: FaceRig, steps: [Step], snappiness }]
//   Step: { after: seconds } and { posture: clip, fade } | { gesture: clip, amount } | { look: true }
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { read } from './model.mjs'

const [modules, file] = process.argv.slice(2)
const { three, gltf, record, names, clips } = await read(modules, file)

/** The stage's TypeScript as Node can run it, with the very three that reads the model. */
async function stage() {
  const { rolldown } = await import(pathToFileURL(`${modules}/rolldown/dist/index.mjs`).href)
  const folder = mkdtempSync(join(tmpdir(), 'troupe-stage-'))
  const entry = join(modules, '..', 'src', 'stage', 'body.ts')
  const masks = join(modules, '..', 'src', 'stage', 'masks.ts')
  const bundle = await rolldown({ input: { body: entry, masks }, external: ['three'], logLevel: 'silent' })
  await bundle.write({ dir: folder, format: 'esm', paths: { three }, entryFileNames: '[name].mjs' })
  const [{ Body }, { torsoOf }] = await Promise.all(
    ['body', 'masks'].map((name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href)),
  )
  rmSync(folder, { recursive: true })
  return { Body, torsoOf }
}

const { Body, torsoOf } = await stage()
const root = gltf.scene

function play({ settings, face, steps, snappiness }) {
  const body = new Body({ root, clips: gltf.animations, settings, torso: torsoOf(root, face), snappiness })
  const seen = []
  for (const step of steps) {
    if (step.after) body.update(step.after)
    if (step.posture) body.setPosture(step.posture, step.fade)
    if (step.gesture) body.playGesture(step.gesture, step.amount)
    if (step.look) {
      body.update(0)
      seen.push(record())
    }
  }
  body.dispose()
  return seen
}

const poses = JSON.parse(readFileSync(0, 'utf8')).flatMap(play)
process.stdout.write(JSON.stringify({ names, clips, poses }))
