// The tables of the state in SQLite.

/** Written into the file: one of a newer version is not touched. */
export const VERSION = 2;

/** Makes what is not there. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS used (
  key TEXT NOT NULL, counter TEXT NOT NULL, period INTEGER NOT NULL, amount INTEGER NOT NULL, ends_at INTEGER,
  PRIMARY KEY (key, counter, period)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reserved (
  call TEXT NOT NULL, key TEXT NOT NULL, counter TEXT NOT NULL, period INTEGER NOT NULL, amount INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (call, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reserved_of ON reserved (key, counter, period);
CREATE INDEX IF NOT EXISTS reserved_until ON reserved (until);
CREATE TABLE IF NOT EXISTS ledger (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, day TEXT NOT NULL, key TEXT NOT NULL, model TEXT NOT NULL,
  provider TEXT NOT NULL, operation TEXT NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
  cost INTEGER NOT NULL, status INTEGER NOT NULL, ms INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS texts (
  name TEXT PRIMARY KEY, text TEXT NOT NULL, written_at INTEGER NOT NULL, ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS texts_written ON texts (written_at);
CREATE INDEX IF NOT EXISTS texts_ending ON texts (ends_at);
CREATE INDEX IF NOT EXISTS ledger_at ON ledger (at);
CREATE INDEX IF NOT EXISTS ledger_key ON ledger (key, at);
PRAGMA user_version = ${VERSION};
`;

/** How the file is written: many may read while one writes, and what is committed outlives the process. */
export const PRAGMAS = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 20;
`;
