import { StudioError, originRun, type FactId } from '../../contract/index.js'
import type { Connection } from './connection.js'
import type { DraftRow, DraftWrite } from './types.js'

interface Row { item: FactId; base: FactId | null; folded_at: number; doc: string; origin: string; pieces: string; kept_at: number }

/**
 * Writes drafts [DRAFT1], inside a transaction of the caller. Steps are numbered: those that are there already are
 * skipped, so sending them again does no harm. Errors: `stale-draft` where steps in between are missing.
 */
export function applyDraftWrites(connection: Connection, writes: readonly DraftWrite[]): void {
  for (const write of writes) {
    if (write.type === 'clear') clearDraft(connection, write.item)
    else if (write.type === 'fold') foldDraft(connection, write.draft)
    else appendSteps(connection, write)
  }
}

function clearDraft(connection: Connection, item: FactId): void {
  connection.run('DELETE FROM draft_steps WHERE item = ?', item)
  connection.run('DELETE FROM drafts WHERE item = ?', item)
}

function foldDraft(connection: Connection, draft: DraftRow): void {
  clearDraft(connection, draft.item)
  connection.run('INSERT INTO drafts (item, base, folded_at, doc, origin, pieces, kept_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    draft.item, draft.base, draft.foldedAt, draft.doc, JSON.stringify(draft.origin), draft.pieces, draft.keptAt)
  insertSteps(connection, draft.item, draft.foldedAt, draft.steps)
}

function appendSteps(connection: Connection, write: Extract<DraftWrite, { type: 'append' }>): void {
  const next = nextStep(connection, write.item)
  if (next === null || write.number > next) throw new StudioError('stale-draft', { item: write.item, expected: next ?? 0, got: write.number })
  insertSteps(connection, write.item, next, write.steps.slice(next - write.number))
  connection.run('UPDATE drafts SET kept_at = max(kept_at, ?) WHERE item = ?', write.keptAt, write.item)
}

function insertSteps(connection: Connection, item: FactId, from: number, steps: readonly string[]): void {
  for (const [index, step] of steps.entries()) connection.run('INSERT INTO draft_steps (item, number, step) VALUES (?, ?, ?)', item, from + index, step)
}

/** The number that the next step of a draft has, or null where there is no draft. */
function nextStep(connection: Connection, item: FactId): number | null {
  const draft = connection.get<{ folded_at: number }>('SELECT folded_at FROM drafts WHERE item = ?', item)
  if (draft === undefined) return null
  const last = connection.get<{ number: number }>('SELECT number FROM draft_steps WHERE item = ? ORDER BY number DESC LIMIT 1', item)
  return last === undefined ? draft.folded_at : last.number + 1
}

/** The draft of a text, or null. */
export function readDraft(connection: Connection, item: FactId): DraftRow | null {
  const row = connection.get<Row>('SELECT item, base, folded_at, doc, origin, pieces, kept_at FROM drafts WHERE item = ?', item)
  if (row === undefined) return null
  const origin = originRun.array().safeParse(JSON.parse(row.origin))
  if (!origin.success) throw new StudioError('project-damaged', { path: connection.path, detail: `draft of ${item}: origin cannot be read` })
  const steps = connection.all<{ step: string }>('SELECT step FROM draft_steps WHERE item = ? ORDER BY number', item).map((step) => step.step)
  return { item: row.item, base: row.base, foldedAt: row.folded_at, doc: row.doc, origin: origin.data, steps, pieces: row.pieces, keptAt: row.kept_at }
}

/** Items that have a draft. */
export function readDraftItems(connection: Connection): readonly FactId[] {
  return connection.all<{ item: FactId }>('SELECT item FROM drafts ORDER BY item').map((row) => row.item)
}
