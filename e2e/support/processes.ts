import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Running { readonly pid: number; readonly parent: number; readonly command: string }

function running(): readonly Running[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name): Running[] => {
    try {
      // The name of a program may hold blanks and brackets: what follows stands behind the last one.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
      return [{ pid: Number(name), parent: Number(parent), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      // It ended meanwhile.
      return []
    }
  })
}

/** The process of an engine's role that belongs to the Galley with this user data; null while there is none. Only on Linux. */
export function enginePid(userData: string, role: 'text' | 'image' | 'media'): number | null {
  const all = running()
  const core = all.find(({ pid }) => pid === Number(readFileSync(join(userData, 'core.pid'), 'utf8')))
  const family = new Set([core?.parent, core?.pid])
  for (let size = 0; size < family.size;) {
    size = family.size
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid)
  }
  return all.find(({ pid, command }) => family.has(pid) && new RegExp(`engine[\\\\/.-]${role}`).test(command))?.pid ?? null
}
