import type { HeadSignature } from '../../contract/index.js'
import { nameBlob } from './blobs.js'
import type { Causality } from './causality.js'
import type { PreparedChange } from './change.js'
import type { SealedCommit } from './commit-log.js'
import type { Connection } from './connection.js'
import { applyDraftWrites } from './drafts.js'
import { pack } from './packing.js'
import { applySteps } from './projections/apply.js'
import { rememberMeasure } from './projections/words.js'
import { applyRemoval, type RemovalPlan } from './removal.js'
import type { Slices } from './slices.js'
import { writeBody } from './store.js'
import type { DraftWrite } from './types.js'

export interface Recording {
  readonly sealed: SealedCommit
  readonly prepared: PreparedChange
  readonly label: string
  readonly signature: HeadSignature | null
  readonly drafts: readonly DraftWrite[]
  readonly removal: RemovalPlan | null
  /** More that belongs to this transaction: the undo stack. */
  readonly beside?: () => void
}

/** Above this many rows a commit is written in steps, so that the event loop is not held up. */
const LARGE = 300

/** Writes a commit with everything that it names, and shows it, in one transaction [COMMIT1]. */
export async function record(connection: Connection, causality: Causality, recording: Recording, slices: Slices, onStep?: () => void): Promise<void> {
  const { sealed, prepared, removal } = recording
  const isLarge = prepared.blocks.size + prepared.facts.length + prepared.registers.length + (removal?.blocks.size ?? 0) > LARGE
  if (removal !== null) connection.database.pragma('secure_delete = ON')
  try {
    if (isLarge) {
      await connection.longTransaction(async () => {
        for (const _ of recordSteps(connection, causality, recording)) {
          onStep?.()
          await slices.breathe()
        }
      })
    } else {
      connection.transaction(() => {
        for (const _ of recordSteps(connection, causality, recording));
      })
    }
  } catch (error) {
    // What was looked up on the way may be of rows that were rolled back.
    causality.forget(sealed.hash)
    throw error
  } finally {
    if (removal !== null) connection.database.pragma('secure_delete = OFF')
  }
}

function* recordSteps(connection: Connection, causality: Causality, recording: Recording): Generator<undefined> {
  const { sealed, prepared, signature, removal } = recording
  for (const [hash, { packed, measure }] of prepared.blocks) {
    writeBody(connection, 'blocks', hash, packed)
    rememberMeasure(connection, hash, measure)
    yield
  }
  for (const { id, fact, packed } of prepared.facts) {
    writeBody(connection, 'facts', id, packed)
    if (fact.kind === 'version' && fact.content.type === 'blob') nameBlob(connection, fact.content.hash)
    yield
  }
  writeBody(connection, 'commits', sealed.hash, pack(sealed.text))
  if (signature !== null) writeSignature(connection, signature)
  yield* applySteps(connection, causality, sealed.hash, sealed.commit, undefined, new Map(prepared.facts.map(({ id, fact }) => [id, fact])))
  if (removal !== null) applyRemoval(connection, removal)
  connection.run('INSERT OR REPLACE INTO labels (hash, label) VALUES (?, ?)', sealed.hash, recording.label)
  applyDraftWrites(connection, recording.drafts)
  recording.beside?.()
}

export function writeSignature(connection: Connection, signature: HeadSignature): boolean {
  return connection.run('INSERT OR IGNORE INTO signatures (replica, number, hash, signature) VALUES (?, ?, ?, ?)',
    signature.replica, signature.number, signature.hash, signature.signature) > 0
}
