import type { FileHandle } from 'node:fs/promises'

const windowBytes = 1 << 20

/** The file ended before what it promised. */
export class EndOfFile extends Error {}

/** Reads numbers and strings of a file one after the other, through a window so that no header size matters. */
export class Cursor {
  position = 0
  #window = Buffer.alloc(0)
  #start = 0

  constructor(private readonly file: FileHandle, readonly size: number) {}

  /** `length` bytes from the position, valid until the next call. Errors: `EndOfFile`. */
  async take(length: number): Promise<Buffer> {
    if (this.position + length > this.size) throw new EndOfFile()
    const offset = this.position - this.#start
    if (offset < 0 || offset + length > this.#window.length) await this.#fill(Math.max(length, windowBytes))
    const begin = this.position - this.#start
    this.position += length
    return this.#window.subarray(begin, begin + length)
  }

  /** Passes over bytes without reading them. */
  skip(length: number): void {
    if (this.position + length > this.size) throw new EndOfFile()
    this.position += length
  }

  async u32(): Promise<number> {
    return (await this.take(4)).readUInt32LE()
  }

  /** An unsigned 64-bit number that has to be exact; larger ones are nothing a real file holds. */
  async u64(): Promise<number> {
    const value = (await this.take(8)).readBigUInt64LE()
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new EndOfFile()
    return Number(value)
  }

  async string(limit: number): Promise<string> {
    const length = await this.u64()
    if (length > limit) {
      this.skip(length)
      return ''
    }
    return (await this.take(length)).toString('utf8')
  }

  async #fill(length: number): Promise<void> {
    const buffer = Buffer.alloc(Math.min(length, this.size - this.position))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await this.file.read(buffer, filled, buffer.length - filled, this.position + filled)
      if (bytesRead === 0) throw new EndOfFile()
      filled += bytesRead
    }
    this.#window = buffer
    this.#start = this.position
  }
}
