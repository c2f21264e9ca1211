import type { FactId, RegisterName, RegisterWrite, Sha256 } from '../../contract/index.js'
import { StudioError } from '../../contract/index.js'
import type { Connection } from './connection.js'
import type { Slices } from './slices.js'
import { readFact } from './store.js'

/** How far back undo reaches, in steps. */
const MAX_STEPS = 1000

/** Facts that stay when their commit is undone: who wrote, the beginning, and bytes that are gone anyway. */
const neverHidden = new Set(['person', 'project', 'removal'])

/** What a step did. Values are canonical JSON; `by`: the commit that wrote it, where a merge brought it. */
export interface UndoChanges {
  readonly facts: readonly FactId[]
  readonly registers: readonly { readonly target: FactId; readonly name: RegisterName; readonly before: string; readonly after: string; readonly by?: Sha256 }[]
}

export interface UndoStep { readonly position: number; readonly label: string; readonly person: string; readonly merge: number; readonly changes: UndoChanges }

interface Row { position: number; label: string; person: string; merge: number; changes: string }

const toStep = (row: Row): UndoStep => ({ ...row, changes: JSON.parse(row.changes) as UndoChanges })
const columns = 'position, label, person, merge, changes'

/** What the registers show that a change is about to write, as canonical JSON. */
export function valuesBefore(connection: Connection, registers: readonly RegisterWrite[]): Map<string, string> {
  return new Map(registers.map((write) => [`${write.target} ${write.name}`,
    connection.get<{ value: string }>('SELECT value FROM registers WHERE target = ? AND name = ?', write.target, write.name)?.value ?? 'null']))
}

/** Remembers a step; what was undone before can no longer be done again. Inside the transaction of the step. */
export function rememberStep(connection: Connection, label: string, person: string, changes: UndoChanges, merge = false): void {
  // An undone merge stays known, so that opening that copy again can offer what was set aside.
  if (connection.get('SELECT 1 FROM undo WHERE undone = 1 AND person = ? LIMIT 1', person) !== undefined) {
    connection.run('UPDATE undo SET undone = 2 WHERE undone = 1 AND merge = 1 AND person = ?', person)
    connection.run('DELETE FROM undo WHERE undone = 1 AND person = ?', person)
  }
  connection.run('INSERT INTO undo (label, person, undone, merge, changes) VALUES (?, ?, 0, ?, ?)', label, person, merge ? 1 : 0, JSON.stringify(changes))
  connection.run('DELETE FROM undo WHERE position <= (SELECT max(position) FROM undo) - ?', MAX_STEPS)
}

export function readUndoLabels(connection: Connection, person: string | null): { undo: string | null; redo: string | null } {
  if (person === null) return { undo: null, redo: null }
  return { undo: nextStep(connection, person, 'undo')?.label ?? null, redo: nextStep(connection, person, 'redo')?.label ?? null }
}

/** The step that undo or redo would take next. Steps of other people, which came with a copied file, are not ours. */
export function nextStep(connection: Connection, person: string, direction: 'undo' | 'redo', merge = false): UndoStep | null {
  const row = direction === 'undo'
    ? connection.get<Row>(`SELECT ${columns} FROM undo WHERE person = ? AND undone = 0 AND merge >= ? ORDER BY position DESC LIMIT 1`, person, merge ? 1 : 0)
    : connection.get<Row>(`SELECT ${columns} FROM undo WHERE person = ? AND undone = 1 ORDER BY position LIMIT 1`, person)
  return row === undefined ? null : toStep(row)
}

/** Merges that were undone, newest first [UNDO1]. */
export function stepsSetAside(connection: Connection): UndoStep[] {
  return connection.all<Row>(`SELECT ${columns} FROM undo WHERE merge = 1 AND undone > 0 ORDER BY position DESC`).map(toStep)
}

/** When a fact was last hidden or shown, in wall milliseconds of that commit; null where it never was. */
export function hiddenAt(connection: Connection, facts: readonly FactId[]): number | null {
  for (const id of facts) {
    const row = connection.get<{ wall: number }>("SELECT l.wall FROM registers r JOIN log l ON l.hash = r.hash WHERE r.target = ? AND r.name = 'hidden'", id)
    if (row !== undefined) return row.wall
  }
  return null
}

/**
 * The compensating register writes of a step [UNDO1]: a register goes back only if it still holds the step's value,
 * facts are hidden. Errors: `nothing-to-undo` where others have changed everything since; the step is dropped then.
 */
export async function compensate(connection: Connection, step: UndoStep, direction: 'undo' | 'redo', slices: Slices, onFact?: () => void): Promise<RegisterWrite[]> {
  const writes: RegisterWrite[] = []
  for (const register of step.changes.registers) {
    await slices.breathe()
    const [expected, wanted] = direction === 'undo' ? [register.after, register.before] : [register.before, register.after]
    const shown = connection.get<{ value: string; hash: Sha256; person: string }>(
      'SELECT r.value, r.hash, l.person FROM registers r JOIN log l ON l.hash = r.hash WHERE r.target = ? AND r.name = ?', register.target, register.name)
    const isStillMine = shown !== undefined && (direction === 'undo' && register.by !== undefined ? shown.hash === register.by : shown.person === step.person)
    if (isStillMine && shown.value === expected && expected !== wanted) writes.push({ target: register.target, name: register.name, value: JSON.parse(wanted) })
  }
  for (const id of step.changes.facts) {
    await slices.breathe()
    onFact?.()
    const row = connection.get<{ kind: string; hidden: number }>('SELECT kind, hidden FROM fact_index WHERE id = ?', id)
    const wanted = direction === 'undo'
    if (row !== undefined && !neverHidden.has(row.kind) && row.hidden !== (wanted ? 1 : 0)) writes.push({ target: id, name: 'hidden', value: wanted })
  }
  if (writes.length === 0) {
    connection.transaction(() => connection.run('DELETE FROM undo WHERE position = ?', step.position))
    throw new StudioError('nothing-to-undo', { detail: step.label })
  }
  return writes
}

/** Marks a step as undone or done again. Inside the transaction of the compensating commit. */
export function markStep(connection: Connection, step: UndoStep, direction: 'undo' | 'redo'): void {
  connection.run('UPDATE undo SET undone = ? WHERE position = ?', direction === 'undo' ? 1 : 0, step.position)
}

/** Items that a step is about, for whoever shows them. */
export function itemsOfStep(connection: Connection, step: UndoStep): readonly FactId[] {
  const items = new Set<FactId>()
  const isItem = (id: FactId): boolean => connection.get('SELECT 1 FROM items WHERE id = ?', id) !== undefined
  for (const id of new Set([...step.changes.facts, ...step.changes.registers.map((register) => register.target)])) {
    if (isItem(id)) {
      items.add(id)
      continue
    }
    const fact = readFact(connection, id)
    if (fact === null) continue
    if ('item' in fact) items.add(fact.item)
    else if (fact.kind === 'outcome') {
      const proposal = readFact(connection, fact.proposal)
      if (proposal?.kind === 'proposal') items.add(proposal.item)
    }
  }
  return [...items]
}
