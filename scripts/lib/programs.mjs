// What this computer has: programs, an Electron, a display.
import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ownNode, root } from './paths.mjs'

/** Path of the first of these programs that is on PATH, or null. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // not here
      }
    }
  }
  return null
}

export function findChromium() {
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
}

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** The Electron that the npm package brought, or the one that GALLEY_ELECTRON names; null if neither is there. */
export function findElectron() {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (existsSync(pathFile)) {
    const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (existsSync(executable)) return { executable, name: `Electron ${version}`, env: {} }
  }
  const named = process.env.GALLEY_ELECTRON
  return named && existsSync(named) ? { executable: named, name: `the Electron at ${named}`, env: {} } : null
}

/** As `findElectron`, else the older Electron of the test harness, fetched if need be; or, as text, why there is none. */
export function findTestElectron() {
  const found = findElectron()
  if (found) return found
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'no Electron is installed, and the test harness has one for Linux on x64 only'
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 }
    const executable = execFileSync('bash', [join(root, 'e2e/desktop-harness/fetch.sh')], options).trim()
    const env = { HARNESS_NODE: ownNode, HARNESS_POLYFILL: join(root, 'node_modules/core-js-bundle/minified.js') }
    return { executable, name: 'Electron 22.3.25 of the test harness', env }
  } catch (error) {
    return `no Electron is installed, and the test harness could not be fetched: ${String(error.stderr || error).trim().split('\n').at(-1)}`
  }
}
