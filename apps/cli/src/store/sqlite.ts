// SQLite with full-text search, from whichever of two places has it: Node itself, or libsql, which @g4f/sqlite brings. Both read the same files.
import { constants, fchmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { withSoundTexts } from '@g4f/core/internal';
import { withFile } from './private-file.ts';

const { O_APPEND, O_CREAT, O_RDWR } = constants;

/** What a statement may be given, and what a column may hold. */
export type SqlValue = string | number | null | Uint8Array;

/** A prepared statement. */
export interface Statement {
  run(...values: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint };
  all(...values: readonly SqlValue[]): readonly unknown[];
  get(...values: readonly SqlValue[]): unknown;
}

/** An open database. */
export interface Database {
  exec(sql: string): unknown;
  prepare(sql: string): Statement;
  close(): unknown;
}

type DatabaseClass = new (path: string) => Database;
type OpenFile = (path: string) => Database;

const isClass = (value: unknown): value is DatabaseClass => typeof value === 'function';

/**
 * Opens the file, and makes it and its folder where there is none, for their owner alone. Several processes may
 * have it open; a writer waits for another one for up to five seconds.
 * @throws Error where there is no SQLite, or the file cannot be opened or is not a database.
 */
export const openDatabase = async (path: string): Promise<Database> => {
  const open = (await fromNode()) ?? (await fromLibsql());
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  keepPrivate(path);
  const database = open(path);
  try {
    // Of a power cut the last commits may be lost, of a killed process none.
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/** Its file, for its owner alone from the first byte on. SQLite gives the files beside it (-wal, -shm) the mode of this one. */
function keepPrivate(path: string): void {
  withFile(path, O_RDWR | O_APPEND | O_CREAT, (file) => fchmodSync(file, 0o600));
}

/** From 22.16 on it has full-text search. */
async function fromNode(): Promise<OpenFile | undefined> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 16)) return undefined;
  const { emitWarning } = process;
  try {
    // Node 22 tells everybody that this module is an experiment; a person who asks a question cannot do anything about it.
    process.emitWarning = () => {};
    const name: string = 'node:sqlite';
    const { DatabaseSync }: { readonly DatabaseSync?: unknown } = await import(name);
    return isClass(DatabaseSync) ? (path) => new DatabaseSync(path) : undefined;
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

async function fromLibsql(): Promise<OpenFile> {
  let loaded: { readonly default?: unknown };
  try {
    const name: string = '@g4f/sqlite';
    loaded = await import(name);
  } catch {
    throw new Error('there is no SQLite: use Node 22.16 or newer, or run "npm install -g @g4f/sqlite"');
  }
  const { default: Libsql } = loaded;
  if (!isClass(Libsql)) throw new Error('@g4f/sqlite gives no Database: install it anew');
  return (path) => withSoundTexts<Statement, Database>(new Libsql(path));
}
