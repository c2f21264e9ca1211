import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { migrate, migrations, studioDbVersion } from './migrations.js'

/** For each version: what is written before that migration, and what must hold after it. */
const cases: Record<number, { before: (db: Database.Database) => void; after: (db: Database.Database) => void }> = {
  1: {
    before: () => {},
    after(db) {
      db.prepare('INSERT INTO settings VALUES (?, ?)').run('theme', '"dark"')
      expect(db.prepare('SELECT COUNT(*) FROM settings').pluck().get()).toBe(1)
    },
  },
  2: {
    before(db) {
      db.prepare('INSERT INTO settings VALUES (?, ?)').run('theme', '"dark"')
      db.prepare(`INSERT INTO jobs (id, kind, title, detail, params, state, position, wanted, created_at) VALUES ('j', 'text', 't', '', 'null', 'waiting', 1, 1, 0)`).run()
    },
    after(db) {
      expect(db.prepare('SELECT value FROM settings').pluck().get()).toBe('"dark"')
      expect(db.prepare('SELECT state FROM jobs').pluck().get()).toBe('waiting')
      expect(db.prepare('SELECT COUNT(*) FROM search_documents').pluck().get()).toBe(0)
    },
  },
  3: {
    before(db) {
      db.prepare(`INSERT INTO jobs (id, kind, title, detail, params, state, position, wanted, created_at) VALUES ('j', 'image', 't', '', 'null', 'done', 1, 1, 0)`).run()
    },
    after(db) {
      expect(db.prepare('SELECT state, remake FROM jobs').get()).toEqual({ state: 'done', remake: null })
    },
  },
}

test('every migration has a case here', () => {
  expect(Object.keys(cases).map(Number)).toEqual(migrations.map((_, index) => index + 1))
})

for (let version = 1; version <= studioDbVersion; version++) {
  test(`migration ${version - 1} → ${version} keeps what was there`, () => {
    const db = new Database(':memory:')
    migrate(db, version - 1)
    cases[version]!.before(db)
    migrate(db, version)
    expect(db.pragma('user_version', { simple: true })).toBe(version)
    cases[version]!.after(db)
    db.close()
  })
}

test('a file that is migrated step by step has the tables of one that is made at once', () => {
  const schemaOf = (db: Database.Database): unknown => db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all()
  const [once, stepwise] = [new Database(':memory:'), new Database(':memory:')]
  migrate(once)
  for (let version = 1; version <= studioDbVersion; version++) migrate(stepwise, version)
  expect(schemaOf(stepwise)).toEqual(schemaOf(once))
})
