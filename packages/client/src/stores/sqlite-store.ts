// Conversations in one SQLite file.
import { constants } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { G4FError } from '@g4f/core';
import type { ConversationRecord, LocalStore } from '../conversations/stored-conversation.ts';
import { withPlainFile } from '../files/plain-file.ts';
import { checkId } from './check-id.ts';
import { isRecord } from './is-record.ts';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './sqlite-database.ts';
import { damaged, noFile, storeError } from './store-error.ts';

const { O_APPEND, O_CREAT, O_RDWR } = constants;
const VERSION = 1;
/** How long a write waits for that of another process, in ms. */
const BUSY_MS = 5000;

const TABLE = `
CREATE TABLE IF NOT EXISTS g4f_records (
  seq INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL,
  answer TEXT,
  record TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS g4f_records_of ON g4f_records (conversation, seq);
PRAGMA user_version = ${VERSION};`;

/**
 * Keeps conversations in one SQLite file, which is made if it is not there: by Node's own SQLite (22.13 and newer), or by `libsql`, which
 * the program installs. Several processes may use it at once. What has been committed before the process ends is kept.
 *
 * @param path of the file.
 * @throws G4FError `invalid-request` where there is no SQLite, and where the file cannot be opened, is damaged, or is of a newer
 *   version; from its functions where it cannot be read or written.
 */
export const sqliteStore = (path: string): LocalStore => {
  if (typeof path !== 'string' || path.trim() === '')
    throw damaged('sqliteStore: the path of a file is needed, such as sqliteStore("conversations.db")');
  const place = resolve(path);
  return telling(place, 'opened', () => open(place));
};

class SqliteStore implements LocalStore {
  readonly #place: string;
  readonly #database: SqliteDatabase;
  readonly #insert: SqliteStatement;
  readonly #forget: SqliteStatement;
  readonly #select: SqliteStatement;
  #isClosed = false;

  constructor(place: string, database: SqliteDatabase) {
    this.#place = place;
    this.#database = database;
    this.#insert = database.prepare(
      'INSERT INTO g4f_records (conversation, answer, record) VALUES (?, ?, ?)',
    );
    this.#forget = database.prepare('DELETE FROM g4f_records WHERE conversation = ? AND answer = ?');
    this.#select = database.prepare('SELECT record FROM g4f_records WHERE conversation = ? ORDER BY seq');
  }

  read(id: string) {
    checkId(id);
    const rows = telling(this.#place, 'read', () => this.#select.all(id));
    return { records: rows.map((row, at) => this.#recordOf(row, id, at)) };
  }

  append(id: string, records: readonly ConversationRecord[]): void {
    checkId(id);
    telling(this.#place, 'written', () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        for (const record of records) {
          this.#insert.run(id, record.kind === 'piece' ? record.id : null, JSON.stringify(record));
          if (record.kind === 'message' && record.message.role === 'assistant')
            this.#forget.run(id, record.id);
        }
        this.#database.exec('COMMIT');
      } catch (error) {
        // On a full disk SQLite has often done it already.
        attempting(() => this.#database.exec('ROLLBACK'));
        throw error;
      }
    });
  }

  list(): readonly string[] {
    return telling(this.#place, 'read', () =>
      this.#database
        .prepare('SELECT DISTINCT conversation FROM g4f_records')
        .all()
        .map((row) => String(fieldOf(row, 'conversation'))),
    );
  }

  remove(id: string): void {
    checkId(id);
    telling(this.#place, 'written', () =>
      this.#database.prepare('DELETE FROM g4f_records WHERE conversation = ?').run(id),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    // All of it into the one file, so that this can be copied or moved; others who have it open may not let it.
    attempting(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
    this.#database.close();
  }

  #recordOf(row: unknown, id: string, at: number): ConversationRecord {
    const record = readJson(fieldOf(row, 'record'));
    if (isRecord(record)) return record;
    throw damaged(
      `sqliteStore: ${this.#place} is damaged: record ${at + 1} of the conversation "${id}" cannot be read. Restore the file from a copy`,
    );
  }
}

function open(place: string): SqliteStore {
  // Readable by its owner alone, if it is new.
  withPlainFile(place, O_RDWR | O_APPEND | O_CREAT, noFile(`sqliteStore: ${place}`), () => undefined);
  const database = openDatabase(place);
  try {
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    const [row] = database.prepare('PRAGMA user_version').all();
    if (Number(fieldOf(row, 'user_version')) > VERSION)
      throw damaged(`sqliteStore: ${place} was written by a newer version of @g4f/client. Update this one`);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    if (Number(fieldOf(row, 'user_version')) < VERSION) database.exec(`BEGIN IMMEDIATE;${TABLE}COMMIT;`);
    return new SqliteStore(place, database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does what is good to have done. */
function attempting(act: () => unknown): void {
  try {
    act();
  } catch {
    // What was to be kept is kept.
  }
}

/** What is done, its failure in words. */
function telling<T>(place: string, what: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof G4FError) throw error;
    const why = reasonOf(error);
    const failed = `sqliteStore: ${place} cannot be ${what}`;
    throw why === undefined ? storeError(failed, error, dirname(place)) : damaged(`${failed}: ${why}`, error);
  }
}

/** By the words of SQLite, which are the same in all of its packages. Source: https://www.sqlite.org/rescode.html */
const REASONS: readonly (readonly [words: string, why: string])[] = [
  ['file is not a database', 'it is no SQLite file. Choose another place'],
  ['disk image is malformed', 'it is damaged. Restore it from a copy'],
  ['disk is full', 'the disk is full. Make room, and send again'],
  ['readonly database', 'it is read-only. Choose another place'],
  ['database is locked', 'another process holds it for too long. Send again'],
  ['disk I/O error', 'the disk failed, or is full. Make room, or choose another place'],
  ['unable to open', 'it is not permitted, or there is no such folder. Choose another place'],
  ['no such table', 'it is damaged, or another program’s. Choose another place'],
  ['not open', 'the store has been closed. Open it anew'],
];

function reasonOf(error: unknown): string | undefined {
  const words = error instanceof Error ? error.message : '';
  return REASONS.find(([some]) => words.includes(some))?.[1];
}

const fieldOf = (row: unknown, name: string): unknown =>
  typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined;

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
