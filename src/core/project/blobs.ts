import { createHash, type Hash } from 'node:crypto'
import { StudioError, type Sha256 } from '../../contract/index.js'
import type { Connection } from './connection.js'
import { Slices } from './slices.js'

/** Largest chunk of a blob, in bytes. */
export const CHUNK_SIZE = 1024 * 1024

/** The bytes of a source again, in chunks of exactly `CHUNK_SIZE`, the last one shorter. */
async function* rechunk(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let length = 0
  for await (const part of source) {
    let rest = part
    while (length + rest.length >= CHUNK_SIZE) {
      const wanted = CHUNK_SIZE - length
      yield Buffer.concat([...parts, rest.subarray(0, wanted)])
      rest = rest.subarray(wanted)
      parts = []
      length = 0
    }
    if (rest.length > 0) {
      // A source may use its buffer again for the next part.
      parts.push(Uint8Array.from(rest))
      length += rest.length
    }
  }
  if (length > 0) yield Buffer.concat(parts)
}

/**
 * Streams a blob into the file, one transaction for each chunk, so that nothing large is held in memory. It has no name
 * before its end is there, and counts only once a commit names it; what stays without is swept at the next opening.
 * `write` runs each transaction in the project's write queue.
 */
export async function streamBlob(
  connection: Connection, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, write: <R>(work: () => R) => Promise<R>
): Promise<{ hash: Sha256; size: number }> {
  const digest: Hash = createHash('sha256')
  const id = await write(() => Number(connection.get<{ id: number }>('INSERT INTO blobs (hash, size, named) VALUES (NULL, 0, 0) RETURNING id')!.id))
  let size = 0
  let position = 0
  try {
    for await (const chunk of rechunk(source)) {
      digest.update(chunk)
      size += chunk.length
      const at = position++
      await write(() => connection.run('INSERT INTO chunks (blob, position, bytes) VALUES (?, ?, ?)', id, at, chunk))
    }
    const hash = digest.digest('hex')
    await write(() => {
      const known = connection.get<{ id: number }>('SELECT id FROM blobs WHERE hash = ?', hash)
      if (known === undefined) connection.run('UPDATE blobs SET hash = ?, size = ? WHERE id = ?', hash, size, id)
      else dropBlob(connection, id)
    })
    return { hash, size }
  } catch (error) {
    // The reason is what matters to the caller; what could not be taken away now is swept at the next opening.
    await write(() => dropBlob(connection, id)).catch(() => undefined)
    throw error
  }
}

function dropBlob(connection: Connection, id: number): void {
  connection.run('DELETE FROM chunks WHERE blob = ?', id)
  connection.run('DELETE FROM blobs WHERE id = ?', id)
}

/** A commit names the blob: it stays. */
export function nameBlob(connection: Connection, hash: Sha256): void {
  connection.run('UPDATE blobs SET named = 1 WHERE hash = ? AND named = 0', hash)
}

/** Takes away a blob's bytes and its thumbnail [REMOVE1]. */
export function removeBlob(connection: Connection, hash: Sha256): void {
  const row = connection.get<{ id: number }>('SELECT id FROM blobs WHERE hash = ?', hash)
  if (row !== undefined) dropBlob(connection, row.id)
  connection.run('DELETE FROM thumbnails WHERE hash = ?', hash)
}

/** Takes away what no commit names, left by a stop in the middle. At opening only: later, one may be on its way. */
export async function sweepBlobs(connection: Connection): Promise<number> {
  const slices = new Slices()
  const rows = connection.all<{ id: number }>('SELECT id FROM blobs WHERE named = 0')
  for (const { id } of rows) {
    connection.transaction(() => dropBlob(connection, id))
    await slices.breathe()
  }
  return rows.length
}

/** Size and chunks of a blob. Errors: `not-found`; while reading, `project-damaged` where a chunk is missing. */
export function readBlob(connection: Connection, hash: Sha256): { readonly size: number; chunks(): Iterable<Uint8Array> } {
  const row = connection.get<{ id: number; size: number }>('SELECT id, size FROM blobs WHERE hash = ?', hash)
  if (row === undefined) throw new StudioError('not-found', { what: 'file', id: hash })
  return { size: row.size, chunks: () => readChunks(connection, hash, row.id, row.size) }
}

/** One statement for each chunk: an open statement would block every write until the reader is done. */
function* readChunks(connection: Connection, hash: Sha256, id: number, size: number): Generator<Uint8Array> {
  let read = 0
  for (let position = 0; read < size; position++) {
    const chunk = connection.get<{ bytes: Uint8Array }>('SELECT bytes FROM chunks WHERE blob = ? AND position = ?', id, position)
    if (chunk === undefined) throw new StudioError('project-damaged', { path: connection.path, detail: `blob ${hash} has no chunk ${position}` })
    read += chunk.bytes.length
    yield chunk.bytes
  }
}
