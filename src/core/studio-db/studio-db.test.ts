import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Settings } from '../../contract/index.js'
import { openStudioDb } from './index.js'
import { migrate } from './migrations.js'
import { asRoot, testUnless } from '../../testing/unless.js'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'galley-studio-'))
  path = join(folder, 'data', 'studio.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const defaults: Settings = {
  name: null, theme: 'system', density: 'normal', projectsFolder: '/p', modelsFolder: '/m', textModel: null, imageModel: null, searchByMeaning: true, layout: {},
}

test('settings are kept, and one that does not parse falls back to its default', () => {
  const db = openStudioDb(path)
  expect(db.settings.read(defaults)).toEqual(defaults)
  expect(db.settings.change({ theme: 'dark', name: 'Ada', layout: { left: 240 } }, defaults)).toMatchObject({ theme: 'dark', name: 'Ada', layout: { left: 240 } })
  expect(() => db.settings.change({ density: 'huge' as 'roomy', theme: 'light' }, defaults)).toThrow()
  db.relaxed.prepare(`UPDATE settings SET value = '"no such theme"' WHERE name = 'theme'`).run()
  db.relaxed.prepare(`INSERT INTO settings VALUES ('density', '{broken'), ('unknown', '1')`).run()
  db.close()
  const again = openStudioDb(path)
  expect(again.settings.read(defaults)).toEqual({ ...defaults, name: 'Ada', layout: { left: 240 } })
  again.close()
})

test('recent projects come latest first, once each, and can be forgotten', () => {
  const db = openStudioDb(path)
  db.recents.add({ path: '/a', title: 'A', openedAt: 1 })
  db.recents.add({ path: '/b', title: 'B', openedAt: 2 })
  db.recents.add({ path: '/a', title: 'A new', openedAt: 3 })
  expect(db.recents.list()).toEqual([{ path: '/a', title: 'A new', openedAt: 3 }, { path: '/b', title: 'B', openedAt: 2 }])
  db.recents.forget('/a')
  expect(db.recents.list().map((recent) => recent.path)).toEqual(['/b'])
  db.close()
})

test('[REPLICA1] what is remembered of a file is read back by its identity and overwritten', () => {
  const db = openStudioDb(path)
  const value = { replica: 'replica-1', number: 4, hash: 'a'.repeat(64), cleanHash: null, size: 4096 }
  expect(db.replicaMemory.read('1:2:3')).toBeNull()
  db.replicaMemory.write('1:2:3', value)
  db.replicaMemory.write('1:2:3', { ...value, number: 5, cleanHash: 'b'.repeat(64) })
  expect(db.replicaMemory.read('1:2:3')).toEqual({ ...value, number: 5, cleanHash: 'b'.repeat(64) })
  expect(db.replicaMemory.read('9:9:9')).toBeNull()
  db.close()
})

test('remembered values of different users of the store do not meet', () => {
  const db = openStudioDb(path)
  db.keyValue('hashes').set('file', 'one')
  db.viewState.set('file', 'two')
  expect([db.keyValue('hashes').get('file'), db.viewState.get('file'), db.keyValue('other').get('file')]).toEqual(['one', 'two', null])
  db.viewState.delete('file')
  expect(db.viewState.get('file')).toBeNull()
  db.close()
})

test('a safety copy is kept once for each change and read back whole', () => {
  const db = openStudioDb(path)
  const start = Date.UTC(2026, 0, 1)
  db.snapshots.keep('project', 'item', start, 'first')
  db.snapshots.keep('project', 'item', start + 1000, 'first')
  db.snapshots.keep('project', 'item', start + 2000, 'second ✓')
  db.snapshots.keep('project', 'other', start, 'x')
  const list = db.snapshots.list('project', 'item')
  expect(list.map(({ id, at }) => [at - start, db.snapshots.read(id)])).toEqual([[2000, 'second ✓'], [0, 'first']])
  db.snapshots.forget('project', 'item')
  expect(db.snapshots.list('project', 'item')).toEqual([])
  expect(db.snapshots.list('project', 'other').length).toBe(1)
  db.close()
})

test('the queue is synced at every step and the rest is in the same file without that', () => {
  const db = openStudioDb(path)
  expect(db.relaxed.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.relaxed.pragma('synchronous', { simple: true })).toBe(1)
  db.close()
})

