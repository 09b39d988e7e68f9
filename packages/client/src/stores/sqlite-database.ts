// SQLite as both of its packages have it: Node's own where there is one, otherwise libsql, if the program has installed it.
import { createRequire } from 'node:module';
import { withSoundTexts } from '@g4f/core/internal';
import { damaged } from './store-error.ts';

/** One statement, ready to run. */
export interface SqliteStatement {
  run(...values: readonly (string | null)[]): unknown;
  all(...values: readonly (string | null)[]): unknown[];
}

/** The part of a database that is used. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

type DatabaseClass = new (path: string) => SqliteDatabase;

/** Opens a file. @throws G4FError `invalid-request` where there is no SQLite; what SQLite throws otherwise */
export const openDatabase = (path: string): SqliteDatabase => {
  const Own = fromNode();
  if (Own !== undefined) return new Own(path);
  const Libsql = fromLibsql();
  if (Libsql !== undefined) return withSoundTexts<SqliteStatement, SqliteDatabase>(new Libsql(path));
  throw damaged(
    `sqliteStore: there is no SQLite here. Use Node 22.13 or newer, run "npm install libsql", or use fileStore`,
  );
};

function fromNode(): DatabaseClass | undefined {
  const found: unknown = process.getBuiltinModule('node:sqlite');
  return classIn(found, 'DatabaseSync');
}

/** A function of its own, or bundlers would take what is resolved for a module of the program. */
const requireFrom = (place: string | URL): NodeJS.Require => createRequire(place);

function fromLibsql(): DatabaseClass | undefined {
  try {
    const found: unknown = requireFrom(import.meta.url)('libsql');
    return isClass(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

const classIn = (module: unknown, name: string): DatabaseClass | undefined => {
  const found: unknown =
    typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  return isClass(found) ? found : undefined;
};

const isClass = (value: unknown): value is DatabaseClass => typeof value === 'function';
