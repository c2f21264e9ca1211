import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  readonly folder: string
  remove(): void
}

/** A disk of so many megabytes in memory, or why there is none: only root on Linux may mount one. */
export function smallDisk(megabytes: number): SmallDisk | string {
  if (process.platform !== 'linux') return 'only Linux has disks in memory that are made by a command'
  if (process.getuid?.() !== 0) return 'only root may mount a disk in memory'
  const folder = mkdtempSync(join(tmpdir(), 'galley-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'galley', folder], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    return `a disk in memory could not be mounted: ${(error as Error).message.split('\n')[0]}`
  }
  return {
    folder,
    remove() {
      execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
