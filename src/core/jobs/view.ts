import type { JobState, JobView } from '../../contract/index.js'
import type { JobRow } from '../studio-db/index.js'
import type { LiveJob } from './live-job.js'

export const hasEnded = (state: JobState): boolean => state !== 'waiting' && state !== 'running'

function reasonToWait(row: JobRow, handle: string | null): string | null {
  if (row.state !== 'waiting') return null
  if (row.paused) return 'paused'
  return row.projectPath !== null && handle === null ? 'waits-project' : 'waits-turn'
}

/** A job as people see it: its row, and what it reports while it runs here. */
export function viewOf(row: JobRow, { live, handle }: { live: LiveJob | null; handle: string | null }): JobView {
  const results = live === null ? row.results : live.results
  const remake = live === null ? row.remake : live.remake
  const outcome = live?.outcome ?? row.outcome
  return {
    id: row.id, kind: row.kind, title: row.title, detail: row.detail, projectPath: row.projectPath, project: handle, item: row.item, state: row.state,
    share: row.state === 'done' ? 1 : row.state === 'waiting' ? null : row.share,
    step: row.state === 'running' ? row.step : '',
    msLeft: null,
    waits: reasonToWait(row, handle),
    outputs: { done: results.length, wanted: row.wanted },
    text: row.state === 'waiting' || row.state === 'done' ? null : row.text,
    previews: [],
    ...(remake === null ? {} : { remake }),
    ...(outcome === null ? {} : { outcome }),
    results: [...results], error: row.error, createdAt: row.createdAt, startedAt: row.startedAt, endedAt: row.endedAt,
    ...(live === null ? {} : live.overlay()),
  }
}
