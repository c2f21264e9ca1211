import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { newestVersion } from '../../src/core/project/schema/migrations.js'

/** Benches are started in the project's folder. */
export const root = process.cwd()

const state = join(root, '.cache/bench')

/** A folder on the disk that the project lies on: the system's folder for temporary files may be memory, which syncs nothing. */
export function scratchFolder(): { path: (name: string) => string; remove: () => void } {
  mkdirSync(state, { recursive: true })
  const folder = mkdtempSync(join(state, 'scratch-'))
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** A folder that is made once for each schema of projects, and kept: what is measured on takes long to make. */
export async function keptFolder(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(state, 'kept', `${name}-schema-${newestVersion()}`)
  if (existsSync(join(folder, 'ready'))) return folder
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  console.error(`Making ${name} (once)…`)
  await make(folder)
  mkdirSync(join(folder, 'ready'))
  return folder
}

export const filesIn = (folder: string): string[] => readdirSync(folder).map((name) => join(folder, name))

/** How large things are: `GALLEY_BENCH_SCALE` of 0.01 tries a bench out in seconds; its figures then say nothing. */
export function scaled(size: number): number {
  return Math.max(1, Math.round(size * Number(process.env.GALLEY_BENCH_SCALE ?? 1)))
}
