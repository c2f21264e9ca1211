import type { Database } from 'better-sqlite3'

/** Marks the file as ours ("GALS"), so that another database under this name is set aside and not written to. */
export const applicationId = 0x47414c53

/**
 * Migrations in order; the first makes version 1 of an empty file. Never change one that was released: add another,
 * and a case for it in `migrations.test.ts`.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE recents (path TEXT PRIMARY KEY, title TEXT NOT NULL, opened_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE replica_memory (
    identity TEXT PRIMARY KEY, replica TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL, clean_hash TEXT, size INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, project_path TEXT, item TEXT,
    params TEXT NOT NULL, state TEXT NOT NULL, position INTEGER NOT NULL, paused INTEGER NOT NULL DEFAULT 0,
    cancel_asked INTEGER NOT NULL DEFAULT 0, wanted INTEGER NOT NULL, results TEXT NOT NULL DEFAULT '[]', text TEXT,
    share REAL, step TEXT NOT NULL DEFAULT '', error TEXT, created_at INTEGER NOT NULL, started_at INTEGER, ended_at INTEGER,
    owner TEXT, lease_until INTEGER, retry_of TEXT, crashes INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX jobs_by_position ON jobs (position);
  CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY, project TEXT NOT NULL, item TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL
  ) STRICT;
  CREATE INDEX snapshots_by_item ON snapshots (project, item, at);
  CREATE TABLE key_value (space TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (space, name)) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE search_projects (id INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE, position TEXT) STRICT;
  CREATE TABLE search_documents (
    id INTEGER PRIMARY KEY, project INTEGER NOT NULL REFERENCES search_projects (id), document TEXT NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL,
    place TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (project, document)
  ) STRICT;
  CREATE INDEX search_documents_by_item ON search_documents (project, item);
  CREATE VIRTUAL TABLE search_words USING fts5 (
    scope, title, body, content = '', contentless_delete = 1, prefix = '2 3', tokenize = "unicode61 remove_diacritics 2"
  );
  `,
  'ALTER TABLE jobs ADD COLUMN remake TEXT',
  `
  ALTER TABLE search_documents ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX search_documents_by_read ON search_documents (project, read);
  CREATE TABLE meaning_vectors (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, vector BLOB NOT NULL) STRICT;
  CREATE TABLE meaning_passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, project INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES search_documents (id) ON DELETE CASCADE,
    vector INTEGER NOT NULL REFERENCES meaning_vectors (id), start INTEGER NOT NULL, length INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX meaning_passages_by_project ON meaning_passages (project);
  CREATE INDEX meaning_passages_by_document ON meaning_passages (document);
  CREATE INDEX meaning_passages_by_vector ON meaning_passages (vector);
  CREATE TABLE meaning_loose (vector INTEGER PRIMARY KEY) STRICT;
  CREATE TRIGGER meaning_passage_gone AFTER DELETE ON meaning_passages BEGIN
    INSERT INTO meaning_loose (vector) VALUES (old.vector) ON CONFLICT DO NOTHING;
  END;
  `,
  'ALTER TABLE jobs ADD COLUMN outcome TEXT',
]

/** Version that this program writes. */
export const studioDbVersion = migrations.length

/** Brings a file up to `target`, one transaction for each step. Two processes may do this at once: the second finds nothing left to do. */
export function migrate(db: Database, target = studioDbVersion): void {
  const step = db.transaction((): boolean => {
    const version = db.pragma('user_version', { simple: true }) as number
    const sql = version < target ? migrations[version] : undefined
    if (sql === undefined) return false
    db.exec(sql)
    db.pragma(`application_id = ${applicationId}`)
    db.pragma(`user_version = ${version + 1}`)
    return true
  })
  while (step.immediate());
}
