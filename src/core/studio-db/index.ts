import type { Database } from 'better-sqlite3'
import type { ReplicaMemory } from '../project/types.js'
import { openConnections, type SetAside } from './connection.js'
import { createJobRows, type JobRows } from './job-rows.js'
import { createSettingsStore, type SettingsStore } from './settings.js'
import { createKeyValueStore, createRecentsStore, createReplicaMemory, type KeyValueStore, type RecentsStore } from './small-stores.js'
import { createSnapshotStore, type SnapshotStore } from './snapshots.js'

export type { SetAside } from './connection.js'
export type { JobKind, JobOutcome, JobRow, JobRows, NewJobRow } from './job-rows.js'
export type { SettingsStore } from './settings.js'
export { jsonValues, type KeyValueStore, type RecentProject, type RecentsStore } from './small-stores.js'
export type { Snapshot, SnapshotStore } from './snapshots.js'

/**
 * What is this computer's and not the project's. App and command line share the file (normal locking, WAL, a busy
 * timeout). It can always be lost: a file that is damaged, foreign or of a newer program is renamed and begun anew.
 */
export interface StudioDb {
  readonly path: string
  /** The file that was renamed at this opening, if one was. */
  readonly aside: SetAside | null
  readonly settings: SettingsStore
  readonly recents: RecentsStore
  readonly replicaMemory: ReplicaMemory
  readonly jobs: JobRows
  readonly snapshots: SnapshotStore
  /** Remembered values such as hashes of model files; `space` keeps users of the store apart. */
  keyValue(space: string): KeyValueStore
  /** What was open and where it was scrolled to: one JSON value for each place of the interface. */
  readonly viewState: KeyValueStore
  /** The connection of the search index, which may be rebuilt and so need not be synced. */
  readonly relaxed: Database
  close(): void
}

/** Errors: those of the file system and of SQLite where the file can neither be used nor renamed. */
export function openStudioDb(path: string, options: { now?: () => number } = {}): StudioDb {
  const { strict, relaxed, aside } = openConnections(path, options.now ?? Date.now)
  return {
    path,
    aside,
    settings: createSettingsStore(strict),
    recents: createRecentsStore(strict),
    replicaMemory: createReplicaMemory(relaxed),
    jobs: createJobRows(strict, relaxed),
    snapshots: createSnapshotStore(relaxed),
    keyValue: (space) => createKeyValueStore(relaxed, space),
    viewState: createKeyValueStore(relaxed, 'view'),
    relaxed,
    close() {
      relaxed.close()
      strict.close()
    },
  }
}
