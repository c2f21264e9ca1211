import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError } from '../../contract/index.js'

/** What refuses to be written over by an export, whatever is asked: a project may be open, here or elsewhere. */
export function checkName(path: string): void {
  if (/\.galley(-wal|-shm|-journal)?$/i.test(path)) throw new StudioError('bad-target', { path, reason: 'project' })
}

/**
 * Says before any work whether an export can go there at all: a folder that is there or can be made, or a file in one. Errors:
 * `bad-target`, `no-permission`.
 */
export async function checkTarget(path: string, kind: 'file' | 'folder'): Promise<void> {
  checkName(path)
  const found = await stat(path).catch(() => null)
  if (kind === 'file' && found?.isDirectory()) throw new StudioError('bad-target', { path, reason: 'folder' })
  if (kind === 'folder' && found && !found.isDirectory()) throw new StudioError('bad-target', { path, reason: 'file' })
  let folder = kind === 'folder' ? path : dirname(path)
  while (!(await stat(folder).catch(() => null))) {
    if (dirname(folder) === folder) throw new StudioError('bad-target', { path, reason: 'missing' })
    folder = dirname(folder)
  }
  if (!(await stat(folder)).isDirectory()) throw new StudioError('bad-target', { path: folder, reason: 'file' })
  await access(folder, constants.W_OK).catch(() => {
    throw new StudioError('no-permission', { path: folder })
  })
}
