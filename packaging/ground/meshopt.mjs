// Lays meshopt's WebAssembly modules into a folder, as the npm package compiles them.
// node meshopt.mjs NODE_MODULES FOLDER
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const SOURCES = { decoder: 'meshopt_decoder.mjs', encoder: 'meshopt_encoder.js', simplifier: 'meshopt_simplifier.js' }
const [modules, folder] = process.argv.slice(2)
const instantiate = WebAssembly.instantiate

for (const [name, source] of Object.entries(SOURCES)) {
  let module = null
  WebAssembly.instantiate = (bytes, imports) => {
    module = new Uint8Array(bytes)
    return instantiate(bytes, imports)
  }
  const [part] = Object.values(await import(pathToFileURL(join(modules, 'meshoptimizer', source)).href))
  await part.ready
  if (module === null) throw new Error(`${source} compiles no module: another version of meshoptimizer?`)
  writeFileSync(join(folder, `${name}.wasm`), module)
}
