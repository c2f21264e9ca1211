// Installing the packages, on networks that reach package registries and maybe nothing else.
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join, sep } from 'node:path'
import { ownNode, root } from './paths.mjs'
import { endOfLog, run } from './run.mjs'
import { hashOf, isStamped, stamp } from './stamps.mjs'
import { upToDate } from './steps.mjs'

const stampFile = join(root, 'node_modules/.galley-installed')

/**
 * Is every package of the lockfile there in its version? `installed` is npm's own list of what it put there. Packages
 * for other systems are optional and may be missing.
 */
export function packagesMatch(lockfile, installed) {
  return Object.entries(lockfile.packages).every(([path, wanted]) => {
    const present = installed.packages[path]
    return path === '' || (present ? present.version === wanted.version : wanted.optional === true)
  })
}

function read(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

function isInstalled(inputs) {
  if (isStamped(stampFile, inputs)) return true
  // Somebody may have run npm by hand.
  return existsSync(join(root, 'node_modules/.package-lock.json')) && packagesMatch(read('package-lock.json'), read('node_modules/.package-lock.json'))
}

/** A Node outside node_modules: the one inside is replaced while packages are installed. */
function outerNode() {
  if (!process.execPath.includes(`${sep}node_modules${sep}`)) return process.execPath
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const folder = (process.env.PATH ?? '').split(delimiter).find((entry) => !entry.includes('node_modules') && existsSync(join(entry, name)))
  return folder ? join(folder, name) : process.execPath
}

/** Runs npm; null, or what it said where it failed. */
async function npm(args) {
  const script = process.env.npm_execpath
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true' }
  const code = script && existsSync(script)
    ? await run(outerNode(), [script, ...args], { env, log: 'install' })
    : await run('npm', args, { env, log: 'install', shell: process.platform === 'win32' })
  return code === 0 ? null : `npm ${args[0]} ended with ${code}:\n${endOfLog('install', 60)}`
}

/**
 * Puts all packages of the lockfile into node_modules. No package's install script runs, for some of them fetch from
 * places that a closed network does not reach; the only one that is needed is done by `installNode`.
 */
export async function installPackages() {
  const inputs = hashOf(root, ['package.json', 'package-lock.json'])
  if (isInstalled(inputs)) {
    stamp(stampFile, inputs)
    return upToDate
  }
  const options = ['--ignore-scripts', '--no-audit', '--no-fund']
  let problem = await npm(['ci', ...options])
  // A registry that lacks a package for some other system makes npm leave it out of the lockfile, and then refuse that.
  if (problem?.includes('are in sync')) problem = await npm(['install', '--no-save', ...options])
  if (problem) throw new Error(problem)
  stamp(stampFile, inputs)
}

/** Makes sure of the Node that the package `node` names: its install script fetches the one for this system. */
export async function installNode() {
  const works = async () => existsSync(ownNode) && await run(ownNode, ['--version'], { log: 'node' }) === 0
  if (await works()) return upToDate
  const cwd = join(root, 'node_modules/node')
  const code = await run(outerNode(), ['installArchSpecificPackage.js'], { env: { ...process.env, npm_config_ignore_scripts: 'true' }, cwd, log: 'node' })
  if (code !== 0 || !await works()) throw new Error(`The Node of the package "node" could not be put in place:\n${endOfLog('node')}`)
}
