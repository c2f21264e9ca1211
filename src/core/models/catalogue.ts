import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BuiltIn, Entry, KeyValueStore, ModelKind } from './types.js'

export const builtInIds = { text: 'built-in-text', image: 'built-in-image', upscaler: 'built-in-upscaler' } as const satisfies Record<ModelKind, string>

interface Added { readonly path: string; readonly kind: ModelKind }

/** Which models there are: those that came along, those that a person added, and those in the models folder. */
export function createCatalogue(builtIn: BuiltIn, modelsFolder: string, store: KeyValueStore) {
  const added = () => (store.get('models-added') as Added[] | undefined) ?? []
  const hidden = () => (store.get('models-hidden') as string[] | undefined) ?? []

  async function entries(): Promise<Entry[]> {
    const own: Entry[] = (['text', 'image'] as const).map((kind) => ({ id: builtInIds[kind], kind, path: builtIn[kind], builtIn: true }))
    // Nobody looks for it who has none: without it nothing offers to enlarge.
    if (builtIn.upscaler) own.push({ id: builtInIds.upscaler, kind: 'upscaler', path: builtIn.upscaler, builtIn: true })
    const others = new Map<string, Entry>()
    for (const { path, kind } of added()) others.set(path, { id: idOf(path), kind, path, builtIn: false })
    for (const found of await findModels(modelsFolder)) {
      if (!others.has(found.path) && !hidden().includes(found.path)) others.set(found.path, { id: idOf(found.path), ...found, builtIn: false })
    }
    const ownPaths = new Set(own.map(({ path }) => path))
    return [...own, ...[...others.values()].filter(({ path }) => !ownPaths.has(path))]
  }

  return {
    entries,
    add(path: string, kind: ModelKind): void {
      store.set('models-hidden', hidden().filter((each) => each !== path))
      store.set('models-added', [...added().filter((each) => each.path !== path), { path, kind }])
    },
    remove(path: string): void {
      store.set('models-added', added().filter((each) => each.path !== path))
      // One that lies in the models folder would come back with the next look.
      store.set('models-hidden', [...new Set([...hidden(), path])])
    },
  }
}

/** What a path can only be: a folder holds pictures' models, a file is GGUF. Null where nothing is there. */
export async function kindOfPath(path: string): Promise<ModelKind | null> {
  const found = await stat(path).catch(() => null)
  return found ? (found.isDirectory() ? 'image' : 'text') : null
}

async function findModels(folder: string): Promise<Added[]> {
  const found: Added[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = resolve(folder, entry.name)
    if (entry.isFile() && entry.name.toLowerCase().endsWith('.gguf')) found.push({ path, kind: 'text' })
    else if (entry.isDirectory() && (await isFile(join(path, 'model_index.json')))) found.push({ path, kind: 'image' })
  }
  return found.sort((one, other) => one.path.localeCompare(other.path))
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false)
}

function idOf(path: string): string {
  return `model-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`
}
