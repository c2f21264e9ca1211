import type { HeadSignature } from '../../contract/index.js'
import { nameBlob } from './blobs.js'
import type { Causality } from './causality.js'
import type { PreparedChange } from './change.js'
import type { SealedCommit } from './commit-log.js'
import type { Connection } from './connection.js'
import { applyDraftWrites } from './drafts.js'
import { pack } from './packing.js'
import { applyCommit } from './projections/apply.js'
import { applyRemoval, type RemovalPlan } from './removal.js'
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

/** Writes a commit with everything that it names, and shows it, in one transaction [COMMIT1]. */
export function record(connection: Connection, causality: Causality, recording: Recording): void {
  const { sealed, prepared, signature, removal } = recording
  if (removal !== null) connection.database.pragma('secure_delete = ON')
  try {
    connection.transaction(() => {
      for (const [hash, packed] of prepared.blocks) writeBody(connection, 'blocks', hash, packed)
      for (const { id, fact, packed } of prepared.facts) {
        writeBody(connection, 'facts', id, packed)
        if (fact.kind === 'version' && fact.content.type === 'blob') nameBlob(connection, fact.content.hash)
      }
      writeBody(connection, 'commits', sealed.hash, pack(sealed.text))
      if (signature !== null) writeSignature(connection, signature)
      applyCommit(connection, causality, sealed.hash, sealed.commit)
      if (removal !== null) applyRemoval(connection, removal)
      connection.run('INSERT OR REPLACE INTO labels (hash, label) VALUES (?, ?)', sealed.hash, recording.label)
      applyDraftWrites(connection, recording.drafts)
      recording.beside?.()
    })
  } catch (error) {
    // The fork cache may have looked at rows that were rolled back.
    causality.forgetForks()
    throw error
  } finally {
    if (removal !== null) connection.database.pragma('secure_delete = OFF')
  }
}

export function writeSignature(connection: Connection, signature: HeadSignature): boolean {
  return connection.run('INSERT OR IGNORE INTO signatures (replica, number, hash, signature) VALUES (?, ?, ?, ?)',
    signature.replica, signature.number, signature.hash, signature.signature) > 0
}
