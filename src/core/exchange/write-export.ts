import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { StudioError } from '../../contract/index.js'
import type { Outgoing } from './gather.js'
import { removeEmpty, stagedArchive, stagedFolder } from './staging.js'
import { fileError, giveName, makeFolder, syncFolder, writeSynced, type Bytes } from './write-file.js'
import { createNames, placeNamed, writeNamed, type ExportMemory, type NamedFile, type Names } from './write-named.js'

/** Files with their names in the export, "/" between the parts. */
export interface Written { readonly file: Outgoing; readonly name: string }
/** Makes the manifest, once all names are known. */
export type Manifest = (written: readonly Written[]) => Promise<NamedFile>

export interface WriteOptions {
  readonly signal?: AbortSignal
  /** Names what lies beside the target until it is whole. */
  readonly job: string
  /** Bytes that were written since the last call. */
  readonly onBytes?: (bytes: number) => void
}

function namesByFolder(): (folder: string) => Names {
  const all = new Map<string, Names>()
  return (folder) => {
    if (!all.has(folder)) all.set(folder, createNames())
    return all.get(folder)!
  }
}

/** The bytes as they pass, as long as nobody cancels: a large file, too, is left in its middle. */
async function* passing(bytes: Bytes, { signal, onBytes }: WriteOptions): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
    if (signal?.aborted) throw new StudioError('cancelled', {})
    yield chunk
    onBytes?.(chunk.length)
  }
}

/**
 * Writes files into a folder, the manifest last; all of them or none. They lie in a hidden folder until the last one is whole, and
 * only then get their names. Files that were not made here stay as they are; names make way.
 */
export async function writeFolder(
  path: string, files: readonly Outgoing[], manifest: Manifest | null, options: WriteOptions & { memory?: ExportMemory },
): Promise<{ written: Written[]; manifest: string | null }> {
  const staging = stagedFolder(path, options.job)
  const made = await makeFolder(path)
  const placed: string[] = []
  const folders = new Set([path])
  try {
    await stage(staging, path, files, options)
    const done = await place(path, files, staging, { folders, placed, memory: options.memory })
    const name = manifest ? await writeNamed(path, await manifest(done), createNames(), options.memory) : null
    for (const folder of folders) await syncFolder(folder)
    return { written: done, manifest: name }
  } catch (error) {
    for (const file of placed) await rm(file, { force: true })
    throw fileError(error, path)
  } finally {
    await rm(staging, { recursive: true, force: true, maxRetries: 3 })
    for (const folder of folders) if (folder !== path) await removeEmpty(folder, folder)
    if (made !== undefined) await removeEmpty(path, made)
  }
}

async function stage(staging: string, path: string, files: readonly Outgoing[], options: WriteOptions): Promise<void> {
  await mkdir(staging).catch((error: unknown) => {
    throw fileError(error, path)
  })
  for (const [index, file] of files.entries()) {
    if (options.signal?.aborted) throw new StudioError('cancelled', {})
    await writeSynced(join(staging, String(index)), passing(file.open(), options)).catch((error: unknown) => {
      throw fileError(error, path)
    })
  }
}

/** Gives the files their names. It takes a moment and heeds no signal. */
async function place(
  path: string, files: readonly Outgoing[], staging: string, { folders, placed, memory }: { folders: Set<string>; placed: string[]; memory: ExportMemory | undefined },
): Promise<Written[]> {
  const names = namesByFolder()
  const written: Written[] = []
  for (const [index, file] of files.entries()) {
    const folder = join(path, file.folder)
    if (!folders.has(folder)) await makeFolder(folder)
    folders.add(folder)
    const { name, replaced } = await placeNamed(folder, file, names(file.folder), memory, (to, replace) => giveName(join(staging, String(index)), to, { replace }))
    if (!replaced) placed.push(join(folder, name))
    written.push({ file, name: file.folder === '' ? name : `${file.folder}/${name}` })
  }
  return written
}

/** Writes files into one archive, whole or not at all. An archive that is there is replaced. */
export async function writeArchive(path: string, files: readonly Outgoing[], manifest: Manifest, options: WriteOptions & { at: number }): Promise<{ written: Written[]; manifest: string }> {
  const { signal, at } = options
  const names = namesByFolder()
  const written = files.map((file) => {
    const own = names(file.folder)
    const name = own.of(file.title, file.ending).next().value as string
    own.take(name)
    return { file, name: `${file.folder}/${name}` }
  })
  const last = await manifest(written)
  const made = await makeFolder(dirname(path))
  const temporary = stagedArchive(path, options.job)
  const zip = new ZipFile()
  const failed = new AbortController()
  // What a source says when it fails comes here, and would otherwise end the process.
  zip.on('error', (error: unknown) => failed.abort(error))
  try {
    for (const { file, name } of [...written, { file: last, name: `${last.title}${last.ending}` }]) {
      zip.addReadStreamLazy(name, { mtime: new Date(at), compress: !file.ending.match(/\.(png|jpg|webp|avif|gif)$/) }, (give) => give(null, Readable.from(passing(file.open(), options), { objectMode: false })))
    }
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(temporary, { flags: 'wx' }), { signal: AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]) })
    const handle = await open(temporary, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    if (signal?.aborted) throw new StudioError('cancelled', {})
    throw fileError(failed.signal.aborted ? failed.signal.reason : error, path)
  } finally {
    await rm(temporary, { force: true })
    if (made !== undefined) await removeEmpty(dirname(path), made)
  }
  return { written, manifest: `${last.title}${last.ending}` }
}
