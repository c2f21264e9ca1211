import type { JobRow } from '../studio-db/index.js'

/** A running job belongs to its core as long as this, milliseconds, after the core last said so. */
export const leaseMs = 30_000

/** Names the core in rows: its process, and one run of it (a process number is used again). */
export const ownerName = (run: string): string => `${process.pid}:${run}`

function processLives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Whether the core that runs this job is surely gone. A project's job is never taken from a living process because of
 * a late lease (a computer that slept): only who opens the project may do that, since its lock says that nobody else has it.
 */
export function isOrphan(row: JobRow, owner: string, now: number): boolean {
  if (row.state !== 'running' || row.owner === null || row.owner === owner) return false
  const pid = Number(row.owner.split(':')[0])
  if (pid === process.pid || !processLives(pid)) return true
  return row.projectPath === null && (row.leaseUntil ?? 0) < now
}
