import type { Connection } from '../connection.js'
import { Slices } from '../slices.js'
import type { Outline, OutlineMonth, OutlineRun } from '../types.js'

/** Fewer next to each other than these stay as they are: folding them would hide more than it saves. */
const shortest = 6
const step = 400
/** A sort key begins with the wall time of its commit. */
const wallDigits = 16

/** A picture that nobody said anything about and nothing was made from; a text's version always means something. */
const untouched = `v.blob IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registers r WHERE r.target = v.id AND r.name = 'picked' AND r.value IN ('true', 'false'))
  AND NOT EXISTS (SELECT 1 FROM about a WHERE a.target = v.id) AND NOT EXISTS (SELECT 1 FROM parents p WHERE p.parent = v.id)`

/** Reads the outline, with turns for the event loop, and keeps it until something is written. */
export class OutlineReader {
  #known: { readonly changes: number; readonly outline: Outline } | null = null

  constructor(private readonly connection: Connection) {}

  async read(): Promise<Outline> {
    const changes = this.#changes()
    if (this.#known?.changes === changes) return this.#known.outline
    const outline = await this.#walk()
    this.#known = { changes, outline }
    return outline
  }

  #changes(): number {
    return this.connection.get<{ changes: number }>('SELECT total_changes() AS changes')!.changes
  }

  async #walk(): Promise<Outline> {
    const slices = new Slices()
    const runs: OutlineRun[] = []
    const months: OutlineMonth[] = []
    let total = 0
    let run: { start: number; count: number; from: number; to: number; day: number } | null = null
    const end = (): void => {
      if (run && run.count >= shortest) runs.push({ start: run.start, count: run.count, from: run.from, to: run.to })
      run = null
    }
    for (let below: string | null = null; ;) {
      const rows = this.#next(below)
      for (const { sort, plain } of rows) {
        const wall = Number(sort.slice(0, wallDigits))
        const { month, day } = dateOf(wall)
        if (months.at(-1)?.month !== month) months.push({ month, start: total })
        if (run && (plain === 0 || run.day !== day)) end()
        if (plain === 1) {
          run ??= { start: total, count: 0, from: wall, to: wall, day }
          run = { ...run, count: run.count + 1, from: wall }
        }
        total++
      }
      below = rows.at(-1)?.sort ?? null
      if (below === null) break
      await slices.breathe()
    }
    end()
    return { total, runs, months }
  }

  #next(below: string | null): readonly { sort: string; plain: number }[] {
    return this.connection.all(
      `SELECT f.sort, ${untouched} AS plain FROM fact_index f JOIN versions v ON v.id = f.id JOIN items i ON i.id = v.item
        WHERE f.kind = 'version' AND f.hidden = 0 AND i.deleted = 0 AND i.hidden = 0 ${below === null ? '' : 'AND f.sort < ?'} ORDER BY f.sort DESC LIMIT ${step}`, ...(below === null ? [] : [below]))
  }
}

let lastDay: { from: number; to: number; day: number; month: string } | null = null

/** Calendar day and month of a time; versions next to each other are mostly of one day. */
function dateOf(wall: number): { day: number; month: string } {
  if (lastDay && wall >= lastDay.from && wall < lastDay.to) return lastDay
  const date = new Date(wall)
  const from = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  const to = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime()
  lastDay = { from, to, day: from, month: `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}` }
  return lastDay
}
