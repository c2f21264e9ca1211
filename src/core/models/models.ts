import { resolve as resolvePath } from 'node:path'
import { StudioError, type ModelView } from '../../contract/index.js'
import type { Engines } from '../engines/index.js'
import { builtInIds, createCatalogue, kindOfPath } from './catalogue.js'
import { describeModel, neededBytes, nextStep } from './describe.js'
import { createHasher, readFiles, type Files } from './hash.js'
import { createInspector } from './inspect.js'
import type { BuiltIn, Entry, Inspection, KeyValueStore, Models } from './types.js'

export interface ModelsOptions {
  readonly engines: Engines
  readonly settingsStore: KeyValueStore
  readonly builtIn: BuiltIn
  /** Folder of downloaded models; whatever lies there is on the list. */
  readonly modelsFolder: string
}

/** Context that the need of a text model is shown for, in tokens. */
const shownContext = 4096
const purposes = { text: 'text', image: 'pictures', upscaler: 'enlarging' } as const
/** Above this part of what there is, other programs will feel it. */
const tightShare = 0.75

export function createModels({ engines, settingsStore, builtIn, modelsFolder }: ModelsOptions): Models {
  const catalogue = createCatalogue(builtIn, modelsFolder, settingsStore)
  const hasher = createHasher(settingsStore)
  const inspect = createInspector(engines, settingsStore)
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }

  async function find(id: string): Promise<Entry> {
    const entry = (await catalogue.entries()).find((each) => each.id === id)
    if (!entry) throw new StudioError('not-found', { what: 'model', id })
    return entry
  }

  async function view(entry: Entry): Promise<ModelView> {
    let files: Files | null = null
    let inspection: Inspection | null = null
    let problem: string | null = null
    try {
      if (entry.path === null) throw missing(entry)
      files = await readFiles(entry.path)
      inspection = await inspect(entry.kind, entry.path, files)
    } catch (error) {
      problem = problemOf(error, entry)
    }
    const needed = inspection ? neededBytes(inspection, shownContext) : null
    return {
      id: entry.id, kind: entry.kind, path: entry.path, builtIn: entry.builtIn,
      ...describeModel(entry, inspection),
      fileSize: inspection?.engine.fileSize ?? files?.bytes ?? 0,
      hash: entry.path !== null && files ? hasher.known(entry.path, files.fingerprint) : null,
      fit: needed === null ? 'unknown' : fitOf(needed, entry.builtIn),
      neededBytes: needed,
      loaded: entry.path !== null && engines.states().some((state) => state.model === entry.path),
      problem,
    }
  }

  function fitOf(needed: number, isBuiltIn: boolean): ModelView['fit'] {
    const { allowed } = engines.memory()
    if (needed <= allowed * tightShare) return 'fits'
    // A built-in model is tried even where little is left.
    return needed <= allowed || isBuiltIn ? 'tight' : 'too-large'
  }

  /** Errors: `out-of-memory` with both numbers, and the largest model of this kind that fits. */
  async function requireFit(entry: Entry, inspection: Inspection): Promise<void> {
    const needed = neededBytes(inspection, shownContext)
    const { allowed } = engines.memory()
    if (fitOf(needed, entry.builtIn) !== 'too-large') return
    const others = await Promise.all((await catalogue.entries()).filter(({ id, kind }) => kind === entry.kind && id !== entry.id).map(view))
    const fitting = others.filter(({ problem, path, fit }) => problem === null && path !== null && fit !== 'too-large' && fit !== 'unknown')
    const largest = fitting.sort((one, two) => two.neededBytes! - one.neededBytes!)[0]
    throw new StudioError('out-of-memory', { needed, available: allowed, ...(largest ? { largest: largest.name } : {}) })
  }

  return {
    async list() {
      return await Promise.all((await catalogue.entries()).map(view))
    },

    async add(given) {
      const path = resolvePath(given)
      const kind = await kindOfPath(path)
      if (kind === null) throw new StudioError('not-found', { what: 'file', id: path })
      // Asked before it is written down: what is no model never comes onto the list.
      const files = await readFiles(path)
      await inspect(kind, path, files)
      if (!Object.values(builtIn).includes(path)) catalogue.add(path, kind)
      changed()
      const entry = (await catalogue.entries()).find((each) => each.path === path)
      if (!entry) throw new StudioError('not-found', { what: 'model', id: path })
      const added = await view(entry)
      // Shown as soon as it is known. What cannot be loaded here is not read to its end for it.
      if (added.hash === null && added.fit !== 'too-large') void hasher.hash(path, files).then(changed, () => undefined)
      return added
    },

    async forget(id) {
      const entry = await find(id)
      if (entry.builtIn || entry.path === null) throw new StudioError('bad-input', { detail: 'the built-in models stay on the list' })
      catalogue.remove(entry.path)
      changed()
    },

    async unload(id) {
      const entry = await find(id)
      if (engines.states().some((state) => state.model === entry.path)) await engines.unload(entry.kind === 'text' ? 'text' : 'image')
    },

    async resolve(kind, id, options) {
      const entry = (await catalogue.entries()).find((each) => each.id === (id ?? builtInIds[kind]))
      if (!entry) throw new StudioError('model-missing', { model: id ?? '', next: nextStep(kind, false) })
      if (entry.kind !== kind) throw new StudioError('bad-input', { detail: `${entry.id} is no model for ${purposes[kind]}` })
      if (entry.path === null) throw missing(entry)
      const path = entry.path
      const files = await readFiles(path).catch((error: unknown) => {
        throw error instanceof StudioError && error.code === 'not-found' ? missing(entry) : error
      })
      const inspection = await inspect(kind, path, files, options?.signal)
      // Said before the files are read for their hash: of what cannot be loaded they are the largest.
      await requireFit(entry, inspection)
      const { name, licence, demo } = describeModel(entry, inspection)
      return {
        id: entry.id, kind, name, path, licence, demo, builtIn: entry.builtIn, inspection,
        hash: await hasher.hash(path, files),
        fileSize: inspection.engine.fileSize,
        needed: (contextSize) => neededBytes(inspection, contextSize),
      }
    },

    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function missing(entry: Entry): StudioError<'model-missing'> {
  return new StudioError('model-missing', { model: describeModel(entry, null).name, next: nextStep(entry.kind, entry.builtIn) })
}

/** One or two sentences for the list: what is wrong, and what to do. */
function problemOf(error: unknown, entry: Entry): string {
  if (!(error instanceof StudioError)) return 'It could not be read.'
  switch (error.code) {
    case 'model-missing':
    case 'not-found':
      return `The files are not there. ${nextStep(entry.kind, entry.builtIn)}`
    case 'not-a-model':
      return `It cannot be used: ${(error as StudioError<'not-a-model'>).data.detail}.`
    case 'no-permission':
      return 'The files may not be read. Change their permissions.'
    default:
      return `The engine that reads it does not answer (${error.code}).`
  }
}
