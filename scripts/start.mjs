// `npm start`: sets up what is not yet there and opens Galley, in its own window or in the browser.
// `--set-up` stops after the set-up; `--browser` opens the browser even where there is an Electron. Everything else is passed on.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ownNode, root } from './lib/paths.mjs'
import { findElectron, hasDisplay } from './lib/programs.mjs'
import { environment } from './lib/run.mjs'
import { setUp } from './lib/set-up.mjs'
import { StepFailed } from './lib/steps.mjs'

const own = new Set(['--set-up', '--browser'])
const args = process.argv.slice(2)
const passedOn = args.filter((arg) => !own.has(arg))

/** Runs Galley until it ends; Ctrl+C goes to it, which closes its projects first. */
function open(command, commandArgs) {
  const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', env: environment() })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { if (signal === 'SIGTERM') child.kill(signal) })
  return new Promise((resolve) => {
    child.on('error', (error) => { console.error(error.message); resolve(1) })
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

function openGalley() {
  const electron = args.includes('--browser') ? null : findElectron()
  if (!electron || !hasDisplay()) return open(ownNode, [join(root, 'out/web/web.mjs'), ...passedOn])
  const asRoot = process.getuid?.() === 0
  if (asRoot) console.log('Started as root, so Chromium runs without its sandbox. An ordinary user is safer.')
  return open(electron.executable, [...(asRoot ? ['--no-sandbox'] : []), root, ...passedOn])
}

try {
  await setUp()
  process.exitCode = args.includes('--set-up') ? 0 : await openGalley()
} catch (error) {
  if (!(error instanceof StepFailed)) throw error
  console.error(`Galley cannot start: the step "${error.message}" failed. Run the same command again; it goes on from there.`)
  process.exitCode = 1
}
