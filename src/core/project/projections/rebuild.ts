import { createHash } from 'node:crypto'
import type { Commit, Sha256 } from '../../../contract/index.js'
import { Causality } from '../causality.js'
import type { Connection } from '../connection.js'
import { sortKeyOf } from '../ordering.js'
import { projectionTables } from '../schema/schema-1.js'
import { sortInSlices, type Slices } from '../slices.js'
import { packedRows, parseCommit, readCommit, unpackBody } from '../store.js'
import { applySteps, settle } from './apply.js'
import { nothingUnsettled } from './facts.js'

/** So many commits stay at hand after they were put in order; others are read once more, for the memory that they would take. */
const KEPT = 20_000

/**
 * Clears all projections and makes them again from the primary tables [COMMIT1]. Inside a transaction of the caller. `onCommit` hears
 * of each commit that was taken in.
 */
export async function rebuildProjections(connection: Connection, slices: Slices, onCommit?: () => void): Promise<void> {
  const found: { hash: Sha256; sort: string; commit: Commit | null }[] = []
  for (const { hash, packed } of packedRows(connection, 'commits')) {
    const commit = parseCommit(unpackBody(connection, 'commits', hash, packed))
    if (commit !== null) found.push({ hash, sort: sortKeyOf(commit, hash), commit: found.length < KEPT ? commit : null })
    await slices.breathe()
  }
  const order = await sortInSlices(found, ({ sort }) => sort, slices)
  for (const table of projectionTables) connection.run(`DELETE FROM ${table}`)
  const causality = new Causality(connection)
  const unsettled = nothingUnsettled()
  for (const { hash, commit } of order) {
    for (const _ of applySteps(connection, causality, hash, commit ?? readCommit(connection, hash), unsettled)) await slices.breathe()
    onCommit?.()
    await slices.breathe()
  }
  causality.forgetForks()
  await settle(connection, causality, unsettled, () => slices.breathe())
}

/** One hash over all projections, to compare two files or a file before and after a rebuild [MERGE2]. */
export async function hashProjections(connection: Connection, slices: Slices): Promise<Sha256> {
  const hash = createHash('sha256')
  for (const table of projectionTables) {
    const rows = await hashTable(connection, table, (row) => hash.update(row).update('\n'), slices)
    hash.update(`${table} ${rows}\n`)
  }
  return hash.digest('hex')
}

/** Goes through a table by its primary key, a few hundred rows at a time; an open statement would block all writes. */
async function hashTable(connection: Connection, table: string, take: (row: string) => void, slices: Slices): Promise<number> {
  const columns = connection.all<{ name: string; pk: number }>(`SELECT name, pk FROM pragma_table_info('${table}')`)
  const keys = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk).map((column) => column.name)
  const list = columns.map((column) => column.name).join()
  let rows = 0
  for (let last: Record<string, string | number> | undefined, isFirst = true; isFirst || last !== undefined; isFirst = false) {
    const after = last === undefined ? '' : `WHERE (${keys.join()}) > (${keys.map(() => '?').join()})`
    const page: Record<string, string | number>[] = connection.all(
      `SELECT ${list} FROM ${table} ${after} ORDER BY ${keys.join()} LIMIT 200`, ...(last === undefined ? [] : keys.map((key) => last![key]!))
    )
    for (const row of page) take(JSON.stringify(Object.values(row)))
    rows += page.length
    last = page.at(-1)
    await slices.breathe()
  }
  return rows
}
