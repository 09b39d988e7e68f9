// SQLite as this package uses it: that of Node where it has one, else `libsql`, which the user installs.
import { withSoundTexts } from '@g4f/core/internal';
import { stateError } from '../state/state-error.ts';

/** What SQLite reads and writes. */
export type Value = string | number | null;

/** A statement that has been compiled. */
export interface Statement {
  run(...values: Value[]): { readonly changes: number | bigint };
  get(...values: Value[]): unknown;
  all(...values: Value[]): readonly unknown[];
}

/** An open database. Every method blocks the thread, and throws what the engine says. */
export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Engine {
  readonly open: (file: string) => Database;
}

/** Opens a file, which is made if it is not there. @throws what the engine says; StateError where there is no engine */
export const openDatabase = async (file: string, name: string): Promise<Database> =>
  (nodeEngine() ?? (await libsqlEngine(name))).open(file);

/** Node's own, from 22.13; absent on Node 20. */
function nodeEngine(): Engine | undefined {
  const found: unknown = process.getBuiltinModule?.('node:sqlite');
  if (!hasDatabaseSync(found)) return undefined;
  return { open: (file) => new found.DatabaseSync(file) };
}

const hasDatabaseSync = (
  given: unknown,
): given is { readonly DatabaseSync: new (file: string) => Database } =>
  typeof given === 'object' && given !== null && 'DatabaseSync' in given;

async function libsqlEngine(name: string): Promise<Engine> {
  try {
    const { default: Libsql } = await import('libsql');
    return { open: (file) => withSoundTexts<Statement, Database>(new Libsql(file)) };
  } catch (error) {
    throw stateError(
      name,
      'this Node has no SQLite. Install libsql (npm install libsql), or use Node 22.13 or newer',
      error,
    );
  }
}
