// Everything that has to be there before Galley can be opened or tested.
import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ensureTextModel, textModel } from '../models.mjs'
import { installElectron } from './electron.mjs'
import { installNode, installPackages } from './install.mjs'
import { ownNode, root } from './paths.mjs'
import { endOfLog, run } from './run.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'
import { StepFailed, stepRunner, upToDate, without } from './steps.mjs'

const buildInputs = ['src', 'resources/licences', 'electron.vite.config.ts', 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']
const buildStamp = join(root, 'out/.stamp')

/** Puts the built-in text model where the studio looks for what ships with it. */
async function installTextModel(say) {
  const target = join(root, 'resources/models/text', textModel.file)
  if (existsSync(target) && statSync(target).size === textModel.size) return upToDate
  const lines = []
  const path = await ensureTextModel({ log: (line) => lines.push(line) })
  if (!path) {
    for (const line of lines) say(`  ${line}`)
    return without('could not be had')
  }
  mkdirSync(dirname(target), { recursive: true })
  rmSync(target, { force: true })
  try {
    linkSync(path, target)
  } catch {
    copyFileSync(path, target) // the cache lies on another disk
  }
}

async function build(toStderr) {
  const inputs = hashOf(root, buildInputs)
  if (isStamped(buildStamp, inputs)) return upToDate
  const code = await run(ownNode, ['scripts/build.mjs'], { log: 'build', toStderr })
  if (code !== 0) throw new Error(`Building ended with ${code}:\n${endOfLog('build', 40)}`)
  stamp(buildStamp, inputs)
}

/** Installs, fetches and builds what is not up to date. Throws `StepFailed` where Galley could not run without. */
export async function setUp(say = console.log) {
  const step = stepRunner(say)
  await step('Packages', installPackages)
  await step('Node', installNode)
  await step('Text model', () => installTextModel(say))
  await step('Electron', installElectron)
  await step('Build', () => build(false))
}

/** Only what the command line needs, and said only where something had to be done. Ends this process where it fails. */
export async function setUpQuietly() {
  const step = stepRunner((line) => { if (!line.endsWith(': up to date')) console.error(line) })
  try {
    await step('Packages', installPackages)
    await step('Node', installNode)
    await step('Build', () => build(true))
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    process.exit(1)
  }
}
