import { readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { StudioError } from '../../contract/index.js'
import { examine } from '../doctor.js'
import type { Services } from '../services.js'
import { studio } from './base.js'

/** More entries than this are no folder that a person looks through; the rest is left out. */
const MOST_ENTRIES = 2000

async function browse(path: string, endings: readonly string[]) {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EACCES' || error.code === 'EPERM' ? new StudioError('no-permission', { path }) : new StudioError('not-found', { what: 'file', id: path })
  })
  const shown = entries.filter((one) => !one.name.startsWith('.')).sort((a, b) => a.name.localeCompare(b.name)).slice(0, MOST_ENTRIES)
  const folders = shown.filter((one) => one.isDirectory()).map((one) => one.name)
  const named = shown.filter((one) => one.isFile() && (endings.length === 0 || endings.some((ending) => one.name.toLowerCase().endsWith(ending.toLowerCase()))))
  const files = await Promise.all(named.map(async ({ name }) => {
    const found = await stat(join(path, name)).catch(() => null)
    return { name, size: found?.size ?? 0, modified: Math.round(found?.mtimeMs ?? 0) }
  }))
  const parent = dirname(path)
  return { path, parent: parent === path ? null : parent, folders, files }
}

export function systemHandlers(services: Services) {
  const { options, events, settings, engines } = services
  return {
    about: studio.system.about.handler(() => ({ version: options.version, shell: options.shell, platform: process.platform, run: events.run, keyStore: options.keyStore })),
    events: studio.system.events.handler(async function* ({ signal }) {
      yield* events.subscribe(signal)
    }),
    settings: studio.system.settings.handler(() => settings.read()),
    changeSettings: studio.system.changeSettings.handler(({ input }) => settings.change(input)),
    engines: studio.system.engines.handler(() => ({ engines: [...engines.states()], memory: engines.memory() })),
    doctor: studio.system.doctor.handler(async () => ({ checks: await examine(services) })),
    browse: studio.system.browse.handler(({ input }) => browse(resolve(input.path || homedir()), input.endings)),
  }
}
