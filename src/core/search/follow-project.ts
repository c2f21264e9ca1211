import type { FactId, FactKind } from '../../contract/index.js'
import type { LogEntry, ProjectReader } from '../project/index.js'
import { searchItemOf } from './documents.js'
import type { SearchIndex, SearchItem } from './types.js'

const logPage = 200

/** After so many commits reading everything again costs no more than following them. */
const mostFollowed = 2000

/** Kinds of facts that belong to an item and say something that can be found or hidden. */
const kindsOfItems = ['version', 'proposal', 'comment'] as const satisfies readonly FactKind[]

/** The item that a fact is or belongs to, null where it is neither. */
function itemOf(reader: ProjectReader, id: FactId): FactId | null {
  if (reader.item(id) !== null) return id
  for (const kind of kindsOfItems) {
    const found = reader.fact(kind, id)
    if (found !== null) return found.fact.item
  }
  return null
}

/** Commits after the remembered one, newest first; null where that one is not at its place any more, as after a merge. */
function commitsAfter(reader: ProjectReader, remembered: string | null): LogEntry[] | null {
  if (remembered === null) return null
  const [position, hash] = remembered.split(' ')
  const entries: LogEntry[] = []
  for (let before: number | undefined; ; ) {
    const page = reader.log({ before, limit: logPage })
    for (const entry of page) {
      if (entry.position === Number(position)) return entry.hash === hash ? entries : null
      if (entry.position < Number(position)) return null
      entries.push(entry)
    }
    before = page.at(-1)?.position
    if (before === undefined || entries.length > mostFollowed) return null
  }
}

function itemsIn(reader: ProjectReader, entries: readonly LogEntry[]): Set<FactId> {
  const facts = new Set(entries.flatMap(({ commit }) => [...commit.facts, ...commit.registers.map((write) => write.target)]))
  return new Set([...facts].map((fact) => itemOf(reader, fact)).filter((item) => item !== null))
}

function* readItems(reader: ProjectReader, items: Iterable<FactId>, committed: ReadonlySet<FactId>): Generator<SearchItem> {
  for (const item of items) {
    const row = reader.item(item)
    if (row !== null) yield searchItemOf(reader, row, { comments: committed.has(item) })
  }
}

function* allItems(reader: ProjectReader): Generator<SearchItem> {
  for (const row of reader.items()) yield searchItemOf(reader, row)
}

export interface FollowOptions {
  /** Items that changed without a commit: what is typed is in none. */
  readonly also?: Iterable<FactId>
  readonly signal?: AbortSignal
}

/**
 * Brings the index up to the project's newest commit: by the commits since the last time, or from the beginning where
 * that is not known or a merge put commits before it. `key` names the file and not the project, of which two copies may
 * be open. One call at a time for a key. Errors: `cancelled`, `project-damaged`.
 */
export async function followProject(index: SearchIndex, key: string, reader: ProjectReader, { also = [], signal }: FollowOptions = {}): Promise<void> {
  const newest = reader.log({ limit: 1 })[0]
  if (newest === undefined) return
  const position = `${newest.position} ${newest.hash}`
  const entries = commitsAfter(reader, index.position(key))
  if (entries === null) return index.index(key, allItems(reader), { position, complete: true, signal })
  const committed = itemsIn(reader, entries)
  const items = new Set([...committed, ...also])
  if (items.size > 0 || entries.length > 0) await index.index(key, readItems(reader, items, committed), { position, signal })
}
