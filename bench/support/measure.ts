import { loadavg } from 'node:os'

/** One figure: the median of its values, with the tenth and ninetieth of a hundred as spread. */
export interface Measure {
  readonly name: string
  readonly unit: string
  readonly median: number
  readonly low: number
  readonly high: number
  readonly count: number
  /** What is wished for, such as `≤ 1.5`; the figure that it is about is the median. */
  readonly goal?: string
  readonly met?: boolean
}

export interface BenchResult {
  readonly bench: string
  readonly measures: readonly Measure[]
  /** Sizes and whatever else is needed to read the figures. */
  readonly facts?: Readonly<Record<string, string | number>>
  /** Mean number of running processes in the last minute, before and after: what else the computer did. */
  readonly load?: readonly [before: number, after: number]
  readonly skipped?: string
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Three digits are more than these figures are worth. */
const rounded = (value: number): number => Number(value.toPrecision(4))

/** `goal`: `≤ 1.5` or `≥ 0.95`, read in the measure's own unit. */
export function measure(name: string, unit: string, values: readonly number[], goal?: string): Measure {
  const [low, median, high] = [0.1, 0.5, 0.9].map((share) => rounded(quantile(values, share))) as [number, number, number]
  return { name, unit, median, low, high, count: values.length, ...(goal ? { goal, met: isMet(median, goal) } : {}) }
}

function isMet(value: number, goal: string): boolean {
  const [sign, wanted] = goal.split(' ')
  return sign === '≤' ? value <= Number(wanted) : value >= Number(wanted)
}

/** By pairs: the first of each divided by the second, so that a busy moment of the computer meets both. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, pair) => value / theirs[pair]!)
}

export async function milliseconds(work: () => unknown): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Runs each of these in turn, `rounds` times; every second round goes backwards, because the first meets colder caches. */
export async function interleave<Name extends string>(works: Record<Name, () => unknown>, rounds: number): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) times[name].push(await milliseconds(works[name]))
  }
  return times
}

export const loadNow = (): number => rounded(loadavg()[0]!)
