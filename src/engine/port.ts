/** How an engine process talks to the one that started it: JSON messages both ways. */
export interface EnginePort {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** The process that started this one is gone. */
  onClose(listener: () => void): void
}

/** The part of Electron's utility process that is used here, so that this file needs no Electron. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** The port of this process: Electron's where it is a utility process, else that of `child_process.fork`. */
export function openPort(): EnginePort {
  const parentPort = (process as unknown as { parentPort?: ParentPort | null }).parentPort
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
      onClose: (listener) => parentPort.on('close', listener),
    }
  }
  if (!process.send) throw new Error('An engine is started by the studio, not by hand: it has no port to talk to')
  return {
    // The callback swallows the error of a parent that has just gone; `disconnect` says so properly.
    post: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onClose: (listener) => void process.on('disconnect', listener),
  }
}
