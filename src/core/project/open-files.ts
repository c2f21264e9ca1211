import { realpathSync, statSync } from 'node:fs'
import { StudioError } from '../../contract/index.js'
import { toStudioError } from './failures.js'

/**
 * Files that this process holds open, by real path and by identity. POSIX drops all locks of a process on a file when
 * any handle on it closes: so nothing may open, copy or hash one of these by other means, and everything asks here
 * before it opens anything [LOCK1].
 */
const open = new Map<string, { readonly identity: string; project: object | null }>()

/** Volume, file number and creation time: another file than before under the same path has another identity [REPLICA1]. */
export function identityOf(path: string): string {
  const { dev, ino, birthtimeNs } = statSync(path, { bigint: true })
  return `${dev}:${ino}:${birthtimeNs}`
}

/** The path without links. Errors: `not-found`, `no-permission`. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    throw toStudioError(path, error)
  }
}

function find(path: string, identity: string): { project: object | null } | undefined {
  return open.get(path) ?? [...open.values()].find((known) => known.identity === identity)
}

/** Whether this process holds the file open, under whatever name. `path`: a real path. */
export function isOpenHere(path: string, identity: string): boolean {
  return find(path, identity) !== undefined
}

/** The project that this process has open under this file, or null; while it is being opened, null as well. */
export function openHere(path: string, identity: string): object | null {
  return find(path, identity)?.project ?? null
}

/** Marks a file as open. Errors: `project-in-use`. */
export function holdFile(path: string, identity: string): void {
  if (isOpenHere(path, identity)) throw new StudioError('project-in-use', { path })
  open.set(path, { identity, project: null })
}

/** Says which project it is that holds the file. */
export function nameHolder(path: string, project: object): void {
  const held = open.get(path)
  if (held !== undefined) held.project = project
}

export function releaseFile(path: string): void {
  open.delete(path)
}
