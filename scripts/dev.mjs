// `npm run dev`: opens Galley in the browser shell, and builds and opens it again whenever a source changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root } from './lib/paths.mjs'
import { environment, run } from './lib/run.mjs'
import { setUp } from './lib/set-up.mjs'

/** Editors write a file in several steps, and a change of branch writes many. */
const QUIET_MS = 300
const args = process.argv.slice(2)

let galley = null
let timer = null
let isBuilding = false

function open() {
  galley = spawn(ownNode, [join(root, 'out/web/web.mjs'), ...args], { cwd: root, stdio: 'inherit', env: environment() })
}

/** Core closes its projects before another one may open them. */
function close() {
  const closing = galley
  galley = null
  if (!closing || closing.exitCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    closing.once('exit', resolve)
    closing.kill('SIGTERM')
  })
}

async function buildAgain() {
  if (isBuilding) return later()
  isBuilding = true
  console.log('\nBuilding…')
  const code = await run(ownNode, ['scripts/build.mjs'])
  isBuilding = false
  if (code !== 0) return console.log('It does not build. Waiting for the next change.')
  await close()
  open()
}

function later() {
  clearTimeout(timer)
  timer = setTimeout(() => void buildAgain(), QUIET_MS)
}

await setUp()
open()
watch(join(root, 'src'), { recursive: true }, later)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void close().then(() => process.exit(0)))
