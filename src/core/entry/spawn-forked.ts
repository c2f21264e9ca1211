import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StudioError } from '../../contract/index.js'
import type { SpawnEngine } from '../engines/types.js'

/** Starts engines as children of this process. `folder` holds their built entries. Errors: `engine-unavailable`. */
export function spawnForked(folder: string): SpawnEngine {
  return async (role) => {
    const entry = join(folder, `${role}.mjs`)
    if (!existsSync(entry)) throw new StudioError('engine-unavailable', { role, detail: `${entry} is missing` })
    // What engines print must not mix with what a command prints, so both of their outputs go to the error output.
    const child = fork(entry, [], { serialization: 'json', stdio: ['ignore', 2, 2, 'ipc'], execArgv: [] })
    let closed: string | null = null
    const listeners: ((reason: string) => void)[] = []
    const close = (reason: string) => {
      if (closed !== null) return
      closed = reason
      for (const listener of listeners) listener(reason)
    }
    child.on('exit', (code, signal) => close(signal ?? `exit code ${code}`))
    child.on('error', (error) => close(error.message))
    return {
      post: (message) => { if (closed === null && child.connected) child.send(message as object, () => {}) },
      onMessage: (listener) => { child.on('message', listener) },
      onClose: (listener) => { if (closed === null) listeners.push(listener); else listener(closed) },
      kill: () => { child.kill('SIGKILL') },
    }
  }
}
