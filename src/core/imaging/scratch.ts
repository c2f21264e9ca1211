import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000

/** Folders for the files of one piece of work; what a crash left behind is swept after a day. */
export class Scratch {
  #ready: Promise<unknown> | null = null
  constructor(private readonly folder: string) {}

  async create(): Promise<string> {
    await (this.#ready ??= this.#sweep())
    return mkdtemp(join(this.folder, 'picture-'))
  }

  /** Runs work with a folder of its own, and removes it whatever happens. */
  async with<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await this.create()
    try {
      return await work(folder)
    } finally {
      await this.remove(folder)
    }
  }

  remove(folder: string): Promise<void> {
    return rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }

  async #sweep(): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name)
      const age =
        Date.now() -
        (await stat(path).then(
          (found) => found.mtimeMs,
          () => Date.now(),
        ))
      if (age > FORGOTTEN_AFTER_MS) await this.remove(path)
    }
  }
}
