import { spawn } from 'node:child_process'
import { closeSync, copyFileSync, existsSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync, symlinkSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { checkProject, createProject, mergeCopy, openProject, previewMerge, saveCopy } from './index.js'
import { APPLICATION_ID, migrate, migrations, newestVersion, type Migration } from './schema/migrations.js'
import { addText, commit, itemFact, makeAuthor, makeFolder, makeMemory } from './testing/fixtures.js'

const folder = makeFolder()
afterAll(() => folder.remove())
const cacheDir = folder.path('cache')
const ada = makeAuthor('Ada')
const library = createRequire(import.meta.url).resolve('better-sqlite3')

async function makeProject(name: string, close = true) {
  const memory = makeMemory()
  const project = await createProject(folder.path(name), { title: name, author: ada, memory, cacheDir })
  const { item } = await addText(project, ada, 'Text', 'Some words.')
  if (close) await project.close()
  return { project, path: project.path, memory, item }
}

/** What another process gets that opens the file: the word `open`, or SQLite's code. */
function tryElsewhere(path: string): Promise<string> {
  const program = `try { const d = new (require(${JSON.stringify(library)}))(${JSON.stringify(path)}, { timeout: 0 })
    d.exec('BEGIN IMMEDIATE; COMMIT'); d.close(); process.stdout.write('open') } catch (e) { process.stdout.write(e.code) }`
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (part: Buffer) => { text += part.toString() })
    child.on('close', () => resolve(text))
  })
}

