import Database from 'better-sqlite3'
import { StudioError } from '../../contract/index.js'

const fromSystem: Record<string, (path: string) => StudioError> = {
  ENOENT: (path) => new StudioError('not-found', { what: 'file', id: path }),
  ENOTDIR: (path) => new StudioError('not-found', { what: 'file', id: path }),
  EACCES: (path) => new StudioError('no-permission', { path }),
  EPERM: (path) => new StudioError('no-permission', { path }),
  EROFS: (path) => new StudioError('project-read-only', { path }),
  ENOSPC: (path) => new StudioError('disk-full', { path }),
  EDQUOT: (path) => new StudioError('disk-full', { path }),
  EISDIR: (path) => new StudioError('not-a-project', { path, detail: 'a folder' }),
}

function fromSqlite(path: string, code: string): StudioError | null {
  if (code.startsWith('SQLITE_FULL')) return new StudioError('disk-full', { path })
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return new StudioError('project-in-use', { path })
  if (code.startsWith('SQLITE_NOTADB')) return new StudioError('not-a-project', { path, detail: 'it is another kind of file' })
  if (code.startsWith('SQLITE_CORRUPT')) return new StudioError('project-damaged', { path, detail: 'parts of it cannot be read' })
  if (code.startsWith('SQLITE_READONLY')) return new StudioError('project-read-only', { path })
  if (code.startsWith('SQLITE_PERM') || code.startsWith('SQLITE_AUTH') || code.startsWith('SQLITE_CANTOPEN')) return new StudioError('no-permission', { path })
  return null
}

/** The error of the closed list that a thrown value of SQLite or the system means for this file. */
export function toStudioError(path: string, error: unknown): StudioError {
  if (error instanceof StudioError) return error
  if (error instanceof Error) {
    const code = (error as { code?: unknown }).code
    if (typeof code === 'string') {
      const known = error instanceof Database.SqliteError || code.startsWith('SQLITE_') ? fromSqlite(path, code) : fromSystem[code]?.(path)
      if (known) return Object.assign(known, { cause: error })
    }
    return new StudioError('internal', { detail: error.message }, { cause: error })
  }
  return new StudioError('internal', { detail: String(error) })
}
