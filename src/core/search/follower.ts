import type { FactId, StudioEvent } from '../../contract/index.js'
import type { Events } from '../events.js'
import type { OpenProject, OpenProjects } from '../open-projects.js'
import { createSerial } from '../serial.js'
import { followProject } from './follow-project.js'
import type { SearchIndex } from './types.js'

/** Quiet time after a change before it is indexed: nobody searches for a word while typing it. */
const QUIET_MS = 1500

/** Keeps the index in step with the open projects, beside the work and never in its way. */
export interface SearchFollower {
  opened(project: OpenProject): void
  /** Settles when everything that changed until now can be found. */
  caughtUp(): Promise<void>
  close(): Promise<void>
}

const itemEvents: readonly StudioEvent['type'][] = ['item.changed', 'version.created', 'draft.changed', 'review.changed']
const projectEvents: readonly StudioEvent['type'][] = ['project.changed', 'history.changed']

export interface SearchFollowerOptions {
  readonly index: SearchIndex
  readonly events: Events
  readonly projects: OpenProjects
  /** The index was brought up to date, after a change or an opening. */
  readonly onFollowed?: () => void
}

export function createSearchFollower({ index, events, projects, onFollowed }: SearchFollowerOptions): SearchFollower {
  const ending = new AbortController()
  const changed = new Map<string, Set<FactId>>()
  const serial = createSerial()
  let timer: NodeJS.Timeout | null = null

  const follow = (project: OpenProject, also: Iterable<FactId>): Promise<void> =>
    // What cannot be read now (closed meanwhile, damaged) is read when the project is opened the next time.
    followProject(index, project.handle, project.writer, { also, signal: ending.signal }).then(() => onFollowed?.(), () => undefined)

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer)
    timer = null
    return serial(async () => {
      for (const [handle, items] of [...changed]) {
        changed.delete(handle)
        const project = projects.all().find((one) => one.handle === handle)
        if (project) await follow(project, items)
      }
    })
  }

  void (async () => {
    for await (const { event } of events.subscribe(ending.signal)) {
      if (!('project' in event) || !(itemEvents.includes(event.type) || projectEvents.includes(event.type))) continue
      const items = changed.get(event.project) ?? new Set()
      if ('item' in event) items.add(event.item)
      changed.set(event.project, items)
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void flush(), QUIET_MS)
    }
  })()

  return {
    opened(project) {
      void serial(() => follow(project, project.writer.draftItems()))
    },
    caughtUp: flush,
    async close() {
      ending.abort()
      if (timer) clearTimeout(timer)
      await serial(async () => undefined)
    },
  }
}
