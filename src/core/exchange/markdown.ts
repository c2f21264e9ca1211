import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError, type Sha256 } from '../../contract/index.js'
import { foldedName, fileNameOf, numbered } from './file-names.js'
import { fileError, makeFolder, syncFolder, writeWhole } from './write-file.js'

export interface MarkdownFile {
  /** Who the file is of (the item's id): only its own earlier file is written over. */
  readonly id: string
  readonly title: string
  /** The whole content. */
  readonly markdown: string
}

export interface WrittenFile { readonly id: string; readonly path: string; readonly sha256: Sha256; readonly bytes: number }

/** Remembers which files were made here, and what was in them then. A store of small values fits. */
export interface ExportMemory {
  get(path: string): string | null
  set(path: string, value: string): void
}

export interface WriteMarkdownOptions {
  readonly memory?: ExportMemory
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex')

/** What lies at this path: nothing, a file of ours that nobody changed since, or anything else. */
async function look(path: string, id: string, memory: ExportMemory | undefined): Promise<'free' | 'ours' | 'taken'> {
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'free'
    return 'taken'
  }
  return memory?.get(path) === `${id} ${hashOf(bytes)}` ? 'ours' : 'taken'
}

/**
 * Writes texts as Markdown files into a folder, which is made where it is missing. Names come from the titles; where a
 * name is taken, by another text or by a file that was not made here or was changed since, a number is added. Each file
 * is whole or not there; those written before an error stay, and all are on disk when the promise settles.
 * Errors: `disk-full`, `no-permission`, `bad-input`, `cancelled`.
 */
export async function writeMarkdown(folder: string, files: readonly MarkdownFile[], options: WriteMarkdownOptions = {}): Promise<WrittenFile[]> {
  const { memory, signal, onProgress } = options
  const written: WrittenFile[] = []
  const used = new Set<string>()
  await makeFolder(folder)
  try {
    for (const file of files) {
      if (signal?.aborted) throw new StudioError('cancelled', {})
      written.push(await writeOne(folder, file, used, memory))
      onProgress?.(written.length / files.length)
    }
  } finally {
    await syncFolder(folder).catch((error: unknown) => {
      throw fileError(error, folder)
    })
  }
  return written
}

async function writeOne(folder: string, file: MarkdownFile, used: Set<string>, memory: ExportMemory | undefined): Promise<WrittenFile> {
  const bytes = Buffer.from(file.markdown.toWellFormed(), 'utf8')
  const sha256 = hashOf(bytes)
  const name = fileNameOf(file.title)
  for (let number = 1; ; number++) {
    const fileName = numbered(name, number, '.md')
    if (used.has(foldedName(fileName))) continue
    const path = join(folder, fileName)
    const found = await look(path, file.id, memory)
    if (found === 'taken' || !(await writeWhole(path, bytes, { replace: found === 'ours' }))) continue
    used.add(foldedName(fileName))
    memory?.set(path, `${file.id} ${sha256}`)
    return { id: file.id, path, sha256, bytes: bytes.length }
  }
}
