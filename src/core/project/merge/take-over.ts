import { StudioError, type Sha256 } from '../../../contract/index.js'
import { nameBlob } from '../blobs.js'
import type { Connection } from '../connection.js'
import { factSortKey, sortKeyOf } from '../ordering.js'
import type { Packed } from '../packing.js'
import type { OpenProject } from '../project-writer.js'
import { applySteps, kindsOf, settle } from '../projections/apply.js'
import { nothingUnsettled, projectFact, type Unsettled } from '../projections/facts.js'
import { rebuildProjections } from '../projections/rebuild.js'
import { measureAgain } from '../projections/versions.js'
import { writeSignature } from '../recording.js'
import { applyRemoval, giveSpaceBack, planRemoval } from '../removal.js'
import { Slices } from '../slices.js'
import { readCommit, readFact, readPacked, writeBody } from '../store.js'
import type { Author } from '../types.js'
import { rememberStep, type UndoChanges } from '../undo.js'
import type { Findings } from './examine.js'
import { counting, slicesOf, type MergeRun } from './run.js'

/** Writes what was found and shows it, in one transaction; only from within the write queue [MERGE1]. Cancelled, nothing has come in. */
export async function takeOver(project: OpenProject, source: Connection, findings: Findings, author: Author, run: MergeRun = {}): Promise<void> {
  const { connection, causality } = project
  const slices = slicesOf(run)
  const wrote = counting(run, 'writing', findings.blocks.size + findings.facts.size + findings.commits.length)
  const removed = [...findings.facts.values()].flatMap(({ fact }) => (fact.kind === 'removal' ? [fact.version] : []))
  if (removed.length > 0) connection.database.pragma('secure_delete = ON')
  try {
    await connection.longTransaction(async () => {
      for (const [hash, anew] of findings.blocks) {
        writeBody(connection, 'blocks', hash, anew ?? bodyOf(source, 'blocks', hash))
        wrote()
        await slices.breathe()
      }
      for (const [id, { anew, fact }] of findings.facts) {
        writeBody(connection, 'facts', id, anew ?? bodyOf(source, 'facts', id))
        if (fact.kind === 'version' && fact.content.type === 'blob') nameBlob(connection, fact.content.hash)
        wrote()
        await slices.breathe()
      }
      for (const hash of findings.blobs.keys()) {
        nameBlob(connection, hash)
        await slices.breathe()
      }
      for (const { hash, anew } of findings.commits) {
        writeBody(connection, 'commits', hash, anew ?? bodyOf(source, 'commits', hash))
        wrote()
        await slices.breathe()
      }
      for (const signature of findings.signatures) {
        writeSignature(connection, signature)
        await slices.breathe()
      }
      const changes = await show(project, findings, slices, run)
      if (removed.length > 0) applyRemoval(connection, await planRemoval(connection, new Set(removed), slices))
      if (changes.facts.length + changes.registers.length > 0) rememberStep(connection, 'undo.merge', author.person, changes, true)
    })
  } finally {
    causality.forgetForks()
    if (removed.length > 0) connection.database.pragma('secure_delete = OFF')
  }
  project.line.dropIfPassed()
  // It is in: from here on there is nothing to cancel.
  if (removed.length > 0) await giveSpaceBack(connection, new Slices())
}

/** A body that was examined, from the private copy in which nobody writes. */
function bodyOf(source: Connection, table: 'commits' | 'facts' | 'blocks', hash: Sha256): Packed {
  const row = readPacked(source, table, hash)
  if (row === undefined) throw new StudioError('project-damaged', { path: source.path, detail: `${table} ${hash} is gone` })
  return row
}

/** Takes what came into the projections and answers what changed there, for undo. */
async function show(project: OpenProject, findings: Findings, slices: Slices, run: MergeRun): Promise<UndoChanges> {
  const { connection, causality } = project
  const before = new Map<string, { hash: Sha256; value: string } | undefined>()
  const current = (key: string): { hash: Sha256; value: string } | undefined => {
    const space = key.indexOf(' ')
    return connection.get('SELECT hash, value FROM registers WHERE target = ? AND name = ?', key.slice(0, space), key.slice(space + 1))
  }
  for (const { commit } of findings.commits) {
    for (const write of commit.registers) {
      const key = `${write.target} ${write.name}`
      if (!before.has(key)) before.set(key, current(key))
    }
    await slices.breathe()
  }
  const showed = counting(run, 'showing', findings.commits.length)
  const forks = new Set(causality.forks())
  const unsettled = nothingUnsettled()
  const known = { get: (id: Sha256) => findings.facts.get(id)?.fact }
  for (const { hash, commit } of findings.commits) {
    for (const _ of applySteps(connection, causality, hash, commit, unsettled, known)) await slices.breathe()
    showed()
    await slices.breathe()
  }
  for (const hash of findings.filled) await fill(project, hash, findings, slices, unsettled)
  for (const id of findings.remeasured) {
    const fact = readFact(connection, id)
    if (fact?.kind === 'version') measureAgain(connection, id, fact)
    await slices.breathe()
  }
  causality.forgetForks()
  if ([...causality.forks()].some((replica) => !forks.has(replica))) {
    // A new fork changes what old version vectors mean, in registers that this merge did not even write.
    await rebuildProjections(connection, slices)
    causality.forgetForks()
  } else await settle(connection, causality, unsettled, () => slices.breathe())
  const registers: UndoChanges['registers'][number][] = []
  for (const [key, was] of before) {
    await slices.breathe()
    const is = current(key)
    if (is === undefined || is.hash === was?.hash) continue
    const space = key.indexOf(' ')
    registers.push({ target: key.slice(0, space), name: key.slice(space + 1) as never, before: was?.value ?? 'null', after: is.value, by: is.hash })
  }
  // What came hidden must not show up when the merge is undone and shown again.
  const shown: Sha256[] = []
  for (const id of findings.facts.keys()) {
    if (connection.get('SELECT 1 FROM fact_index WHERE id = ? AND hidden = 0', id) !== undefined) shown.push(id)
    await slices.breathe()
  }
  return { facts: shown, registers: registers.filter((register) => !(register.name === 'hidden' && findings.facts.has(register.target))) }
}

/** Bodies that a commit had been missing. */
async function fill(project: OpenProject, hash: Sha256, findings: Findings, slices: Slices, unsettled: Unsettled): Promise<void> {
  const { connection, causality } = project
  const commit = readCommit(connection, hash)
  const sort = sortKeyOf(commit, hash)
  for (const [position, id] of commit.facts.entries()) {
    const found = findings.facts.get(id)
    if (found !== undefined) projectFact(connection, causality, id, found.fact, factSortKey(sort, position), unsettled)
    await slices.breathe()
  }
  connection.run('UPDATE log SET kinds = ? WHERE hash = ?', kindsOf(connection, commit), hash)
}
