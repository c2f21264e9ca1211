// The programs that the tests in shells need: Chromium, a virtual screen, and what fetches the test harness.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from './paths.mjs'
import { findChromium, findElectron, findProgram, hasDisplay } from './programs.mjs'
import { run } from './run.mjs'
import { stamp } from './stamps.mjs'
import { upToDate, without } from './steps.mjs'

/** Debian packages of what is missing. */
function missingPackages() {
  if (process.platform !== 'linux') return []
  const missing = []
  if (!findChromium()) missing.push('chromium')
  if (!hasDisplay() && !findProgram('Xvfb')) missing.push('xvfb')
  if (!findElectron() && !findProgram('unzip')) missing.push('unzip')
  if (!findElectron() && !findProgram('python3')) missing.push('python3', 'python3-pip')
  return missing
}

const switchedOff = { chromium: 'tests in the browser', xvfb: 'tests of the desktop window', unzip: 'the desktop test harness', python3: 'the desktop test harness' }

/** Installs what is missing, once, where that is possible without asking (Debian, as root); else says what is off. */
export async function installTestPrograms() {
  const missing = missingPackages()
  if (missing.length === 0) return upToDate
  const tried = join(stateFolder, 'test-programs-tried')
  if (process.getuid?.() === 0 && findProgram('apt-get') && !existsSync(tried)) {
    stamp(tried, missing.join(' '))
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-q'], { env, log: 'apt-update', limitMs: 5 * 60_000 })
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { env, log: 'apt-install', limitMs: 15 * 60_000 })
    if (missingPackages().length === 0) return
  }
  const off = [...new Set(missingPackages().map((name) => switchedOff[name]).filter(Boolean))]
  return without(`${missingPackages().join(', ')} not installed; switched off: ${off.join(', ')}`)
}
