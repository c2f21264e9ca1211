import type { Database } from 'better-sqlite3'
import { settings as schema, type Settings } from '../../contract/index.js'

/** Settings of this computer, one row for each that a person changed. */
export interface SettingsStore {
  /** All settings; what is missing or does not parse any more (an older or newer program wrote it) is the default. */
  read(defaults: Settings): Settings
  /** Errors: throws where a value does not parse; nothing is written then. */
  change(changes: Partial<Settings>, defaults: Settings): Settings
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function createSettingsStore(db: Database): SettingsStore {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings')
  const put = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')

  function read(defaults: Settings): Settings {
    const found: Record<string, unknown> = {}
    for (const { name, value } of all.all()) {
      if (!(name in schema.shape)) continue
      const parsed = schema.shape[name as keyof Settings].safeParse(parseJson(value))
      if (parsed.success) found[name] = parsed.data
    }
    return { ...defaults, ...found }
  }

  return {
    read,
    change: db.transaction((changes: Partial<Settings>, defaults: Settings) => {
      for (const [name, value] of Object.entries(schema.partial().parse(changes))) {
        if (value !== undefined) put.run(name, JSON.stringify(value))
      }
      return read(defaults)
    }).immediate,
  }
}
