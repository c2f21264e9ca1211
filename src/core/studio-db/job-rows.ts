import type { Database } from 'better-sqlite3'
import type { ErrorRecord, FactId, JobOutcomeView, JobState, JobView } from '../../contract/index.js'

export type JobKind = JobView['kind']
export type RemakeResult = NonNullable<JobView['remake']>

/** A job as `studio.db` holds it. `owner` and `leaseUntil` name the core that runs it and until when it surely does. */
export interface JobRow {
  readonly id: string
  readonly kind: JobKind
  readonly title: string
  readonly detail: string
  readonly projectPath: string | null
  readonly item: FactId | null
  readonly state: JobState
  readonly position: number
  readonly paused: boolean
  readonly cancelAsked: boolean
  readonly wanted: number
  readonly results: readonly FactId[]
  readonly text: string | null
  readonly share: number | null
  readonly step: string
  readonly error: ErrorRecord | null
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly owner: string | null
  readonly leaseUntil: number | null
  readonly retryOf: string | null
  /** How often a core died while it ran, since its last output. */
  readonly crashes: number
  /** How making a picture again came out. */
  readonly remake: RemakeResult | null
  /** What work with files came to so far. */
  readonly outcome: JobOutcomeView | null
}

export type NewJobRow = Pick<JobRow, 'id' | 'kind' | 'title' | 'detail' | 'projectPath' | 'item' | 'wanted' | 'createdAt' | 'retryOf'> & {
  /** Anything that is JSON; read by the runner of its kind. */
  readonly params: unknown
}

/** How a running job stops running. Waiting again keeps its place in the order, and whether it is paused. */
export interface JobOutcome {
  readonly state: Exclude<JobState, 'running'>
  readonly crashed?: boolean
  readonly error?: ErrorRecord | null
  readonly results?: readonly FactId[]
  readonly text?: string | null
  readonly remake?: RemakeResult | null
  readonly outcome?: JobOutcomeView | null
  readonly at: number
}

/**
 * The rows of the queue. Every change of state is one synced transaction that names the state it starts from, so that
 * two cores which share the file never both run, end or take the same job; each such call answers whether it was it.
 */
export interface JobRows {
  insert(row: NewJobRow): void
  get(id: string): JobRow | null
  params(id: string): unknown
  /** In queue order. */
  all(): readonly JobRow[]
  claim(id: string, owner: string, now: number, leaseUntil: number): boolean
  renew(owner: string, leaseUntil: number): void
  /** Not synced: a crash of ours keeps it, a power cut may lose the last half second. */
  keepProgress(id: string, owner: string, progress: { text: string | null; share: number | null; step: string }): void
  addResult(id: string, result: FactId): void
  /** As `keepProgress`. */
  keepOutcome(id: string, owner: string, outcome: JobOutcomeView): void
  /** Ends or releases a job that runs for `owner`. */
  settle(id: string, owner: string, outcome: JobOutcome): boolean
  cancelWaiting(id: string, now: number): boolean
  askCancel(id: string): boolean
  /** A running job keeps the mark until it waits again. */
  setPaused(id: string, paused: boolean): boolean
  /** Turns an interrupted job into a done one: the project holds what it made. */
  foundDone(id: string, results: readonly FactId[]): boolean
  /** Moves a waiting job before another waiting one, null: to the end. False where either does not wait. */
  move(id: string, before: string | null): boolean
  removeEnded(id: string): boolean
  /** Removes jobs that ended before this instant. */
  thin(endedBefore: number): void
}

interface Raw {
  id: string; kind: JobKind; title: string; detail: string; project_path: string | null; item: string | null; state: JobState
  position: number; paused: number; cancel_asked: number; wanted: number; results: string; text: string | null; share: number | null; step: string
  error: string | null; created_at: number; started_at: number | null; ended_at: number | null; owner: string | null; lease_until: number | null; retry_of: string | null
  crashes: number; remake: string | null; outcome: string | null
}

function toRow(raw: Raw): JobRow {
  return {
    id: raw.id, kind: raw.kind, title: raw.title, detail: raw.detail, projectPath: raw.project_path, item: raw.item, state: raw.state, position: raw.position, paused: raw.paused === 1, cancelAsked: raw.cancel_asked === 1, wanted: raw.wanted,
    results: JSON.parse(raw.results) as FactId[], text: raw.text, share: raw.share, step: raw.step,
    error: raw.error === null ? null : (JSON.parse(raw.error) as ErrorRecord), createdAt: raw.created_at, startedAt: raw.started_at, endedAt: raw.ended_at,
    owner: raw.owner, leaseUntil: raw.lease_until, retryOf: raw.retry_of, crashes: raw.crashes,
    remake: raw.remake === null ? null : (JSON.parse(raw.remake) as RemakeResult),
    outcome: raw.outcome === null ? null : (JSON.parse(raw.outcome) as JobOutcomeView),
  }
}

// Not `*`: the parameters may hold a prompt of a megabyte, and lists are read often.
const columns = `id, kind, title, detail, project_path, item, state, position, paused, cancel_asked, wanted, results, text, share, step, error,
  created_at, started_at, ended_at, owner, lease_until, retry_of, crashes, remake, outcome`
const ended = `state IN ('done', 'failed', 'cancelled', 'interrupted')`

