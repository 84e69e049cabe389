// Plays clips of one GLB in three's AnimationMixer and prints where every node is.
// node mixer.mjs NODE_MODULES FILE < cases.json > poses.json
//   cases: [{ plays: [{ clip, seconds, weight }] } | { from, to, before, fade, after }]
import { readFileSync } from 'node:fs'
import { read } from './model.mjs'

const [modules, file] = process.argv.slice(2)
const { THREE, gltf, record, names, clips } = await read(modules, file)
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

const poses = JSON.parse(readFileSync(0, 'utf8')).map((entry) => {
  playCase(entry)
  return record()
})
process.stdout.write(JSON.stringify({ names, clips, poses }))