test('a damaged file is set aside and a new one begun', () => {
  const db = openStudioDb(path)
  for (let n = 0; n < 400; n++) db.keyValue('fill').set(`name ${n}`, 'x'.repeat(500))
  db.settings.change({ name: 'Ada' }, defaults)
  db.close()
  const bytes = readFileSync(path)
  bytes.fill(0x5a, 4096 * 2, 4096 * 40)
  writeFileSync(path, bytes)
  const again = openStudioDb(path, { now: () => 1234 })
  expect(again.aside).toEqual({ reason: 'damaged', path: `${path}.damaged-1234` })
  expect(again.settings.read(defaults)).toEqual(defaults)
  expect(readFileSync(`${path}.damaged-1234`).equals(bytes)).toBe(true)
  again.close()
  const third = openStudioDb(path)
  expect(third.aside).toBeNull()
  third.close()
})

test('a file that is no database at all, or cut short, is set aside', () => {
  for (const content of ['not a database, but long enough to look at'.repeat(200), 'SQLite format 3\0']) {
    openStudioDb(path).close()
    writeFileSync(path, content)
    const db = openStudioDb(path)
    expect(db.aside?.reason).toBe('damaged')
    db.recents.add({ path: '/a', title: 'A', openedAt: 1 })
    db.close()
  }
})

test("a newer program's file and somebody else's database are set aside untouched", () => {
  openStudioDb(path).close()
  const newer = new Database(path)
  newer.pragma('user_version = 99')
  newer.close()
  const db = openStudioDb(path)
  expect(db.aside?.reason).toBe('newer')
  db.close()
  rmSync(path)
  const foreign = new Database(path)
  foreign.exec('CREATE TABLE theirs (a)')
  foreign.close()
  const again = openStudioDb(path)
  expect(again.aside?.reason).toBe('foreign')
  again.close()
  expect(readdirSync(join(folder, 'data')).filter((name) => /newer|foreign/.test(name)).length).toBe(2)
})

test('a file whose tables are not those of its version is set aside', () => {
  openStudioDb(path).close()
  const other = new Database(path)
  other.exec('ALTER TABLE jobs ADD COLUMN colour TEXT')
  other.close()
  const db = openStudioDb(path)
  expect(db.aside?.reason).toBe('damaged')
  db.close()
})

test('an older file is brought up to date and keeps what it had', () => {
  openStudioDb(path).close()
  rmSync(path)
  const older = new Database(path)
  migrate(older, 1)
  older.prepare('INSERT INTO settings VALUES (?, ?)').run('theme', '"dark"')
  older.close()
  const db = openStudioDb(path)
  expect(db.aside).toBeNull()
  expect(db.settings.read(defaults).theme).toBe('dark')
  db.close()
})

testUnless(asRoot)('a file that may not be read is no damage: it stays where it is and the error is told', () => {
  openStudioDb(path).close()
  chmodSync(path, 0)
  expect(() => openStudioDb(path)).toThrow()
  expect(readdirSync(join(folder, 'data')).some((name) => name.includes('damaged'))).toBe(false)
})

test('a path where no file can be is no damage: the error is told', () => {
  mkdirSync(path, { recursive: true })
  expect(() => openStudioDb(path)).toThrow()
  expect(readdirSync(join(folder, 'data'))).toEqual(['studio.db'])
})

test('two programs use the file at the same time, from its very beginning', () => {
  const script = `
    import Database from 'better-sqlite3'
    const db = new Database(${JSON.stringify(path)}, { timeout: 5000 })
    for (let n = 0; n < 50; n++) db.prepare("INSERT OR REPLACE INTO key_value VALUES ('other', ?, 'x')").run('n' + n)
    db.close()`
  const [one, two] = [openStudioDb(path), openStudioDb(path)]
  for (let n = 0; n < 50; n++) [one, two][n % 2]!.recents.add({ path: `/${n}`, title: '', openedAt: n })
  execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: process.cwd() })
  expect(two.recents.list().length).toBe(50)
  expect(one.keyValue('other').get('n49')).toBe('x')
  one.close()
  two.close()
})
