import type { QueryClient } from '@tanstack/react-query'
import { stale, type NumberedEvent } from '../contract/index.js'
import { onStudioEvents } from './events.js'

/** The last event that was seen. */
export interface Seen {
  readonly run: string
  readonly number: number
}

/**
 * What an event means for answers that the page holds: `everything` is stale after a gap or a restart of core, `event`
 * only what the contract names for its type, `nothing` where it was seen before. A stream begins by saying which number is
 * current, with an event that stands for none: another number than the last seen one means that some were missed.
 */
export function judge(seen: Seen | null, next: Seen, isFirst: boolean): 'everything' | 'event' | 'nothing' {
  if (seen === null) return 'event'
  if (seen.run !== next.run) return 'everything'
  if (next.number === seen.number) return 'nothing'
  return next.number === seen.number + 1 && !isFirst ? 'event' : 'everything'
}

/** Collects what became stale for this long, in milliseconds, so that a burst of events asks core once. */
const gather = 25

/** Makes answers stale as events come: the only place where that happens. Answers with a function that ends it. */
export function keepFresh(queries: QueryClient): () => void {
  let seen: Seen | null = null
  let everything = false
  let timer: ReturnType<typeof setTimeout> | null = null
  const paths = new Set<string>()

  function flush(): void {
    timer = null
    if (everything) void queries.invalidateQueries()
    else for (const path of paths) void queries.invalidateQueries({ queryKey: [path.split('.')] })
    everything = false
    paths.clear()
  }

  function note({ run, number, event }: NumberedEvent, isFirst: boolean): void {
    const verdict = judge(seen, { run, number }, isFirst)
    seen = { run, number }
    if (verdict === 'nothing') return
    if (verdict === 'everything') everything = true
    else for (const path of stale[event.type]) paths.add(path)
    if (everything || paths.size > 0) timer ??= setTimeout(flush, gather)
  }

  const end = onStudioEvents(note)
  return () => {
    end()
    if (timer !== null) clearTimeout(timer)
  }
}
