import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Sha256 } from '../../contract/index.js'
import { foldedName, fileNameOf, numbered } from './file-names.js'
import { writeWhole, type Bytes } from './write-file.js'

/** Remembers which files were made here, and what was in them then. A store of small values fits. */
export interface ExportMemory {
  get(path: string): string | null
  set(path: string, value: string): void
}

export interface NamedFile {
  /** Who the file is of (the item's or version's id): only its own earlier file is written over. */
  readonly id: string
  readonly title: string
  /** With its dot. */
  readonly ending: string
  readonly sha256: Sha256
  open(): Bytes
}

/** Names that were given to files of one export, so that no two get the same. */
export function createNames() {
  const used = new Set<string>()
  return {
    /** Names for a title, best first, without those that are taken. */
    *of(title: string, ending: string): Generator<string> {
      const name = fileNameOf(title)
      for (let number = 1; ; number++) {
        const candidate = numbered(name, number, ending)
        if (!used.has(foldedName(candidate))) yield candidate
      }
    },
    take: (name: string): void => void used.add(foldedName(name)),
  }
}
export type Names = ReturnType<typeof createNames>

/** What lies at this path: nothing, a file of ours that nobody changed since, or anything else. */
async function look(path: string, id: string, memory: ExportMemory | undefined): Promise<'free' | 'ours' | 'taken'> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'free' : 'taken'
  }
  return memory?.get(path) === `${id} ${hash.digest('hex')}` ? 'ours' : 'taken'
}

/**
 * Writes a file into a folder under a name made from its title; where a name is taken, by another file of this export or by
 * one that was not made here or was changed since, a number is added. Answers with the name.
 */
export async function writeNamed(folder: string, file: NamedFile, names: Names, memory: ExportMemory | undefined): Promise<string> {
  const { name } = await placeNamed(folder, file, names, memory, (path, replace) => writeWhole(path, file.open(), { replace }))
  return name
}

/** As `writeNamed`, with whatever puts the bytes there; `put` answers false where a name was taken meanwhile. Says whether a file was replaced. */
export async function placeNamed(
  folder: string, file: Pick<NamedFile, 'id' | 'title' | 'ending' | 'sha256'>, names: Names, memory: ExportMemory | undefined, put: (path: string, replace: boolean) => Promise<boolean>,
): Promise<{ name: string; replaced: boolean }> {
  for (const name of names.of(file.title, file.ending)) {
    const path = join(folder, name)
    const found = await look(path, file.id, memory)
    if (found === 'taken' || !(await put(path, found === 'ours'))) continue
    names.take(name)
    memory?.set(path, `${file.id} ${file.sha256}`)
    return { name, replaced: found === 'ours' }
  }
  throw new Error('names never end')
}
