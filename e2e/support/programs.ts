import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/** Path of a program on PATH, or null. */
export function findProgram(...names: string[]): string | null {
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

export function findChromium(): string | null {
  return findProgram('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable')
}

export interface ElectronFound {
  readonly executable: string
  /** What a report calls it. */
  readonly name: string
  readonly env: Record<string, string>
}

function installedElectron(): ElectronFound | null {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim())
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return existsSync(executable) ? { executable, name: `Electron ${version}`, env: {} } : null
}

function harnessElectron(): ElectronFound {
  const executable = execFileSync('bash', [join(root, 'e2e/desktop-harness/fetch.sh')], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 }).trim()
  return {
    executable, name: 'Electron 22.3.25 of the test harness',
    env: { HARNESS_NODE: join(root, 'node_modules/node/bin/node'), HARNESS_POLYFILL: join(root, 'node_modules/core-js-bundle/minified.js') },
  }
}

/** The Electron to test with, in the order installed, named by GALLEY_ELECTRON, harness; or why there is none. */
export function findElectron(): ElectronFound | string {
  const installed = installedElectron()
  if (installed) return installed
  const named = process.env.GALLEY_ELECTRON
  if (named) return existsSync(named) ? { executable: named, name: named, env: {} } : `GALLEY_ELECTRON names ${named}, which is not there`
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'no Electron is installed, and the test harness has one for Linux on x64 only'
  try {
    return harnessElectron()
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    return `no Electron is installed, and the test harness could not be fetched: ${(stderr || String(error)).trim().split('\n').at(-1)}`
  }
}
