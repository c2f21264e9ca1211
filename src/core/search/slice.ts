import { StudioError } from '../../contract/index.js'

/** One slice of indexing: so many characters, writes or milliseconds, because reading an item with a long history takes long by itself. */
const sliceMilliseconds = 6
const sliceCharacters = 16_000
const sliceWrites = 25

/** A write that waits for its slice; `project` is the project's number in the index. */
export type Write = (project: number) => void

/** Collects writes and does them a slice at a time, with a turn of the event loop between. */
export class WriteSlices {
  private writes: Write[] = []
  private characters = 0
  private startedAt = performance.now()

  /** `flush` does writes in one transaction; `position` with the last of them. */
  constructor(private readonly flush: (writes: readonly Write[], position: string | null) => void, private readonly signal: AbortSignal | undefined) {}

  /** `characters`: how many the write indexes. */
  add(write: Write, characters = 0): void {
    this.writes.push(write)
    this.characters += characters
  }

  /** Call often. Errors: `cancelled`. */
  async breathe(): Promise<void> {
    const isFull = this.characters >= sliceCharacters || this.writes.length >= sliceWrites || performance.now() - this.startedAt >= sliceMilliseconds
    if (isFull) await this.end(null)
  }

  /** Does what waits, and remembers the position where one is given. Errors: `cancelled`. */
  async end(position: string | null): Promise<void> {
    if (this.writes.length > 0 || position !== null) this.flush(this.writes, position)
    this.writes = []
    this.characters = 0
    await new Promise((resolve) => setImmediate(resolve))
    this.startedAt = performance.now()
    if (this.signal?.aborted) throw new StudioError('cancelled', {})
  }
}
