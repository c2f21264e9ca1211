type Command = 'text' | 'picture' | 'folder' | 'bring-in'

const listeners = new Set<(command: Command) => void>()

/** Lets the palette ask the desk for a new item, so that both do the same: made where the person is, then named. Files are asked for in the same way. */
export const deskCommand = {
  send(command: Command): void {
    for (const listener of [...listeners]) listener(command)
  },
  listen(listener: (command: Command) => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
