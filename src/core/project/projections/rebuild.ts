import { createHash } from 'node:crypto'
import type { Sha256 } from '../../../contract/index.js'
import { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { sortKeyOf } from '../ordering.js'
import { projectionTables } from '../schema/schema-1.js'
import type { Slices } from '../slices.js'
import { parseCommit, readBody, readCommit } from '../store.js'
import { applyCommit, settle, type Unsettled } from './apply.js'

/** Clears all projections and makes them again from the primary tables [COMMIT1]. Inside a transaction of the caller. */
export async function rebuildProjections(connection: Connection, slices: Slices): Promise<void> {
  const order: { hash: Sha256; sort: string }[] = []
  for (const { hash } of connection.all<{ hash: Sha256 }>('SELECT hash FROM commits')) {
    const text = readBody(connection, 'commits', hash)
    const commit = text === null ? null : parseCommit(text)
    if (commit !== null) order.push({ hash, sort: sortKeyOf(commit, hash) })
    await slices.breathe()
  }
  order.sort((a, b) => (a.sort < b.sort ? -1 : 1))
  for (const table of projectionTables) connection.run(`DELETE FROM ${table}`)
  const causality = new Causality(connection)
  const unsettled: Unsettled = new Set()
  for (const { hash } of order) {
    applyCommit(connection, causality, hash, readCommit(connection, hash), unsettled)
    await slices.breathe()
  }
  causality.forgetForks()
  await settle(connection, causality, unsettled, () => slices.breathe())
}

/** One hash over all projections, to compare two files or a file before and after a rebuild [MERGE2]. */
export async function hashProjections(connection: Connection, slices: Slices): Promise<Sha256> {
  const hash = createHash('sha256')
  for (const table of projectionTables) {
    const columns = connection.all<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`).map((row) => row.name)
    let rows = 0
    for (const row of connection.database.prepare(`SELECT ${columns.join()} FROM ${table} ORDER BY ${columns.join()}`).raw().all()) {
      hash.update(JSON.stringify(row)).update('\n')
      if (++rows % 500 === 0) await slices.breathe()
    }
    hash.update(`${table} ${rows}\n`)
  }
  return hash.digest('hex')
}
