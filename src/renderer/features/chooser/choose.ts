import { bridge } from '../../shell.js'
import { createStore } from '../../state/store.js'

export interface ChooserRequest {
  readonly title: string
  readonly kind: 'file' | 'folder' | 'save'
  /** Endings of the files that can be chosen, without a dot. */
  readonly endings: readonly string[]
  /** What such files are called. */
  readonly filter?: string
  readonly start?: string
  /** Name of the file to write, with its ending. */
  readonly suggested?: string
  /** What a file of that name means for one that is to be written: it is replaced, or it stays and another name is needed. */
  readonly replaces?: boolean
}

interface Pending extends ChooserRequest {
  readonly answer: (path: string | null) => void
}

/** The chooser that is open in a shell without dialogs of its own. */
export const chooser = createStore<Pending | null>(null)

/** Asks the person for a path: by the system's dialog where the shell has one, else by ours. Null where they did not choose. */
export async function choosePath(request: ChooserRequest): Promise<string | null> {
  const shell = bridge()
  if (shell) {
    const { title, kind, endings, filter, suggested } = request
    const filters = [{ name: filter ?? title, extensions: endings }]
    const save = { kind: 'save', title, filters, ...(suggested ? { suggested } : {}) } as const
    const [chosen] = await shell.chooseFile(kind === 'folder' ? { kind, title } : kind === 'save' ? save : { kind: 'open', title, filters })
    return chosen ?? null
  }
  return new Promise((resolve) => {
    chooser.set({ ...request, answer: (path) => { chooser.set(null); resolve(path) } })
  })
}
