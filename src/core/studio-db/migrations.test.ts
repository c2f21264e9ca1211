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
  4: {
    before(db) {
      db.prepare(`INSERT INTO search_projects (id, project, position) VALUES (1, 'p', '7 abc')`).run()
      db.prepare(`INSERT INTO search_documents (id, project, document, item, kind, place, title, body) VALUES (5, 1, 'text a', 'a', 'text', 'text', 'Harbour', 'Boats.')`).run()
      db.prepare(`INSERT INTO search_words (rowid, scope, title, body) VALUES (5, 'project1', 'Harbour', 'Boats.')`).run()
    },
    after(db) {
      // Words are found as before; nothing of what was there has been read for its meaning yet.
      expect(db.prepare(`SELECT rowid FROM search_words WHERE search_words MATCH 'boats'`).pluck().all()).toEqual([5])
      expect(db.prepare('SELECT position, read FROM search_projects p JOIN search_documents d ON d.project = p.id').get()).toEqual({ position: '7 abc', read: 0 })
      db.pragma('foreign_keys = ON')
      db.prepare(`INSERT INTO meaning_vectors (id, hash, vector) VALUES (1, x'01', x'02')`).run()
      db.prepare('INSERT INTO meaning_passages (project, document, vector, start, length) VALUES (1, 5, 1, 0, 6)').run()
      db.prepare('DELETE FROM search_documents').run()
      expect(db.prepare('SELECT COUNT(*) FROM meaning_passages').pluck().get()).toBe(0)
      expect(db.prepare('SELECT vector FROM meaning_loose').pluck().all()).toEqual([1])
    },
  },
  5: {
    before(db) {
      db.prepare(`INSERT INTO jobs (id, kind, title, detail, params, state, position, wanted, created_at) VALUES ('j', 'export', 't', '', 'null', 'done', 1, 1, 0)`).run()
    },
    after(db) {
      expect(db.prepare('SELECT state, outcome FROM jobs').get()).toEqual({ state: 'done', outcome: null })
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
