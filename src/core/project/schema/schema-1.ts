/**
 * Schema 1. Primary tables hold what was written; projections can be made again from them and are cleared by a rebuild;
 * local tables belong to this file alone and are in no commit.
 */
const primary = `
CREATE TABLE commits (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, codec INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE facts (id TEXT PRIMARY KEY, size INTEGER NOT NULL, codec INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE blocks (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, codec INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE blobs (id INTEGER PRIMARY KEY, hash TEXT UNIQUE, size INTEGER NOT NULL, named INTEGER NOT NULL) STRICT;
CREATE INDEX blobs_unnamed ON blobs (id) WHERE named = 0;
CREATE TABLE chunks (id INTEGER PRIMARY KEY, blob INTEGER NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (blob, position)) STRICT;
CREATE TABLE signatures (replica TEXT NOT NULL, number INTEGER NOT NULL, hash TEXT NOT NULL, signature TEXT NOT NULL,
  PRIMARY KEY (replica, number, hash, signature)) STRICT, WITHOUT ROWID;
CREATE TABLE drafts (item TEXT PRIMARY KEY, base TEXT, folded_at INTEGER NOT NULL,
  doc TEXT NOT NULL, origin TEXT NOT NULL, pieces TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
CREATE TABLE draft_steps (id INTEGER PRIMARY KEY, item TEXT NOT NULL, number INTEGER NOT NULL, step TEXT NOT NULL, UNIQUE (item, number)) STRICT;
`

const local = `
CREATE TABLE labels (hash TEXT PRIMARY KEY, label TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE undo (position INTEGER PRIMARY KEY, label TEXT NOT NULL, person TEXT NOT NULL,
  undone INTEGER NOT NULL, merge INTEGER NOT NULL, changes TEXT NOT NULL) STRICT;
CREATE TABLE thumbnails (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
`

const projections = `
CREATE TABLE log (hash TEXT PRIMARY KEY, sort TEXT NOT NULL, replica TEXT NOT NULL, number INTEGER NOT NULL, wall INTEGER NOT NULL, counter INTEGER NOT NULL,
  person TEXT NOT NULL, previous TEXT, kinds TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX log_sort ON log (sort);
CREATE INDEX log_replica ON log (replica, number);
CREATE TABLE chains (hash TEXT PRIMARY KEY, replica TEXT NOT NULL, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fact_index (id TEXT PRIMARY KEY, kind TEXT NOT NULL, sort TEXT NOT NULL, hidden INTEGER NOT NULL) STRICT;
CREATE INDEX fact_index_kind ON fact_index (kind, sort);
CREATE TABLE mentions (item TEXT NOT NULL, kind TEXT NOT NULL, sort TEXT NOT NULL,
  fact TEXT NOT NULL, PRIMARY KEY (item, kind, sort, fact)) STRICT, WITHOUT ROWID;
CREATE TABLE about (target TEXT NOT NULL, kind TEXT NOT NULL, fact TEXT NOT NULL, PRIMARY KEY (target, kind, fact)) STRICT, WITHOUT ROWID;
CREATE TABLE register_writes (target TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (target, name, hash)) STRICT, WITHOUT ROWID;
CREATE TABLE registers (target TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (target, name)) STRICT;
CREATE TABLE project (id TEXT PRIMARY KEY, sort TEXT NOT NULL, title TEXT NOT NULL, founder TEXT NOT NULL, founder_key TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE people (person TEXT PRIMARY KEY, sort TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE items (id TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT NOT NULL, folder TEXT, position TEXT NOT NULL, tags TEXT NOT NULL, brief TEXT NOT NULL,
  deleted INTEGER NOT NULL, revived INTEGER NOT NULL, hidden INTEGER NOT NULL, heads TEXT NOT NULL,
    versions INTEGER NOT NULL, created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL) STRICT;
CREATE TABLE folders (id TEXT PRIMARY KEY, title TEXT NOT NULL, parent TEXT, position TEXT NOT NULL,
  deleted INTEGER NOT NULL, revived INTEGER NOT NULL, hidden INTEGER NOT NULL) STRICT;
CREATE TABLE versions (id TEXT PRIMARY KEY, item TEXT NOT NULL, sort TEXT NOT NULL,
  ordinal INTEGER NOT NULL, content TEXT NOT NULL, blob TEXT, words INTEGER NOT NULL,
  beginning TEXT NOT NULL, hidden INTEGER NOT NULL, removed INTEGER NOT NULL, covered INTEGER NOT NULL) STRICT;
CREATE INDEX versions_item ON versions (item, sort);
CREATE INDEX versions_visible ON versions (item, ordinal) WHERE hidden = 0;
CREATE INDEX versions_open ON versions (item, sort) WHERE hidden = 0 AND covered = 0;
CREATE INDEX versions_blob ON versions (blob) WHERE blob IS NOT NULL;
CREATE TABLE parents (parent TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (parent, child)) STRICT, WITHOUT ROWID;
CREATE INDEX parents_child ON parents (child);
CREATE TABLE job_outputs (job TEXT NOT NULL, output INTEGER NOT NULL, sort TEXT NOT NULL,
  version TEXT NOT NULL, PRIMARY KEY (job, output, version)) STRICT, WITHOUT ROWID;
CREATE TABLE block_words (hash TEXT PRIMARY KEY, words INTEGER NOT NULL, beginning TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

export const schema1 = primary + local + projections

/** Tables that a rebuild clears and makes again. */
export const projectionTables = [
  'log', 'chains', 'fact_index', 'mentions', 'about', 'register_writes', 'registers', 'project', 'people', 'items', 'folders', 'versions', 'parents',
  'job_outputs', 'block_words',
] as const

/** Tables with what people made, and with drafts; no rebuild touches them. */
export const primaryTables = ['commits', 'facts', 'blocks', 'blobs', 'chunks', 'signatures', 'drafts', 'draft_steps'] as const

/** Tables of this file alone: names for undo and pictures that can be made again. */
export const localTables = ['labels', 'undo', 'thumbnails'] as const
