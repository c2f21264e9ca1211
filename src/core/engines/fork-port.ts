import type { ChildProcess } from 'node:child_process'
import type { MessagePortLike } from './types.js'

/** The port of a process that was started with `child_process.fork`. Used by the shells that run on plain Node. */
export function portOfChild(child: ChildProcess): MessagePortLike {
  let closed: string | null = null
  const closeListeners: ((reason: string) => void)[] = []
  const close = (reason: string) => {
    if (closed !== null) return
    closed = reason
    for (const listener of closeListeners) listener(reason)
  }
  child.once('exit', (code, signal) => close(signal ? `it was ended by ${signal}` : `it ended with code ${code}`))
  child.once('error', (error) => close(error.message))
  return {
    post: (message) => {
      // Between its end and our notice of it a process takes no messages; `exit` says so properly.
      if (child.connected) child.send(message as never, () => {})
    },
    onMessage: (listener) => void child.on('message', listener),
    onClose: (listener) => {
      if (closed === null) closeListeners.push(listener)
      else listener(closed)
    },
    kill: () => void child.kill('SIGKILL'),
  }
}
