// Texts in a file of SQLite.
import { LIMITS } from '@g4f/core';
import type { Texts } from '../state/state.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { textOf } from './sqlite-rows.ts';

/** In the table `texts`; the newest {@link LIMITS.storedOnDisk} of each kind are kept: names begin with `kind:`. */
export class SqliteTexts implements Texts {
  readonly #file: SqliteFile;
  readonly #clock: () => number;

  constructor(file: SqliteFile, clock: () => number) {
    this.#file = file;
    this.#clock = clock;
  }

  async read(name: string): Promise<string | undefined> {
    const row = await this.#file.read(() =>
      this.#file
        // No more than can have been written.
        .prepare('SELECT text FROM texts WHERE name = ? AND ends_at > ? AND length(text) <= ?')
        .get(name, this.#clock(), LIMITS.storedCharacters),
    );
    return row === undefined || row === null ? undefined : textOf(row, 'text');
  }

  async write(name: string, text: string, ms: number): Promise<void> {
    const now = this.#clock();
    await this.#file.write(() =>
      this.#file
        .prepare('INSERT OR REPLACE INTO texts (name, text, written_at, ends_at) VALUES (?, ?, ?, ?)')
        .run(name, text, now, now + ms),
    );
  }

  async remove(name: string): Promise<void> {
    await this.#file.write(() => this.#file.prepare('DELETE FROM texts WHERE name = ?').run(name));
  }

  /** Inside a transaction. @param most how many of a kind are kept */
  forget(most: number = LIMITS.storedOnDisk): void {
    this.#file.prepare('DELETE FROM texts WHERE ends_at <= ?').run(this.#clock());
    this.#file
      .prepare(
        `DELETE FROM texts WHERE name IN (SELECT name FROM (SELECT name, row_number() OVER (
          PARTITION BY substr(name, 1, instr(name, ':')) ORDER BY written_at DESC) AS place FROM texts) WHERE place > ?)`,
      )
      .run(most);
  }
}
