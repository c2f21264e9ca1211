import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
/** What these scripts remember between runs: stamps, logs, reports. */
export const stateFolder = join(root, '.cache')
/** The Node that the npm package `node` brings, which is what everything but the first step runs on. */
export const ownNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')
