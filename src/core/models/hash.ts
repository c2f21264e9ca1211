import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, type Sha256 } from '../../contract/index.js'
import type { KeyValueStore } from './types.js'

const chunkBytes = 1 << 20
const fileLimit = 10_000
const depthLimit = 8

/** Files of a model with what shows that they are unchanged. */
export interface Files {
  readonly paths: readonly string[]
  readonly bytes: number
  /** Changes when a file is added, removed, resized or rewritten. */
  readonly fingerprint: string
  readonly folder: boolean
}

/** The files of a GGUF file or a model folder. Errors: `not-found`, `not-a-model` for folders with too many files. */
export async function readFiles(path: string): Promise<Files> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new StudioError('not-found', { what: 'file', id: path })
  const paths = found.isDirectory() ? (await walk(path, path, 0)).sort() : [path]
  const print = createHash('sha256')
  let bytes = 0
  for (const file of paths) {
    const { size, mtimeMs } = await stat(file)
    bytes += size
    print.update(JSON.stringify([file, size, mtimeMs]))
  }
  return { paths, bytes, fingerprint: print.digest('hex'), folder: found.isDirectory() }
}

async function walk(root: string, folder: string, depth: number): Promise<string[]> {
  const files: string[] = []
  if (depth > depthLimit) return files
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // What tools leave behind (.git, .DS_Store, .cache) is no part of a model.
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    // Download caches hold links to files, so a link is followed; a link to a folder is not, it may lead in a circle.
    const file = entry.isSymbolicLink() ? await stat(path).then((target) => target.isFile(), () => false) : entry.isFile()
    if (file) files.push(path)
    else if (entry.isDirectory()) files.push(...(await walk(root, path, depth + 1)))
    if (files.length > fileLimit) throw new StudioError('not-a-model', { path: root, detail: 'the folder holds too many files to be a model' })
  }
  return files
}

/** Hashes models, each only once as long as its files do not change. */
export function createHasher(store: KeyValueStore) {
  const running = new Map<string, Promise<Sha256>>()

  /** The hash if it is known already. */
  const known = (path: string, fingerprint: string): Sha256 | null => {
    const cached = store.get(keyOf(path)) as { fingerprint?: string; hash?: string } | undefined
    return cached?.fingerprint === fingerprint && typeof cached.hash === 'string' ? cached.hash : null
  }

  return {
    known,
    /** SHA-256 of a file; of a folder, of the sorted list of its files' hashes, one a line. */
    async hash(path: string, files: Files): Promise<Sha256> {
      const before = known(path, files.fingerprint)
      if (before !== null) return before
      const job = `${path}\n${files.fingerprint}`
      const work = running.get(job) ?? hashFiles(files).finally(() => running.delete(job))
      running.set(job, work)
      const hash = await work
      store.set(keyOf(path), { fingerprint: files.fingerprint, hash })
      return hash
    },
  }
}

async function hashFiles({ paths, folder }: Files): Promise<Sha256> {
  const hashes: string[] = []
  for (const path of paths) hashes.push(await hashFile(path))
  return folder ? createHash('sha256').update(hashes.sort().join('\n')).digest('hex') : hashes[0]!
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

const keyOf = (path: string) => `model-hash:${path}`
