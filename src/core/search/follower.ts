import type { FactId, StudioEvent } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import { createSerial } from '../serial.js'
import { searchItem } from './documents.js'
import type { SearchIndex, SearchItem } from './types.js'

/** Quiet time after a change before it is indexed: nobody searches for a word while typing it. */
const QUIET_MS = 1500

/** Keeps the index in step with the open projects, beside the work and never in its way. */
export interface SearchFollower {
  opened(project: OpenProject): void
  /** Settles when everything that changed until now can be found. */
  caughtUp(): Promise<void>
  close(): Promise<void>
}

const itemOf = (event: StudioEvent): FactId | null =>
  ['item.changed', 'version.created', 'draft.changed', 'review.changed'].includes(event.type) && 'item' in event ? (event.item ?? null) : null

export function createSearchFollower(options: { index: SearchIndex; events: Events; projects: OpenProjects }): SearchFollower {
  const { index, events, projects } = options
  const ending = new AbortController()
  const changed = new Map<string, Set<FactId>>()
  const serial = createSerial()
  let timer: NodeJS.Timeout | null = null

  /** The newest commit tells whether the index knows all of a project. */
  const positionOf = (project: OpenProject): string => project.writer.log({ limit: 1 })[0]?.hash ?? ''

  async function write(project: OpenProject, ids: Iterable<FactId>, complete: boolean): Promise<void> {
    function* items(): Generator<SearchItem> {
      for (const id of ids) yield searchItem(project.writer, id)
    }
    await index.index(project.handle, items(), { position: positionOf(project), complete, signal: ending.signal })
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    return serial(async () => {
      for (const [handle, items] of [...changed]) {
        changed.delete(handle)
        const project = projects.all().find((one) => one.handle === handle)
        if (project) await write(project, items, false).catch(() => undefined)
      }
    })
  }

  void (async () => {
    for await (const { event } of events.subscribe(ending.signal)) {
      const item = itemOf(event)
      if (!item || !('project' in event)) continue
      changed.set(event.project, (changed.get(event.project) ?? new Set()).add(item))
      timer ??= setTimeout(() => void flush(), QUIET_MS)
    }
  })()

  return {
    opened(project) {
      if (index.position(project.handle) === positionOf(project)) return
      const items = project.writer.items().map((one) => one.id)
      void serial(() => write(project, items, true).catch(() => undefined))
    },
    caughtUp: flush,
    async close() {
      ending.abort()
      if (timer) clearTimeout(timer)
      await serial(async () => undefined)
    },
  }
}
