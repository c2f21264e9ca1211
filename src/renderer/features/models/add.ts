import type { ModelView } from '../../../contract/index.js'
import { t } from '../../messages/t.js'
import { createStore } from '../../state/store.js'
import { client } from '../../studio.js'
import { choosePath } from '../chooser/choose.js'

export type ModelFiles = 'file' | 'folder'

interface Adding {
  readonly isRunning: boolean
  readonly error: unknown
  readonly added: ModelView | null
  readonly files: ModelFiles
}

/** The model that is being added, or how that came out: said wherever one can be added. */
export const adding = createStore<Adding | null>(null)

/** Asks for a GGUF file or a folder of graphs and puts it onto the list where it lies: nothing is copied. Answers whether one was chosen. */
export async function addModel(files: ModelFiles): Promise<boolean> {
  const { modelsFolder: start } = await client.system.settings()
  const path = await choosePath(files === 'file'
    ? { title: t('chooser.model'), kind: 'file', endings: ['gguf'], filter: t('chooser.models'), start }
    : { title: t('chooser.model-folder'), kind: 'folder', endings: [], start })
  if (path === null) return false
  adding.set({ isRunning: true, error: null, added: null, files })
  try {
    adding.set({ isRunning: false, error: null, added: await client.models.add({ path }), files })
  } catch (error) {
    adding.set({ isRunning: false, error, added: null, files })
  }
  return true
}
