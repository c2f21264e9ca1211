import type { FromCore, ToCore } from '../../contract/index.js'

/** A port that Electron hands over with a message, as much of it as is used here. */
export interface TransferredPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

/** The control channel to the shell. */
export interface Channel {
  post(message: FromCore): void
  onMessage(listener: (message: ToCore, ports: readonly TransferredPort[]) => void): void
  /** The shell is gone, or let go of this process. */
  onClose(listener: () => void): void
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown; ports: TransferredPort[] }) => void): unknown
}

/** The channel of this process: Electron's parent port in a utility process, else the channel of a forked child. */
export function openChannel(): Channel {
  const parentPort = (process as { parentPort?: ParentPort }).parentPort
  const onClose = (listener: () => void) => { process.on('disconnect', listener) }
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => { parentPort.on('message', ({ data, ports }) => listener(data as ToCore, ports)) },
      onClose,
    }
  }
  if (!process.send) throw new Error('This is started by a shell, not by hand')
  return {
    post: (message) => { if (process.connected) process.send?.(message) },
    onMessage: (listener) => { process.on('message', (message) => listener(message as ToCore, [])) },
    onClose,
  }
}
