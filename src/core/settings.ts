import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Settings } from '../contract/index.js'
import type { Events } from './events.js'
import type { SettingsStore } from './studio-db/index.js'

/** The settings of this computer, with their defaults. */
export interface SettingsOfStudio {
  read(): Settings
  change(changes: Partial<Settings>): Settings
  /** The folder for new projects, made where it is missing. */
  projectsFolder(): Promise<string>
}

export function createSettings(options: { store: SettingsStore; events: Events; userData: string }): SettingsOfStudio {
  const { store, events, userData } = options
  const defaults: Settings = {
    name: null, theme: 'system', density: 'normal',
    projectsFolder: process.env['GALLEY_PROJECTS'] ?? join(homedir(), 'Galley'), modelsFolder: join(userData, 'models'), textModel: null, imageModel: null,
    // A passage is read once, in about ten milliseconds of one core, and only while nothing else runs: cheap enough to be there when it is wanted.
    searchByMeaning: true, layout: {},
  }
  const self: SettingsOfStudio = {
    read: () => store.read(defaults),
    change(changes) {
      const changed = store.change(changes, defaults)
      events.publish({ type: 'settings.changed' })
      return changed
    },
    async projectsFolder() {
      const { projectsFolder } = self.read()
      await mkdir(projectsFolder, { recursive: true })
      return projectsFolder
    },
  }
  return self
}
