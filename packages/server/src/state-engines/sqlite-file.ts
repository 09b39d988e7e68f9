// A database file: opened, checked, and written in transactions that wait for other processes without holding the thread.
import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { notAFile } from '@g4f/core/internal';
import { StateError, stateError } from '../state/state-error.ts';
import { type Database, openDatabase, type Statement } from './sqlite-driver.ts';
import { isLocked, sqliteFailure } from './sqlite-failure.ts';
import { PRAGMAS, SCHEMA, VERSION } from './sqlite-schema.ts';

const { O_APPEND, O_CREAT, O_NONBLOCK = 0, O_RDWR } = constants;
/** Between two tries for a lock, in ms. */
const PAUSE = 20;

/** An open file. */
export class SqliteFile {
  readonly name: string;
  readonly #database: Database;
  readonly #patience: number;
  readonly #statements = new Map<string, Statement>();

  constructor(name: string, database: Database, patience: number) {
    this.name = name;
    this.#database = database;
    this.#patience = patience;
  }

  /** The statement, compiled once. */
  prepare(sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  /** What the work gives. @throws StateError */
  read<Result>(work: () => Result): Promise<Result> {
    return this.#patiently(work);
  }

  /** The same, written as a whole or not at all. @throws StateError */
  write<Result>(work: () => Result): Promise<Result> {
    return this.#patiently(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        this.#rollBack();
        throw error;
      }
    });
  }

  close(): void {
    this.#database.close();
  }

  /** A full disk has ended the transaction already. */
  #rollBack(): void {
    try {
      this.#database.exec('ROLLBACK');
    } catch {}
  }

  async #patiently<Result>(work: () => Result): Promise<Result> {
    const until = performance.now() + this.#patience;
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isLocked(error) || performance.now() >= until) throw sqliteFailure(this.name, error);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/**
 * Opens the file; it, readable by this user alone, its folder and its tables are made if they are not there.
 * @param patience how long a lock is waited for, in ms
 * @throws StateError for a file that is damaged, locked, of a newer version, or cannot be opened
 */
export const openSqliteFile = async (file: string, patience: number): Promise<SqliteFile> => {
  const name = `SQLite file ${file}`;
  try {
    if (file !== ':memory:') await makePrivate(file, name);
    const database = await openDatabase(file, name);
    const opened = new SqliteFile(name, database, patience);
    await opened.read(() => {
      database.exec(PRAGMAS);
      const version = versionOf(database);
      if (version > VERSION)
        throw stateError(name, 'it was written by a newer version of @g4f/server. Install that one');
      if (version < VERSION) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
    });
    return opened;
  } catch (error) {
    throw error instanceof StateError ? error : sqliteFailure(name, error);
  }
};

/** What a key has asked for is nobody else's on this machine. */
async function makePrivate(file: string, name: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Without waiting: the opening of a pipe waits for its other end.
  const opened = await open(file, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
  const what = await opened
    .stat()
    .then(notAFile)
    .finally(() => opened.close());
  if (what !== undefined) throw stateError(name, `it is ${what}. Name a file`);
}

function versionOf(database: Database): number {
  const row: { readonly user_version?: unknown } = Object(database.prepare('PRAGMA user_version').get());
  return Number(row.user_version ?? 0);
}
