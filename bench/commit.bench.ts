import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { FactId } from '../src/contract/index.js'
import { createProject, factIdOf, type OpenProject } from '../src/core/project/index.js'
import { addText, makeAuthor, paragraphs, textVersion, title } from '../src/core/project/testing/fixtures.js'
import { openStudioDb } from '../src/core/studio-db/index.js'
import { scaled, scratchFolder } from './support/folders.js'
import { interleave, loadNow, measure, ratios, type BenchResult } from './support/measure.js'
import { wordSource } from './support/words.js'

const PAGE = 16384

/** The least that keeping some bytes takes: one table, one statement, the same journal and the same waiting for the disk. */
class BareTable {
  private readonly database: Database.Database
  private readonly insert: Database.Statement<[Buffer]>

  constructor(private readonly path: string) {
    this.database = new Database(path)
    this.database.pragma('locking_mode = EXCLUSIVE')
    this.database.pragma(`page_size = ${PAGE}`)
    this.database.pragma('journal_mode = WAL')
    this.database.pragma('synchronous = FULL')
    this.database.pragma('fullfsync = ON')
    this.database.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT')
    this.insert = this.database.prepare('INSERT INTO kept (bytes) VALUES (?)')
  }

  write(bytes: Buffer): void {
    this.insert.run(bytes)
  }

  journalOf(bytes: Buffer): number {
    this.database.pragma('wal_checkpoint(TRUNCATE)')
    this.write(bytes)
    return statSync(`${this.path}-wal`).size
  }

  /** Bytes whose insert writes as many pages to the journal as the commit does. */
  bytesForJournal(wanted: number): Buffer {
    let bytes = Buffer.alloc(0)
    for (let pages = 1; pages < 2000; pages++) {
      const next = Buffer.alloc(pages * PAGE - 4096, 7)
      if (this.journalOf(next) > wanted) return bytes
      bytes = next
    }
    return bytes
  }

  close(): void {
    this.database.close()
  }
}

/**
 * A commit, from the call until it is acknowledged and so on the disk, beside a bare synced insert of as many journal
 * bytes and one of the content alone. In a project with a few thousand commits, where its tables have some depth.
 */
export async function run({ rounds = scaled(300), history = scaled(3000) } = {}): Promise<BenchResult> {
  const before = loadNow()
  const scratch = scratchFolder()
  const db = openStudioDb(scratch.path('studio.db'))
  const author = makeAuthor('Ada')
  const project = await createProject(scratch.path('measured.galley'), { title: 'Measured', author, memory: db.replicaMemory, cacheDir: scratch.path('cache') })
  const bare = { sameTitle: new BareTable(scratch.path('a.db')), sameText: new BareTable(scratch.path('b.db')), content: new BareTable(scratch.path('c.db')) }
  try {
    const words = wordSource(1)
    const { item } = await addText(project, author, 'Letter', words.sentence(40))
    await fillHistory(project, author, item, history)
    let number = 0
    const commitTitle = (): Promise<unknown> => project.commit({ label: 'undo.rename', author, registers: [title(item, `A title, number ${++number}`)] })
    let head: FactId = project.item(item)!.heads[0]!
    let contentSize = 0
    const commitText = async (): Promise<void> => {
      const blocks = paragraphs(...Array.from({ length: 4 }, () => words.sentence(62)))
      const version = textVersion(author, item, blocks, [head], Date.now())
      contentSize = blocks.join('').length
      await project.commit({ label: 'undo.keep', author, facts: [version], blocks })
      head = factIdOf(version)
    }
    const journals = { title: await journalOf(project, commitTitle), text: await journalOf(project, commitText) }
    const like = { title: bare.sameTitle.bytesForJournal(journals.title), text: bare.sameText.bytesForJournal(journals.text) }
    const content = Buffer.alloc(contentSize, 7)
    const works = {
      title: commitTitle,
      bareTitle: () => bare.sameTitle.write(like.title),
      text: commitText,
      bareText: () => bare.sameText.write(like.text),
      content: () => bare.content.write(content),
    }
    await interleave(works, 20)
    const times = await interleave(works, rounds)
    const cpu = await cpuOf(works, rounds)
    return {
      bench: 'commit',
      facts: { commitsBefore: history, contentBytes: contentSize, journalBytesTitle: journals.title, journalBytesText: journals.text },
      measures: [
        measure('title, commit', 'ms', times.title),
        measure('title, bare insert of as many journal bytes', 'ms', times.bareTitle),
        measure('title, commit / bare insert', '×', ratios(times.title, times.bareTitle), '≤ 1.5'),
        measure('text of 2 KB, commit', 'ms', times.text),
        measure('text of 2 KB, bare insert of as many journal bytes', 'ms', times.bareText),
        measure('text of 2 KB, commit / bare insert', '×', ratios(times.text, times.bareText), '≤ 1.5'),
        measure('bare insert of the content alone', 'ms', times.content),
        measure('text of 2 KB, commit / content alone', '×', ratios(times.text, times.content)),
        ...Object.entries(cpu).map(([name, value]) => measure(`processor time of one: ${name}`, 'ms', [value])),
      ],
      load: [before, loadNow()],
    }
  } finally {
    for (const table of Object.values(bare)) table.close()
    await project.close()
    db.close()
    scratch.remove()
  }
}

/** Not synced: this only makes the tables large. */
async function fillHistory(project: OpenProject, author: ReturnType<typeof makeAuthor>, item: FactId, commits: number): Promise<void> {
  project.connection.database.pragma('synchronous = OFF')
  for (let number = 0; number < commits; number++) {
    await project.commit({ label: 'undo.rename', author, registers: [title(item, `Before ${number}`)] })
  }
  project.connection.database.pragma('synchronous = FULL')
}

/** Bytes that a commit adds to the log beside the file. */
async function journalOf(project: OpenProject, commit: () => Promise<unknown>): Promise<number> {
  await commit()
  project.connection.database.pragma('wal_checkpoint(TRUNCATE)')
  await commit()
  return statSync(`${project.path}-wal`).size
}

/** What this process itself computes for one, without the waiting for disk and other programs. */
async function cpuOf(works: Record<string, () => unknown>, rounds: number): Promise<Record<string, number>> {
  const spent: Record<string, number> = {}
  for (const [name, work] of Object.entries(works)) {
    const before = process.cpuUsage()
    for (let round = 0; round < rounds; round++) await work()
    const { user, system } = process.cpuUsage(before)
    spent[name] = (user + system) / 1000 / rounds
  }
  return spent
}
