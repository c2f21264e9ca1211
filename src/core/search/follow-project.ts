import type { FactId } from '../../contract/index.js'
import { Slices, type LogEntry, type ProjectReader } from '../project/index.js'
import { wholeItem } from './documents.js'
import { planFor, readPlans } from './plans.js'
import type { SearchIndex, SearchItem } from './types.js'

const logPage = 20
const itemPage = 50

/** After so many commits reading everything again costs no more than following them. */
const mostFollowed = 2000

/** Goes before each position: an index that was made in another way is made again. Count it up when documents get other names or other words. */
const way = 'w2'

/** Commits after the remembered one, newest first; null where that one is not at its place any more, as after a merge. */
async function commitsAfter(reader: ProjectReader, remembered: string | null, slices: Slices): Promise<LogEntry[] | null> {
  const [madeBy, position, hash] = (remembered ?? '').split(' ')
  if (madeBy !== way) return null
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
    await slices.breathe()
  }
}

function* allItems(reader: ProjectReader): Generator<SearchItem | null> {
  for (let after = ''; ;) {
    const page = reader.itemsAfter(after, itemPage)
    for (const id of page) yield* wholeItem(reader, id)
    if (page.length < itemPage) return
    after = page.at(-1)!
  }
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
  const position = `${way} ${newest.position} ${newest.hash}`
  const slices = new Slices(8, signal)
  const entries = await commitsAfter(reader, index.position(key), slices)
  if (entries === null) return index.index(key, allItems(reader), { position, complete: true, signal })
  const plans = await planFor(reader, entries, also, slices)
  if (plans.size > 0 || entries.length > 0) await index.index(key, readPlans(reader, plans), { position, signal })
}
