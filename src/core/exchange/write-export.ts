import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { StudioError } from '../../contract/index.js'
import type { Outgoing } from './gather.js'
import { fileError, makeFolder, syncFolder } from './write-file.js'
import { createNames, writeNamed, type ExportMemory, type NamedFile, type Names } from './write-named.js'

/** Files with their names in the export, "/" between the parts. */
export interface Written { readonly file: Outgoing; readonly name: string }
/** Makes the manifest, once all names are known. */
export type Manifest = (written: readonly Written[]) => NamedFile
function namesByFolder(): (folder: string) => Names {
  const all = new Map<string, Names>()
  return (folder) => {
    if (!all.has(folder)) all.set(folder, createNames())
    return all.get(folder)!
  }
}

interface Options { readonly signal?: AbortSignal }

/** Writes files into a folder, the manifest last. Files that were not made here stay as they are; names make way. */
export async function writeFolder(path: string, files: readonly Outgoing[], manifest: Manifest, { memory, signal }: Options & { memory?: ExportMemory }): Promise<{ written: Written[]; manifest: string }> {
  const written: Written[] = []
  const names = namesByFolder()
  const folders = new Set([path])
  await makeFolder(path)
  for (const file of files) {
    if (signal?.aborted) throw new StudioError('cancelled', {})
    const folder = join(path, file.folder)
    if (!folders.has(folder)) await makeFolder(folder)
    folders.add(folder)
    written.push({ file, name: `${file.folder}/${await writeNamed(folder, file, names(file.folder), memory)}` })
  }
  const name = await writeNamed(path, manifest(written), createNames(), memory)
  for (const folder of folders) await syncFolder(folder)
  return { written, manifest: name }
}

/** Writes files into one archive, whole or not at all. An archive that is there is replaced. */
export async function writeArchive(path: string, files: readonly Outgoing[], manifest: Manifest, { signal, at }: Options & { at: number }): Promise<{ written: Written[]; manifest: string }> {
  const names = namesByFolder()
  const written = files.map((file) => {
    const own = names(file.folder)
    const name = own.of(file.title, file.ending).next().value as string
    own.take(name)
    return { file, name: `${file.folder}/${name}` }
  })
  const last = manifest(written)
  await makeFolder(dirname(path))
  const temporary = join(dirname(path), `.galley-${randomBytes(8).toString('hex')}.tmp`)
  const zip = new ZipFile()
  const failed = new AbortController()
  // What a source says when it fails comes here, and would otherwise end the process.
  zip.on('error', (error: unknown) => failed.abort(error))
  try {
    for (const { file, name } of [...written, { file: last, name: `${last.title}${last.ending}` }]) {
      zip.addReadStreamLazy(name, { mtime: new Date(at), compress: !file.ending.match(/\.(png|jpg|webp|avif|gif)$/) }, (give) => give(null, streamOf(file)))
    }
    zip.end()
    await pipeline(zip.outputStream, createWriteStream(temporary, { flags: 'wx' }), { signal: AbortSignal.any([failed.signal, ...(signal ? [signal] : [])]) })
    const handle = await open(temporary, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(temporary, path)
    await syncFolder(dirname(path))
  } catch (error) {
    if (failed.signal.aborted) throw fileError(failed.signal.reason, path)
    throw signal?.aborted ? new StudioError('cancelled', {}) : fileError(error, path)
  } finally {
    await rm(temporary, { force: true })
  }
  return { written, manifest: `${last.title}${last.ending}` }
}

function streamOf(file: NamedFile): Readable {
  const bytes = file.open()
  return Readable.from(bytes instanceof Uint8Array ? [bytes] : bytes, { objectMode: false })
}
