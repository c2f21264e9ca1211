// Getting the pinned Electron: its npm package does not contain it, it is fetched from elsewhere.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownNode, root, stateFolder } from './paths.mjs'
import { findElectron } from './programs.mjs'
import { run } from './run.mjs'
import { stamp } from './stamps.mjs'
import { upToDate, without } from './steps.mjs'

const failedFile = join(stateFolder, 'electron-failed')
const tryAgainAfterMs = 24 * 60 * 60 * 1000
const missing = 'could not be fetched from here; Galley opens in the browser instead (GALLEY_ELECTRON may name one)'

function failedLately() {
  return existsSync(failedFile) && Date.now() - Number(readFileSync(failedFile, 'utf8')) < tryAgainAfterMs
}

/** Fetches Electron if it is not there. Where that fails, it is tried again a day later, not at every start. */
export async function installElectron() {
  if (findElectron()) return upToDate
  if (failedLately()) return without(missing)
  const code = await run(ownNode, [join(root, 'node_modules/electron/install.js')], { log: 'electron', limitMs: 10 * 60_000 })
  if (code === 0 && findElectron()) return
  stamp(failedFile, String(Date.now()))
  return without(missing)
}
