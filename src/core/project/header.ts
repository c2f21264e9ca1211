import { closeSync, openSync, readSync } from 'node:fs'
import { StudioError } from '../../contract/index.js'
import { toStudioError } from './failures.js'
import { APPLICATION_ID, newestVersion } from './schema/migrations.js'

export interface Header { readonly version: number; readonly isWal: boolean }

/**
 * Reads the first 100 bytes, before SQLite sees the file [OPEN1]; it must not be open in this process. Errors:
 * `not-a-project`, `project-newer`, `project-damaged`, `not-found`, `no-permission`.
 */
export function readHeader(path: string, supported = newestVersion()): Header {
  const bytes = Buffer.alloc(100)
  let length = 0
  try {
    const file = openSync(path, 'r')
    try {
      length = readSync(file, bytes, 0, 100, 0)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    throw toStudioError(path, error)
  }
  if (length < 100 || bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') throw new StudioError('not-a-project', { path, detail: 'it is another kind of file' })
  if (bytes.readUInt32BE(68) !== APPLICATION_ID) throw new StudioError('not-a-project', { path, detail: 'another program made it' })
  const version = bytes.readUInt32BE(60)
  if (version > supported) throw new StudioError('project-newer', { path, version, supported })
  if (version < 1) throw new StudioError('not-a-project', { path, detail: 'there is nothing in it yet' })
  // SQLite would open a file of a write format that it does not know as one that cannot be written.
  if (bytes[18]! > 2 || bytes[19]! > 2) throw new StudioError('project-damaged', { path, detail: 'its beginning makes no sense' })
  return { version, isWal: bytes[18] === 2 || bytes[19] === 2 }
}
