import type { FactId } from '../../../contract/index.js'
import type { Connection } from '../connection.js'
import { Slices } from '../slices.js'
import type { GalleryFilter, Span } from '../types.js'
import { readFactsAll } from './facts.js'

/** What stands in an order of versions by time: what the gallery shows with a filter, or every version on the desk. */
export type Shown = GalleryFilter | 'versions'

const from = 'FROM fact_index f JOIN versions v ON v.id = f.id JOIN items i ON i.id = v.item'
const onDesk = "f.kind = 'version' AND f.hidden = 0 AND i.deleted = 0 AND i.hidden = 0"
const picture = "i.kind = 'image' AND v.blob IS NOT NULL AND v.removed = 0"
// The newest open version of a text: older ones are shown in its own list.
const text = `i.kind = 'text' AND v.covered = 0 AND NOT EXISTS (SELECT 1 FROM versions n WHERE n.item = v.item AND n.hidden = 0 AND n.covered = 0 AND n.sort > v.sort)`
const marked = (value: boolean): string => `${picture} AND EXISTS (SELECT 1 FROM registers r WHERE r.target = f.id AND r.name = 'picked' AND r.value = '${value}')`

const conditions: Record<Shown, string> = {
  all: `(${picture} OR ${text})`, pictures: picture, texts: text, kept: marked(true), 'set-aside': marked(false), versions: '1',
}

/** Versions next to each other in the order, by their sort keys, both inclusive; `count` of them are shown. */
interface Stretch { readonly low: string; readonly high: string; readonly count: number }
interface Walked { readonly stretches: Stretch[]; isAtEnd: boolean }

/**
 * The order in which a project's versions are shown, newest first. A page is found by walking from the nearer end, with a
 * turn for the event loop between steps; how much each step passed is kept until something is written, so that the next
 * page is found without walking there again.
 */
export class GalleryOrder {
  #walked = new Map<string, Walked>()
  #changes = -1

  /** `step`: versions that are looked at between two turns of the event loop, which takes a few milliseconds. */
  constructor(private readonly connection: Connection, private readonly step = 1000) {}

  /** Ids of a page. `total`: how many are shown. */
  async read(shown: Shown, { offset, limit }: Span, total: number): Promise<readonly FactId[]> {
    this.#forgetStale()
    const count = Math.max(0, Math.min(limit, total - offset))
    const isNearEnd = offset > total / 2
    const ids = await this.#walk(shown, isNearEnd ? total - offset - count : offset, count, isNearEnd)
    this.#forgetStale()
    return isNearEnd ? ids.reverse() : ids
  }

  #forgetStale(): void {
    const { changes } = this.connection.get<{ changes: number }>('SELECT total_changes() AS changes')!
    if (changes !== this.#changes) this.#walked = new Map()
    this.#changes = changes
  }

  async #walk(shown: Shown, offset: number, count: number, isFromOldest: boolean): Promise<FactId[]> {
    const key = `${shown} ${isFromOldest}`
    const walked = this.#walked.get(key) ?? { stretches: [], isAtEnd: false }
    this.#walked.set(key, walked)
    const slices = new Slices()
    const ids: FactId[] = []
    let passed = 0
    for (let index = 0; ids.length < count; index++) {
      if (index === walked.stretches.length && !this.#goOn(walked, shown, isFromOldest)) break
      const stretch = walked.stretches[index]!
      if (passed + stretch.count > offset) ids.push(...this.#idsIn(stretch, shown, isFromOldest, Math.max(0, offset - passed), count - ids.length))
      passed += stretch.count
      await slices.breathe()
    }
    return ids
  }

  /** Counts what the next step passes; false at the end. */
  #goOn(walked: Walked, shown: Shown, isFromOldest: boolean): boolean {
    if (walked.isAtEnd) return false
    const last = walked.stretches.at(-1)
    const beyond = last === undefined ? '1' : isFromOldest ? 'sort > ?' : 'sort < ?'
    const order = isFromOldest ? 'ASC' : 'DESC'
    const bounds = last === undefined ? [] : [isFromOldest ? last.high : last.low]
    const at = (place: number): string | undefined => this.connection.get<{ sort: string }>(
      `SELECT sort FROM fact_index WHERE kind = 'version' AND ${beyond} ORDER BY sort ${order} LIMIT 1 OFFSET ?`, ...bounds, place)?.sort
    const begin = at(0)
    if (begin === undefined) {
      walked.isAtEnd = true
      return false
    }
    const end = at(this.step - 1) ?? this.connection.get<{ sort: string }>(`SELECT ${isFromOldest ? 'max' : 'min'}(sort) AS sort FROM fact_index WHERE kind = 'version'`)!.sort
    const [low, high] = isFromOldest ? [begin, end] : [end, begin]
    const { count } = this.connection.get<{ count: number }>(`SELECT count(*) AS count ${from} WHERE ${onDesk} AND f.sort BETWEEN ? AND ? AND ${conditions[shown]}`, low, high)!
    walked.stretches.push({ low, high, count })
    return true
  }

  #idsIn({ low, high }: Stretch, shown: Shown, isFromOldest: boolean, offset: number, limit: number): FactId[] {
    return this.connection.all<{ id: FactId }>(
      `SELECT f.id ${from} WHERE ${onDesk} AND f.sort BETWEEN ? AND ? AND ${conditions[shown]} ORDER BY f.sort ${isFromOldest ? 'ASC' : 'DESC'} LIMIT ? OFFSET ?`, low, high, limit, offset,
    ).map(({ id }) => id)
  }
}

/** How many entries the gallery has with each filter. */
export function countGallery(connection: Connection): Readonly<Record<GalleryFilter, number>> {
  const picked = new Map(connection.all<{ value: string; count: number }>(
    `SELECT r.value, count(*) AS count FROM registers r CROSS JOIN versions v ON v.id = r.target CROSS JOIN items i ON i.id = v.item
      WHERE r.name = 'picked' AND v.hidden = 0 AND i.deleted = 0 AND i.hidden = 0 AND ${picture} GROUP BY r.value`).map((row) => [row.value, row.count]))
  // Items know how many versions they have, and few versions were ever removed: counting a hundred thousand takes longer than a frame.
  const held = connection.get<{ count: number | null }>("SELECT sum(versions) AS count FROM items WHERE kind = 'image' AND deleted = 0 AND hidden = 0")?.count ?? 0
  const removed = new Set(readFactsAll(connection, 'removal').map(({ fact }) => fact.version))
  const gone = [...removed].filter((id) => connection.get(
    "SELECT 1 FROM versions v JOIN items i ON i.id = v.item WHERE v.id = ? AND v.hidden = 0 AND v.removed = 1 AND i.kind = 'image' AND i.deleted = 0 AND i.hidden = 0", id) !== undefined).length
  const texts = connection.get<{ count: number }>("SELECT count(*) AS count FROM items WHERE kind = 'text' AND deleted = 0 AND hidden = 0 AND heads <> '[]'")!.count
  const pictures = held - gone
  return { all: pictures + texts, pictures, texts, kept: picked.get('true') ?? 0, 'set-aside': picked.get('false') ?? 0 }
}

/** All that was said of pictures, by version. */
export function readPicks(connection: Connection): ReadonlyMap<FactId, unknown> {
  return new Map(connection.all<{ target: FactId; value: string }>("SELECT target, value FROM registers WHERE name = 'picked'").map(({ target, value }) => [target, JSON.parse(value)]))
}
