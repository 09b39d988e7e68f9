// Collections: texts and their vectors, in one SQLite file. A search compares with every vector of a collection.
import { join } from 'node:path';
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { dataFolder } from './folders.ts';
import { type Database, openDatabase } from './sqlite.ts';

/** What a collection was made with: vectors of two models cannot be compared. */
export interface CollectionFacts {
  readonly model: string;
  readonly provider: string | null;
}

/** A text of a collection. */
export interface CollectionItem {
  readonly id: string;
  readonly text: string;
}

/** A text, and how near it is: 1 is the same direction, 0 none in common. */
export interface NearItem extends CollectionItem {
  readonly score: number;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, model TEXT NOT NULL, provider TEXT);
CREATE TABLE IF NOT EXISTS items (
  collection TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (collection, id)
);`;

const PAGE = 1000;

/** The collections, open. */
export class CollectionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.exec(SCHEMA);
  }

  /** What a collection was made with; undefined where there is none. */
  facts(name: string): CollectionFacts | undefined {
    const row = this.#database.prepare('SELECT model, provider FROM collections WHERE name = ?').get(name);
    return row === undefined || row === null ? undefined : (row as CollectionFacts);
  }

  /** The names and sizes of all. */
  list(): readonly (CollectionFacts & { readonly name: string; readonly items: number })[] {
    return this.#database
      .prepare(
        `SELECT name, model, provider, (SELECT count(*) FROM items WHERE collection = name) AS items
         FROM collections ORDER BY name`,
      )
      .all() as ReturnType<CollectionStore['list']>;
  }

  /**
   * Keeps texts with their vectors; one with the same id is replaced.
   * @throws UsageError where the collection was made with another model.
   */
  add(
    name: string,
    facts: CollectionFacts,
    items: readonly CollectionItem[],
    vectors: readonly (readonly number[])[],
  ): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const made = this.facts(name);
      if (made !== undefined && made.model !== facts.model)
        throw new UsageError(
          `the collection "${name}" was made with ${made.model}: use that, or another collection`,
        );
      this.#database
        .prepare('INSERT OR IGNORE INTO collections (name, model, provider) VALUES (?, ?, ?)')
        .run(name, facts.model, facts.provider);
      const insert = this.#database.prepare(
        'INSERT OR REPLACE INTO items (collection, id, text, vector) VALUES (?, ?, ?, ?)',
      );
      for (const [at, { id, text }] of items.entries())
        insert.run(name, id, text, new Uint8Array(Float32Array.from(vectors[at] ?? []).buffer));
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The texts nearest to a vector, the nearest first. */
  nearest(name: string, vector: readonly number[], most: number): readonly NearItem[] {
    const wanted = Float32Array.from(vector);
    const page = this.#database.prepare(
      'SELECT rowid, id, text, vector FROM items WHERE collection = ? AND rowid > ? ORDER BY rowid LIMIT ?',
    );
    let best: NearItem[] = [];
    for (let last = 0; ; ) {
      const rows = page.all(name, last, PAGE) as readonly (CollectionItem & {
        rowid: number;
        vector: Uint8Array | ArrayBuffer;
      })[];
      const found = rows.map(({ id, text, vector: bytes }) => ({ id, text, score: cosine(wanted, bytes) }));
      best = [...best, ...found].sort((one, other) => other.score - one.score).slice(0, most);
      const end = rows.at(-1);
      if (end === undefined) return best;
      last = end.rowid;
    }
  }

  /** Deletes a collection. @throws UsageError where there is none. */
  remove(name: string): void {
    if (this.facts(name) === undefined) throw new UsageError(`there is no collection "${name}"`);
    this.#database.prepare('DELETE FROM items WHERE collection = ?').run(name);
    this.#database.prepare('DELETE FROM collections WHERE name = ?').run(name);
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }
}

/** @param bytes libsql gives an ArrayBuffer. @throws UsageError for vectors of different lengths: another model made them */
function cosine(one: Float32Array, bytes: Uint8Array | ArrayBuffer): number {
  const other = new Float32Array(Uint8Array.from(new Uint8Array(bytes)).buffer);
  if (one.length !== other.length)
    throw new UsageError(
      `the collection has vectors of ${other.length} numbers, and the question has ${one.length}: another model made them`,
    );
  let [product, ones, others] = [0, 0, 0];
  for (const [at, value] of one.entries()) {
    const its = other[at] ?? 0;
    product += value * its;
    ones += value * value;
    others += its * its;
  }
  return ones === 0 || others === 0 ? 0 : product / Math.sqrt(ones * others);
}

/** Opens the collections. @throws Error where the file cannot be opened. */
export const openCollections = async (): Promise<CollectionStore> => {
  const path = join(dataFolder(), 'collections.db');
  try {
    return new CollectionStore(await openDatabase(path));
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`);
  }
};
