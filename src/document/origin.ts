import type { Mappable } from 'prosemirror-transform'
import type { OriginRun } from '../contract/index.js'
import type { Range } from './steps.js'

type Origin = OriginRun['origin']

/** Runs sorted, without empty or overlapping ones, neighbours of one origin joined. Where two overlap, the later in the list wins. */
export function normaliseOrigin(runs: readonly OriginRun[]): OriginRun[] {
  const result: OriginRun[] = []
  for (const run of sortedApart(runs)) {
    const last = result.at(-1)
    if (last && last.to === run.from && last.origin === run.origin) result[result.length - 1] = { ...last, to: run.to }
    else result.push(run)
  }
  return result
}

function sortedApart(runs: readonly OriginRun[]): OriginRun[] {
  const isApart = runs.every((run, index) => run.from < run.to && (index === 0 || runs[index - 1]!.to <= run.from))
  if (isApart) return [...runs]
  let placed: OriginRun[] = []
  for (const run of runs) {
    if (run.from >= run.to) continue
    placed = [...placed.flatMap((old) => [
      { ...old, to: Math.min(old.to, run.from) },
      { ...old, from: Math.max(old.from, run.to) },
    ].filter((part) => part.from < part.to)), run]
  }
  return placed.sort((left, right) => left.from - right.from)
}

const isModel = (origin: Origin) => origin === 'model' || origin === 'model-edited'

interface MappedRun { readonly from: number; readonly to: number; readonly origin: Origin; readonly touched: boolean }

/**
 * Origin runs after a change of the text (the contribution record). `inserted` are the ranges of the new text that the change
 * put in (`insertedRanges`), `origin` says where these words came from. Words that a person puts into a run of the model, or
 * takes out of it, make that run `model-edited`; words of the model inside a person's run part it. Runs come back normalised.
 */
export function mapOrigin(runs: readonly OriginRun[], mapping: Mappable, inserted: readonly Range[], origin: Origin): OriginRun[] {
  const byPerson = !isModel(origin)
  const result: OriginRun[] = []
  let next = 0
  for (const run of runs) {
    const mapped = mapRun(run, mapping, inserted, byPerson)
    if (mapped.from >= mapped.to) continue
    while (next < inserted.length && inserted[next]!.to <= mapped.from) result.push({ ...inserted[next++]!, origin })
    const own: Origin = mapped.touched && mapped.origin === 'model' ? 'model-edited' : mapped.origin
    let from = mapped.from
    while (next < inserted.length && inserted[next]!.from < mapped.to) {
      const part = inserted[next]!
      // A person's words inside a model's run become part of what was edited.
      const joins = byPerson && isModel(own) && part.from > mapped.from && part.to < mapped.to
      if (!joins) {
        if (from < part.from) result.push({ from, to: part.from, origin: own })
        result.push({ ...part, origin })
        from = part.to
      }
      next++
    }
    if (from < mapped.to) result.push({ from, to: mapped.to, origin: own })
  }
  while (next < inserted.length) result.push({ ...inserted[next++]!, origin })
  return normaliseOrigin(result)
}

function mapRun(run: OriginRun, mapping: Mappable, inserted: readonly Range[], byPerson: boolean): MappedRun {
  const from = mapping.map(run.from, 1)
  const to = mapping.map(run.to, -1)
  if (!byPerson || !isModel(run.origin)) return { from, to, origin: run.origin, touched: false }
  // Longer without new words: a paragraph was split, which changes no word.
  return { from, to, origin: run.origin, touched: to - from < run.to - run.from || hasWordsInside(inserted, from, to) }
}

function hasWordsInside(inserted: readonly Range[], from: number, to: number): boolean {
  let low = 0
  let high = inserted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (inserted[middle]!.to <= from) low = middle + 1
    else high = middle
  }
  const part = inserted[low]
  return part !== undefined && part.from < to
}

/** How many characters of a text came from where. Characters that no run covers count as typed. */
export function originShares(runs: readonly OriginRun[], characters: number): Record<Origin, number> {
  const shares: Record<Origin, number> = { typed: 0, pasted: 0, model: 0, 'model-edited': 0 }
  let covered = 0
  for (const run of runs) {
    shares[run.origin] += run.to - run.from
    covered += run.to - run.from
  }
  shares.typed += Math.max(0, characters - covered)
  return shares
}
