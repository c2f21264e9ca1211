import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engines } from '../engines/index.js'
import type { Files } from './hash.js'
import type { Inspection, KeyValueStore, ModelCard, ModelKind } from './types.js'

const cardLimit = 100_000

/** Asks the engines what a model is, once as long as its files do not change: foreign files are parsed only there. */
export function createInspector(engines: Engines, store: KeyValueStore) {
  return async (kind: ModelKind, path: string, files: Files, signal?: AbortSignal): Promise<Inspection> => {
    const key = `model-header:${kind}:${path}`
    const cached = store.get(key) as { fingerprint?: string; inspection?: Inspection } | undefined
    if (cached?.fingerprint === files.fingerprint && cached.inspection) return cached.inspection
    const inspection = await look(engines, kind, path, signal)
    store.set(key, { fingerprint: files.fingerprint, inspection })
    return inspection
  }
}

async function look(engines: Engines, kind: ModelKind, path: string, signal: AbortSignal | undefined): Promise<Inspection> {
  switch (kind) {
    case 'text':
      return { kind, engine: await engines.call('text', 'inspect', { path }, { signal }) }
    case 'image':
      return { kind, engine: await engines.call('image', 'inspect', { path }, { signal }), card: await readCard(path) }
    case 'upscaler':
      return { kind, engine: await engines.call('image', 'inspectUpscaler', { path }, { signal }), card: await readCard(path) }
  }
}

/** `galley.json` of a folder; what is missing or damaged there is simply not said. */
export async function readCard(folder: string): Promise<ModelCard> {
  const text = await readFile(join(folder, 'galley.json'), 'utf8').catch(() => '')
  if (text === '' || text.length > cardLimit) return {}
  try {
    const value = JSON.parse(text) as Record<string, unknown> | null
    const said = (name: string) => (typeof value?.[name] === 'string' && value[name] !== '' ? String(value[name]).slice(0, 300) : undefined)
    return { name: said('name'), licence: said('licence'), about: said('about'), demo: value?.demo === true }
  } catch {
    return {}
  }
}
