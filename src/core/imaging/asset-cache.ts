import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'

/** How often a file's time of use is written to the disk at most. */
const TOUCH_EVERY_MS = 60_000
const STAT_AT_ONCE = 64

interface Entry {
  size: number
  usedAt: number
  touchedAt: number
}

/**
 * A folder of files that can be made again, at most `limit` bytes together: what was used longest ago goes first. Times
 * of use are the files' own, so that the order outlives a restart. Names must be plain file names.
 */
export class AssetCache {
  readonly #entries = new Map<string, Entry>()
  #total = 0
  #ready: Promise<void> | null = null
  constructor(
    private readonly folder: string,
    private readonly limit: number,
  ) {}

  path(name: string): string {
    return join(this.folder, name)
  }

  /** The file's path if it is there, and now counts as used. */
  async find(name: string): Promise<string | null> {
    await this.#open()
    const entry = this.#entries.get(name)
    if (!entry) return null
    // Somebody may have emptied the folder; that is allowed.
    if (
      !(await stat(this.path(name)).then(
        (found) => found.size === entry.size,
        () => false,
      ))
    ) {
      this.#forget(name)
      return null
    }
    const now = Date.now()
    entry.usedAt = now
    if (now - entry.touchedAt > TOUCH_EVERY_MS) {
      entry.touchedAt = now
      await utimes(this.path(name), new Date(now), new Date(now)).catch(() => undefined)
    }
    return this.path(name)
  }

  /** Counts a file that was just written, and makes room for it. */
  async add(name: string): Promise<string> {
    await this.#open()
    const { size } = await stat(this.path(name))
    this.#forget(name)
    this.#entries.set(name, { size, usedAt: Date.now(), touchedAt: Date.now() })
    this.#total += size
    const oldest = [...this.#entries].filter(([other]) => other !== name).sort((a, b) => a[1].usedAt - b[1].usedAt)
    while (this.#total > this.limit && oldest.length > 0) await this.remove(oldest.shift()![0])
    return this.path(name)
  }

  async remove(name: string): Promise<void> {
    await rm(this.path(name), { force: true }).catch(() => undefined)
    this.#forget(name)
  }

  async names(): Promise<string[]> {
    await this.#open()
    return [...this.#entries.keys()]
  }

  #forget(name: string): void {
    this.#total -= this.#entries.get(name)?.size ?? 0
    this.#entries.delete(name)
  }

  #open(): Promise<void> {
    return (this.#ready ??= this.#scan())
  }

  async #scan(): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const files = (await readdir(this.folder, { withFileTypes: true })).filter((entry) => entry.isFile())
    for (let start = 0; start < files.length; start += STAT_AT_ONCE) {
      await Promise.all(
        files.slice(start, start + STAT_AT_ONCE).map(async ({ name }) => {
          // Half-written when the last run ended.
          if (name.endsWith('.part')) return rm(this.path(name), { force: true })
          const found = await stat(this.path(name)).catch(() => null)
          if (!found) return
          this.#entries.set(name, { size: found.size, usedAt: found.mtimeMs, touchedAt: found.mtimeMs })
          this.#total += found.size
        }),
      )
    }
  }
}
