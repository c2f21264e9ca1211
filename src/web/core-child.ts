import { fork } from 'node:child_process'
import type { FromCore } from '../contract/index.js'
import { coreFlags, type CoreChild } from '../shell/core-process.js'

/** Starts core as a child of this process. */
export function forkCore(entry: string): CoreChild<never> {
  const child = fork(entry, [], { serialization: 'json', execArgv: [...coreFlags] })
  const exits: ((reason: string) => void)[] = []
  let gone = false
  const end = (reason: string) => {
    if (gone) return
    gone = true
    for (const listener of exits) listener(reason)
  }
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`))
  child.on('error', (error) => end(error.message))
  return {
    // A child that dies while something is sent answers with an error, which its exit tells better.
    post: (message) => { if (child.connected) child.send(message, () => {}) },
    onMessage: (listener) => { child.on('message', (message) => listener(message as FromCore)) },
    onExit: (listener) => { exits.push(listener) },
    kill: () => { child.kill('SIGKILL') },
  }
}
