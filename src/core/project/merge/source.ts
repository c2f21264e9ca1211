import { randomBytes } from 'node:crypto'
import { mkdir, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { StudioError } from '../../../contract/index.js'
import { connect } from '../connect.js'
import type { Connection } from '../connection.js'
import { toStudioError } from '../failures.js'
import { readHeader } from '../header.js'
import { identityOf, isOpenHere, realPathOf } from '../open-files.js'
import { copyPrivately } from '../private-copy.js'
import { quickCheck } from '../quick-check.js'
import type { MergeRun } from './run.js'

export interface Source { readonly connection: Connection; readonly close: () => Promise<void> }

/** Bytes of a file that are copied in one go. */
const CHUNK = 1024 * 1024

/**
 * Opens somebody's file for reading, as a private copy: that file itself is never written, not even by a journal
 * beside it, and the copy passes the same checks as any project [MERGE1, OPEN1]. Errors: those of opening;
 * `project-in-use` where it is open here or is being written; `cancelled`.
 */
export async function openSource(path: string, cacheDir: string, run: MergeRun = {}): Promise<Source> {
  const real = realPathOf(path)
  if (isOpenHere(real, identityOf(real))) throw new StudioError('project-in-use', { path })
  const header = readHeader(real)
  const copy = header.isWal ? await copyPrivately(real, cacheDir) : await copyLocked(real, cacheDir, run)
  try {
    await quickCheck(copy.path, header.version, false)
    if (run.signal?.aborted) throw new StudioError('cancelled', {})
    const { connection } = await connect(copy.path, { readOnly: false, isShared: true }, async () => undefined)
    connection.database.pragma('query_only = ON')
    return {
      connection,
      close: async () => {
        connection.database.close()
        await copy.remove()
      },
    }
  } catch (error) {
    await copy.remove()
    throw error instanceof StudioError && 'path' in error.data ? new StudioError(error.code, { ...error.data, path } as never, { cause: error }) : error
  }
}

/**
 * A file that was closed cleanly is copied under its own shared lock, so that no writer comes in between. Byte by byte and not by
 * SQLite's backup, whose steps hold up everything else; closing the second handle drops the lock, and by then all is copied.
 */
async function copyLocked(path: string, cacheDir: string, { signal, onProgress }: MergeRun): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = join(cacheDir, `copy-${randomBytes(8).toString('hex')}`)
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  let database: Database.Database | null = null
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: 0 })
    database.pragma('trusted_schema = OFF')
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema')
    const copy = join(folder, 'copy.galley')
    const { size } = await stat(path)
    const [from, to] = [await open(path, 'r'), await open(copy, 'wx', 0o600)]
    try {
      const buffer = Buffer.alloc(CHUNK)
      for (let done = 0; ;) {
        if (signal?.aborted) throw new StudioError('cancelled', {})
        const { bytesRead } = await from.read(buffer, 0, CHUNK, done)
        if (bytesRead === 0) break
        await to.write(buffer, 0, bytesRead, done)
        done += bytesRead
        onProgress?.('copying', Math.min(1, done / size))
      }
    } finally {
      await to.close()
      await from.close()
    }
    return { path: copy, remove }
  } catch (error) {
    await remove()
    throw toStudioError(path, error)
  } finally {
    database?.close()
  }
}
