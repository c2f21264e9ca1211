import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { StudioError } from '../../contract/index.js'
import { toStudioError } from './failures.js'
import { expectedSchema, SCHEMA_QUERY, schemaDifference } from './schema/migrations.js'

/**
 * The worker's whole program. As text, because a bundler moves files and this must start from source and bundle alike.
 * It takes the lock before it reads, so that it never checks a file which another process is writing.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads')
let database
try {
  const Database = require(workerData.library)
  database = new Database(workerData.path, { timeout: 0, fileMustExist: true, readonly: workerData.readOnly })
  database.pragma('trusted_schema = OFF')
  database.pragma('cell_size_check = ON')
  if (!workerData.readOnly) database.pragma('locking_mode = EXCLUSIVE')
  const schema = JSON.stringify(database.prepare(workerData.schemaQuery).raw().all())
  const isKnown = schema === workerData.schema
  const problems = isKnown ? database.pragma('quick_check(5)').map((row) => row.quick_check) : []
  database.close()
  parentPort.postMessage({ schema: isKnown ? null : schema, problems })
} catch (error) {
  try { database?.close() } catch {}
  parentPort.postMessage({ code: String(error.code), message: error.message })
}
`

type Answer = { readonly schema: string | null; readonly problems: readonly string[] } | { readonly code: string; readonly message: string }

/**
 * Compares the schema and runs `quick_check` in a worker thread, before this process opens the file itself: the
 * worker's closing would drop the locks of a connection that is open [OPEN1, LOCK1]. Errors: `project-damaged`,
 * `project-in-use`, `not-a-project`.
 */
export async function quickCheck(path: string, version: number, readOnly: boolean): Promise<void> {
  const library = createRequire(import.meta.url).resolve('better-sqlite3')
  const wanted = expectedSchema(version)
  const answer = await new Promise<Answer>((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { library, path, readOnly, schemaQuery: SCHEMA_QUERY, schema: wanted } })
    worker.once('message', (message: Answer) => resolve(message))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the checking thread ended with ${code}`)))
  }).catch((error: unknown) => {
    throw toStudioError(path, error)
  })
  if ('code' in answer) throw toStudioError(path, Object.assign(new Error(answer.message), { code: answer.code }))
  if (answer.schema !== null) throw new StudioError('project-damaged', { path, detail: `schema: ${schemaDifference(answer.schema, wanted) ?? 'unknown'}` })
  if (answer.problems.length !== 1 || answer.problems[0] !== 'ok') {
    throw new StudioError('project-damaged', { path, detail: 'its parts do not hold together' }, { cause: new Error(answer.problems.join('; ').slice(0, 1000)) })
  }
}
