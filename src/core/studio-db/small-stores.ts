import type { Database } from 'better-sqlite3'
import type { ReplicaMemory } from '../project/types.js'

export interface RecentProject { readonly path: string; readonly title: string; readonly openedAt: number }

/** Projects that were opened on this computer, the latest first. */
export interface RecentsStore {
  list(): readonly RecentProject[]
  add(recent: RecentProject): void
  forget(path: string): void
}

const recentsKept = 100

export function createRecentsStore(db: Database): RecentsStore {
  const list = db.prepare<[], RecentProject>(`SELECT path, title, opened_at AS openedAt FROM recents ORDER BY opened_at DESC, path LIMIT ${recentsKept}`)
  const put = db.prepare<[string, string, number]>(
    'INSERT INTO recents (path, title, opened_at) VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET title = excluded.title, opened_at = excluded.opened_at',
  )
  const thin = db.prepare(`DELETE FROM recents WHERE path NOT IN (SELECT path FROM recents ORDER BY opened_at DESC, path LIMIT ${recentsKept})`)
  const remove = db.prepare<[string]>('DELETE FROM recents WHERE path = ?')
  return {
    list: () => list.all(),
    add: db.transaction((recent: RecentProject) => {
      put.run(recent.path, recent.title, recent.openedAt)
      thin.run()
    }).immediate,
    forget: (path) => void remove.run(path),
  }
}

/** [REPLICA1] [OPEN1] What this computer remembers of a project file's own writing line. */
export function createReplicaMemory(db: Database): ReplicaMemory {
  const read = db.prepare<[string], NonNullable<ReturnType<ReplicaMemory['read']>>>(
    'SELECT replica, number, hash, clean_hash AS cleanHash, size FROM replica_memory WHERE identity = ?',
  )
  const put = db.prepare(
    `INSERT INTO replica_memory (identity, replica, number, hash, clean_hash, size) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (identity) DO UPDATE SET replica = excluded.replica, number = excluded.number, hash = excluded.hash,
       clean_hash = excluded.clean_hash, size = excluded.size`,
  )
  return {
    read: (identity) => read.get(identity) ?? null,
    write: (identity, value) => void put.run(identity, value.replica, value.number, value.hash, value.cleanHash, value.size),
  }
}

/** Small remembered values by name, such as the hash of a model file of a given size and time. */
export interface KeyValueStore {
  get(name: string): string | null
  set(name: string, value: string): void
  delete(name: string): void
}

/** `space` keeps the names of different users of the store apart. */
export function createKeyValueStore(db: Database, space: string): KeyValueStore {
  const get = db.prepare<[string, string], string>('SELECT value FROM key_value WHERE space = ? AND name = ?').pluck()
  const put = db.prepare('INSERT INTO key_value (space, name, value) VALUES (?, ?, ?) ON CONFLICT (space, name) DO UPDATE SET value = excluded.value')
  const remove = db.prepare('DELETE FROM key_value WHERE space = ? AND name = ?')
  return {
    get: (name) => (get.get(space, name) as string | undefined) ?? null,
    set: (name, value) => void put.run(space, name, value),
    delete: (name) => void remove.run(space, name),
  }
}

/** A key-value store whose values are JSON. */
export function jsonValues(store: KeyValueStore): { get(name: string): unknown; set(name: string, value: unknown): void } {
  return {
    get(name) {
      const text = store.get(name)
      return text === null ? undefined : (JSON.parse(text) as unknown)
    },
    set: (name, value) => store.set(name, JSON.stringify(value)),
  }
}
