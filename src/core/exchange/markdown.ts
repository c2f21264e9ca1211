import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { StudioError, type Sha256 } from '../../contract/index.js'
import { fileError, makeFolder, syncFolder } from './write-file.js'
import { createNames, writeNamed, type ExportMemory, type Names } from './write-named.js'

export interface MarkdownFile {
  /** Who the file is of (the item's id): only its own earlier file is written over. */
  readonly id: string
  readonly title: string
  /** The whole content. */
  readonly markdown: string
}

export interface WrittenFile { readonly id: string; readonly path: string; readonly sha256: Sha256; readonly bytes: number }

export interface WriteMarkdownOptions {
  readonly memory?: ExportMemory
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

const hashOf = (bytes: Uint8Array): Sha256 => createHash('sha256').update(bytes).digest('hex')

/**
 * Writes texts as Markdown files into a folder, which is made where it is missing. Names come from the titles; where a
 * name is taken, by another text or by a file that was not made here or was changed since, a number is added. Each file
 * is whole or not there; those written before an error stay, and all are on disk when the promise settles.
 * Errors: `disk-full`, `no-permission`, `bad-input`, `cancelled`.
 */
export async function writeMarkdown(folder: string, files: readonly MarkdownFile[], options: WriteMarkdownOptions = {}): Promise<WrittenFile[]> {
  const { memory, signal, onProgress } = options
  const written: WrittenFile[] = []
  const names = createNames()
  await makeFolder(folder)
  try {
    for (const file of files) {
      if (signal?.aborted) throw new StudioError('cancelled', {})
      written.push(await writeOne(folder, file, names, memory))
      onProgress?.(written.length / files.length)
    }
  } finally {
    await syncFolder(folder).catch((error: unknown) => {
      throw fileError(error, folder)
    })
  }
  return written
}

async function writeOne(folder: string, { id, title, markdown }: MarkdownFile, names: Names, memory: ExportMemory | undefined): Promise<WrittenFile> {
  const bytes = Buffer.from(markdown.toWellFormed(), 'utf8')
  const sha256 = hashOf(bytes)
  const name = await writeNamed(folder, { id, title, ending: '.md', sha256, open: () => bytes }, names, memory)
  return { id, path: join(folder, name), sha256, bytes: bytes.length }
}