describe('opening a project [OPEN1]', () => {
  it('refuses what is no project, by name', async () => {
    writeFileSync(folder.path('words.galley'), 'not a database, but long enough to be looked at as one: '.repeat(4))
    await expect(openProject(folder.path('words.galley'), { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'not-a-project' })
    writeFileSync(folder.path('empty.galley'), '')
    await expect(openProject(folder.path('empty.galley'), { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'not-a-project' })
    new Database(folder.path('other.galley')).exec('CREATE TABLE t (x)').close()
    await expect(openProject(folder.path('other.galley'), { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'not-a-project' })
    await expect(
      openProject(folder.path('nothing.galley'), { memory: makeMemory(), cacheDir })
    ).rejects.toMatchObject({ code: 'not-found', data: { what: 'file' } })
    mkdirSync(folder.path('folder.galley'))
    await expect(openProject(folder.path('folder.galley'), { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'not-a-project' })
  })

  it('refuses a newer schema by name, without touching the file', async () => {
    const { path } = await makeProject('newer.galley')
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.from([0, 0, 0, 99]), 0, 4, 60)
    closeSync(file)
    const before = readFileSync(path)
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject(
      { code: 'project-newer', data: { version: 99, supported: newestVersion() } }
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each([
    ['a trigger', 'CREATE TRIGGER evil AFTER INSERT ON commits BEGIN DELETE FROM facts; END', 'trigger evil'],
    ['a view', 'CREATE VIEW evil AS SELECT 1', 'view evil'],
    ['a changed table', 'DROP TABLE labels; CREATE TABLE labels (hash TEXT PRIMARY KEY, label TEXT, more TEXT) WITHOUT ROWID', 'table labels'],
    ['a missing index', 'DROP INDEX log_sort', 'index log_sort'],
  ])('refuses %s that the schema does not have, by name', async (_what, sql, named) => {
    const { path } = await makeProject(`schema-${named.replace(' ', '-')}.galley`)
    new Database(path).exec(sql).close()
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject(
      { code: 'project-damaged', data: { detail: expect.stringContaining(named) } }
    )
  })

  it('notices damage, also after a clean close, where the file is not as it was left', async () => {
    const { path, memory } = await makeProject('damaged.galley')
    const database = new Database(path)
    const rootPage = (database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'facts'").get() as { rootpage: number }).rootpage
    database.close()
    const file = openSync(path, 'r+')
    writeSync(file, Buffer.alloc(4000, 0xee), 0, 4000, (rootPage - 1) * 16_384)
    closeSync(file)
    await expect(openProject(path, { author: ada, memory, cacheDir })).rejects.toMatchObject({ code: 'project-damaged' })
    expect(await checkProject(path, { rebuild: false, cacheDir })).toMatchObject({ ok: false, problems: [{ code: 'project-damaged' }] })
    truncateSync(path, 40_000)
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-damaged' })
  })

  it('writes nothing into the history by opening', async () => {
    const { path, memory } = await makeProject('untouched.galley')
    const project = await openProject(path, { author: ada, memory, cacheDir })
    const entries = project.log({ limit: 10 }).length
    await project.close()
    const again = await openProject(path, { author: makeAuthor('Ben'), memory: makeMemory(), cacheDir })
    expect(again.log({ limit: 10 })).toHaveLength(entries)
    await again.close()
  })

  it('opens read-only without writing, a file with a log beside it as a copy', async () => {
    const { project, path } = await makeProject('read-only.galley', false)
    const copy = folder.path('left-in-wal.galley')
    await commit(project, ada, { facts: [itemFact(ada)] })
    // A computer that lost power here leaves both files; copied by a process of its own, so that no lock is lost.
    await new Promise((resolve) => spawn('sh', ['-c', `cp '${path}' '${copy}'; cp '${path}-wal' '${copy}-wal'`]).on('close', resolve))
    await project.close()
    const before = readFileSync(copy)
    const reading = await openProject(copy, { memory: makeMemory(), cacheDir, readOnly: true })
    expect(reading.notices).toContain('read-only')
    expect(reading.items()).toHaveLength(2)
    await expect(commit(reading, ada, { facts: [itemFact(ada)] })).rejects.toMatchObject({ code: 'project-read-only' })
    await expect(reading.writeBlob([Buffer.from('x')])).rejects.toMatchObject({ code: 'project-read-only' })
    await expect(reading.writeDrafts([])).rejects.toMatchObject({ code: 'project-read-only' })
    await expect(reading.undo(ada)).rejects.toMatchObject({ code: 'project-read-only' })
    expect(() => reading.writeThumbnail('0'.repeat(64), Buffer.from('x'))).toThrow(expect.objectContaining({ code: 'project-read-only' }))
    await reading.close()
    expect(readFileSync(copy).equals(before)).toBe(true)
    const recovered = await openProject(copy, { memory: makeMemory(), cacheDir })
    expect(recovered.notices).toContain('recovered')
    expect(recovered.items()).toHaveLength(2)
    await recovered.close()
  })
})

describe('migrations [OPEN1]', () => {
  /** For each version: a file of the version before and what must be true after. A migration without one fails the test. */
  const cases: Record<number, { before: (database: Database.Database) => void; after: (database: Database.Database) => void }> = {
    1: {
      before: (database) => expect(database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).toEqual({ n: 0 }),
      after: (database) => expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID),
    },
  }

  it.each(migrations.map((migration) => migration.version))('version %i is reached from the one before', (version) => {
    const known = cases[version]
    expect(known, `migration ${version} has no test`).toBeDefined()
    const database = new Database(':memory:')
    migrate(database, version - 1)
    known!.before(database)
    migrate(database, version)
    expect(database.pragma('user_version', { simple: true })).toBe(version)
    known!.after(database)
    database.close()
  })

  it('are numbered from 1 without gaps', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1))
  })

  it('copy the file aside first, and bring a file of the version before to the next one', async () => {
    const { path, item } = await makeProject('migrated.galley')
    const steps: Migration[] = [...migrations, { version: newestVersion() + 1, migrate: (database) => void database.exec(
      'CREATE TABLE later (x INTEGER) STRICT'
    ) }]
    const project = await openProject(path, { author: ada, memory: makeMemory(), cacheDir: folder.path('aside'), steps })
    expect(project.notices).toContain('migrated')
    expect(project.item(item)?.title).toBe('Text')
    expect(project.connection.get('SELECT count(*) AS n FROM later')).toEqual({ n: 0 })
    await project.close()
    const { readdirSync } = await import('node:fs')
    const [aside] = readdirSync(folder.path('aside')).filter((name) => name.startsWith('migrated.galley.before-'))
    const old = await openProject(`${folder.path('aside')}/${aside}`, { memory: makeMemory(), cacheDir, readOnly: true })
    expect(old.item(item)?.title).toBe('Text')
    await old.close()
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-newer' })
  })
})

describe('the lock [LOCK1]', () => {
  it('keeps every other process out after every operation, and lets it in after closing', async () => {
    const { project, path, item } = await makeProject('locked.galley', false)
    const expectLocked = async (): Promise<void> => expect(await tryElsewhere(path)).toMatch(/^SQLITE_BUSY/)
    await expectLocked()
    await commit(project, ada, { facts: [itemFact(ada)] })
    await project.writeBlob([Buffer.from('bytes')])
    await project.writeDrafts([{ type: 'clear', item }])
    await project.undo(ada)
    await project.redo(ada)
    await expectLocked()
    const copy = folder.path('locked-copy.galley')
    await saveCopy(project, copy)
    await expectLocked()
    await previewMerge(project, copy)
    await mergeCopy(project, copy, ada)
    expect(await checkProject(path, { rebuild: true, cacheDir })).toMatchObject({ ok: true })
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-in-use' })
    project.connection.database.pragma('wal_checkpoint(TRUNCATE)')
    await expectLocked()
    await project.close()
    expect(await tryElsewhere(path)).toBe('open')
    expect(existsSync(`${path}-wal`)).toBe(false)
  })

  it('names a file that another process holds', async () => {
    const { path } = await makeProject('held.galley')
    const program = `const d = new (require(${JSON.stringify(library)}))(${JSON.stringify(path)}); d.pragma('locking_mode = EXCLUSIVE')
      d.exec('BEGIN EXCLUSIVE; COMMIT'); process.stdout.write('held'); setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    await expect(openProject(path, { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-in-use' })
    child.kill()
    await new Promise((resolve) => child.once('close', resolve))
    const project = await openProject(path, { memory: makeMemory(), cacheDir })
    await project.close()
  })

  it('opens one file once, under whatever name', async () => {
    const { project, path } = await makeProject('once.galley', false)
    symlinkSync(path, folder.path('link.galley'))
    await expect(openProject(folder.path('link.galley'), { memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-in-use' })
    await expect(createProject(path, { title: 'x', author: ada, memory: makeMemory(), cacheDir })).rejects.toMatchObject({ code: 'project-exists' })
    await project.close()
  })

  it('waits for the disk, and has the pages that it asked for', async () => {
    const { project } = await makeProject('pragmas.galley', false)
    const { database } = project.connection
    const pragma = (name: string): unknown => database.pragma(name, { simple: true })
    expect([pragma('synchronous'), pragma('page_size'), pragma('auto_vacuum'), pragma('journal_mode'), pragma('locking_mode'), pragma('trusted_schema')])
      .toEqual([2, 16_384, 2, 'wal', 'exclusive', 0])
    await project.close()
  })

  it('uses a rollback journal and says so where the folder is shared', async () => {
    const memory = makeMemory()
    const project = await createProject(folder.path('shared.galley'), { title: 'Shared', author: ada, memory, cacheDir, isShared: true })
    expect(project.notices).toContain('network-folder')
    expect(project.connection.database.pragma('journal_mode', { simple: true })).toBe('delete')
    await addText(project, ada, 'Text', 'Words.')
    expect(await tryElsewhere(project.path)).toMatch(/^SQLITE_BUSY/)
    expect(existsSync(`${project.path}-wal`)).toBe(false)
    await project.close()
  })

  it('takes the log into the file after two idle seconds, so that copying it is safe', async () => {
    const { project, path } = await makeProject('idle.galley', false)
    await new Promise((resolve) => setTimeout(resolve, 2600))
    const copy = folder.path('idle-copy.galley')
    await new Promise((resolve) => spawn('cp', [path, copy]).on('close', resolve))
    await project.close()
    const copied = await openProject(copy, { memory: makeMemory(), cacheDir })
    expect(copied.items()).toHaveLength(1)
    await copied.close()
  })
})

describe('a full disk', () => {
  it('is named, loses nothing, and writing goes on once there is room', async () => {
    const { project, item } = await makeProject('full.galley', false)
    const { database } = project.connection
    const pages = database.pragma('page_count', { simple: true }) as number
    database.pragma(`max_page_count = ${pages + 1}`)
    const head = project.log({ limit: 1 })[0]!.hash
    await expect(project.writeBlob([Buffer.alloc(2_000_000, 1)])).rejects.toMatchObject({ code: 'disk-full' })
    const words = Array.from({ length: 300 }, (_, index) => `Paragraph ${index} ${Math.random()}`)
    await expect(addText(project, ada, 'Large', ...words)).rejects.toMatchObject({ code: 'disk-full' })
    expect(project.log({ limit: 1 })[0]!.hash).toBe(head)
    expect(project.items().map((row) => row.id)).toEqual([item])
    database.pragma('max_page_count = 4294967294')
    await addText(project, ada, 'Large', ...words)
    const blob = await project.writeBlob([Buffer.alloc(2_000_000, 1)])
    expect(project.blob(blob.hash).size).toBe(2_000_000)
    await project.close()
    expect(await checkProject(project.path, { rebuild: true, cacheDir })).toMatchObject({ ok: true, problems: [] })
  })
})

it('does not mistake a copied file for the one it remembers [REPLICA1]', async () => {
  const { path, memory } = await makeProject('original.galley')
  const copy = folder.path('copied.galley')
  copyFileSync(path, copy)
  const [a, b] = [await openProject(path, { author: ada, memory, cacheDir }), await openProject(copy, { author: ada, memory, cacheDir })]
  await commit(a, ada, { facts: [itemFact(ada)] })
  await commit(b, ada, { facts: [itemFact(ada)] })
  const [first, second] = [a.log({ limit: 1 })[0]!.commit, b.log({ limit: 1 })[0]!.commit]
  expect(first.replica).not.toBe(second.replica)
  expect(second).toMatchObject({ number: 1, previous: null })
  expect(second.seen[first.replica]).toEqual([2, expect.any(String)])
  await b.close()
  expect(await mergeCopy(a, copy, ada)).toMatchObject({ commits: 1, items: 1, refused: [] })
  expect(a.items()).toHaveLength(3)
  await a.close()
})
