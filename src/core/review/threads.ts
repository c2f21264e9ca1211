import type { CommentThread, FactId } from '../../contract/index.js'
import type { DocumentNode } from '../../document/index.js'
import { Slices, type ProjectReader } from '../project/index.js'
import { ItemThreads, type Comment } from './item-threads.js'
import { ThreadPlaces } from './thread-places.js'

interface Kept {
  readonly threads: ItemThreads
  places: { readonly writes: number; readonly found: Promise<ThreadPlaces | null> } | null
}

/** Items whose comments are kept in memory, of each project. */
const KEPT_ITEMS = 4

const kept = new WeakMap<ProjectReader, Map<FactId, Kept>>()

function keptOf(project: ProjectReader, item: FactId): Kept {
  const items = kept.get(project) ?? new Map<FactId, Kept>()
  kept.set(project, items)
  const one = items.get(item) ?? { threads: new ItemThreads(project, item), places: null }
  items.delete(item)
  items.set(item, one)
  if (items.size > KEPT_ITEMS) items.delete(items.keys().next().value!)
  return one
}

/** How many threads an item has, and how many of them are done. */
export async function countThreads(project: ProjectReader, item: FactId): Promise<{ all: number; done: number }> {
  const threads = await keptOf(project, item).threads.all()
  return { all: threads.length, done: threads.filter(({ resolved }) => resolved).length }
}

/** Places in the text of now. At the same number of writes the text is the same, and need not be read again for each page. */
function placesOf(project: ProjectReader, one: Kept, current: () => Promise<DocumentNode | null>): Promise<ThreadPlaces | null> {
  const writes = project.writes()
  const before = one.places
  if (before?.writes === writes) return before.found
  const found = (async () => {
    const doc = await current()
    const earlier = await before?.found.catch(() => null)
    if (doc === null) return null
    return earlier?.current.eq(doc) ? earlier : new ThreadPlaces(project, doc)
  })()
  one.places = { writes, found }
  found.catch(() => { if (one.places?.found === found) one.places = null })
  return found
}

/**
 * Threads of an item, oldest first: at most `limit` of those after the first `after`. What is found nowhere in `current`,
 * the draft of a text or null, stays listed as orphaned. Worked out in slices.
 */
export async function readThreads(project: ProjectReader, item: FactId, page: { after: number; limit: number }, current: () => Promise<DocumentNode | null>): Promise<CommentThread[]> {
  const one = keptOf(project, item)
  const shown = (await one.threads.all()).slice(page.after, page.after + page.limit)
  const places = await placesOf(project, one, current)
  const ordinals = new Map<FactId, number>()
  const names = new Map<string, string>()
  const slices = new Slices()
  const remark = ({ id, fact }: Comment) => ({ id, text: fact.text, at: fact.at, person: { id: fact.by, name: remember(names, fact.by, () => project.personName(fact.by)) } })

  const threads: CommentThread[] = []
  for (const [index, { comment, replies, resolved }] of shown.entries()) {
    const { anchor, version } = comment.fact
    const range = (await places?.of(comment)) ?? null
    threads.push({
      ...remark(comment), number: page.after + index + 1, item, version, ordinal: remember(ordinals, version, () => project.ordinalOf(version)), anchor, range,
      orphaned: anchor.type === 'words' && places !== null && range === null,
      resolved, replies: replies.map(remark),
    })
    await slices.breathe()
  }
  return threads
}

function remember<Key, Value>(values: Map<Key, Value>, key: Key, read: () => Value): Value {
  if (!values.has(key)) values.set(key, read())
  return values.get(key)!
}