export function createJobRows(strict: Database, relaxed: Database): JobRows {
  const insert = strict.prepare(
    `INSERT INTO jobs (id, kind, title, detail, project_path, item, params, state, position, wanted, created_at, retry_of)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', (SELECT COALESCE(MAX(position), 0) + 1 FROM jobs), ?, ?, ?)`,
  )
  const get = strict.prepare<[string], Raw>(`SELECT ${columns} FROM jobs WHERE id = ?`)
  const params = strict.prepare<[string], string>('SELECT params FROM jobs WHERE id = ?').pluck()
  const all = strict.prepare<[], Raw>(`SELECT ${columns} FROM jobs ORDER BY position, id`)
  const claim = strict.prepare(
    `UPDATE jobs SET state = 'running', owner = ?, lease_until = ?, started_at = COALESCE(started_at, ?), ended_at = NULL, error = NULL, text = NULL, share = NULL, step = ''
     WHERE id = ? AND state = 'waiting' AND paused = 0`,
  )
  const renew = relaxed.prepare(`UPDATE jobs SET lease_until = ? WHERE owner = ? AND state = 'running'`)
  const progress = relaxed.prepare(`UPDATE jobs SET text = ?, share = ?, step = ? WHERE id = ? AND owner = ? AND state = 'running'`)
  const outcome = relaxed.prepare(`UPDATE jobs SET outcome = ? WHERE id = ? AND owner = ? AND state = 'running'`)
  const setResults = strict.prepare('UPDATE jobs SET results = ?, crashes = 0 WHERE id = ?')
  const settle = strict.prepare(
    `UPDATE jobs SET state = @state, paused = CASE @state WHEN 'waiting' THEN paused ELSE 0 END, error = @error, results = COALESCE(@results, results), remake = COALESCE(@remake, remake),
       outcome = COALESCE(@outcome, outcome),
       text = CASE @state WHEN 'done' THEN NULL ELSE COALESCE(@text, text) END, ended_at = @at, owner = NULL, lease_until = NULL, crashes = crashes + @crashed
     WHERE id = @id AND owner = @owner AND state = 'running'`,
  )
  const cancelWaiting = strict.prepare(`UPDATE jobs SET state = 'cancelled', ended_at = ?, paused = 0 WHERE id = ? AND state = 'waiting'`)
  const askCancel = strict.prepare(`UPDATE jobs SET cancel_asked = 1 WHERE id = ? AND state = 'running'`)
  const setPaused = strict.prepare(`UPDATE jobs SET paused = ? WHERE id = ? AND state IN ('waiting', 'running')`)
  const foundDone = strict.prepare(`UPDATE jobs SET state = 'done', results = ?, error = NULL, text = NULL WHERE id = ? AND state = 'interrupted'`)
  const waiting = strict.prepare<[], { id: string; position: number }>(`SELECT id, position FROM jobs WHERE state = 'waiting' ORDER BY position, id`)
  const place = strict.prepare('UPDATE jobs SET position = ? WHERE id = ?')
  const remove = strict.prepare(`DELETE FROM jobs WHERE id = ? AND ${ended}`)
  const thin = strict.prepare(`DELETE FROM jobs WHERE ended_at < ? AND ${ended}`)

  const move = strict.transaction((id: string, before: string | null): boolean => {
    const rows = waiting.all()
    const moved = rows.find((row) => row.id === id)
    if (moved === undefined || (before !== null && !rows.some((row) => row.id === before))) return false
    if (before === id) return true
    const order = rows.filter((row) => row !== moved)
    order.splice(before === null ? order.length : order.findIndex((row) => row.id === before), 0, moved)
    // The places stay the same numbers, so that running and ended jobs keep theirs.
    const places = rows.map((row) => row.position)
    order.forEach((row, index) => row.position !== places[index] && place.run(places[index], row.id))
    return true
  })
  const addResult = strict.transaction((id: string, result: FactId): void => {
    const raw = get.get(id)
    if (raw === undefined) return
    const results = JSON.parse(raw.results) as FactId[]
    if (!results.includes(result)) setResults.run(JSON.stringify([...results, result]), id)
  })

  return {
    insert: (row) =>
      void insert.run(row.id, row.kind, row.title, row.detail, row.projectPath, row.item, JSON.stringify(row.params ?? null), row.wanted, row.createdAt, row.retryOf),
    get(id) {
      const raw = get.get(id)
      return raw === undefined ? null : toRow(raw)
    },
    params(id) {
      const text = params.get(id) as string | undefined
      return text === undefined ? null : JSON.parse(text)
    },
    all: () => all.all().map(toRow),
    claim: (id, owner, now, leaseUntil) => claim.run(owner, leaseUntil, now, id).changes === 1,
    renew: (owner, leaseUntil) => void renew.run(leaseUntil, owner),
    keepProgress: (id, owner, { text, share, step }) => void progress.run(text, share, step, id, owner),
    keepOutcome: (id, owner, value) => void outcome.run(JSON.stringify(value), id, owner),
    addResult: (id, result) => addResult.immediate(id, result),
    settle: (id, owner, { state, crashed = false, error = null, results, text = null, remake = null, outcome: ended = null, at }) =>
      settle.run({
        id, owner, state, text, crashed: crashed ? 1 : 0, at: state === 'waiting' ? null : at,
        error: error === null ? null : JSON.stringify(error), results: results === undefined ? null : JSON.stringify(results), remake: remake === null ? null : JSON.stringify(remake),
        outcome: ended === null ? null : JSON.stringify(ended),
      }).changes === 1,
    cancelWaiting: (id, now) => cancelWaiting.run(now, id).changes === 1,
    askCancel: (id) => askCancel.run(id).changes === 1,
    setPaused: (id, paused) => setPaused.run(paused ? 1 : 0, id).changes === 1,
    foundDone: (id, results) => foundDone.run(JSON.stringify(results), id).changes === 1,
    move: (id, before) => move.immediate(id, before),
    removeEnded: (id) => remove.run(id).changes === 1,
    thin: (endedBefore) => void thin.run(endedBefore),
  }
}
