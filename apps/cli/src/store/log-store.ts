// The log: every question and its answer, in one SQLite file with full-text search.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../failure/exit-code.ts';
import { dataFolder } from './folders.ts';
import { type Ending, type LogEntry, readEntry } from './log-entry.ts';
import { type Database, openDatabase } from './sqlite.ts';

/** A question as it is written down before it is asked. */
export interface Question {
  readonly cid: string;
  /** What was asked for; the one that answered stands in `model`. */
  readonly requested: string;
  readonly system: string | null;
  readonly prompt: string;
  /** The message as it was sent, as JSON, where it is more than the prompt. */
  readonly content: string | null;
}

/** What became of it. */
export interface Outcome {
  readonly status: Ending;
  readonly answer: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly error: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** US dollars. */
  readonly cost: number | null;
  /** To the first text, in ms. */
  readonly firstMs: number | null;
  /** In ms. */
  readonly totalMs: number;
}

/** What a model was used for. */
export interface ModelStats {
  readonly model: string;
  readonly provider: string;
  readonly answers: number;
  readonly failures: number;
  /** Stopped, or without an end because their process was killed. */
  readonly unfinished: number;
  readonly tokens: number;
  readonly cost: number;
}

/** How many were asked on a day. */
export interface DayStats {
  readonly day: string;
  readonly questions: number;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS entries (
  id INTEGER PRIMARY KEY, cid TEXT NOT NULL, at INTEGER NOT NULL, requested TEXT NOT NULL, provider TEXT, model TEXT,
  system TEXT, prompt TEXT NOT NULL, content TEXT, answer TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT 'running',
  error TEXT, prompt_tokens INTEGER, completion_tokens INTEGER, cost REAL, first_ms INTEGER, total_ms INTEGER
);
CREATE INDEX IF NOT EXISTS entries_cid ON entries (cid, id);
CREATE VIRTUAL TABLE IF NOT EXISTS entries_text USING fts5(prompt, answer, content='entries', content_rowid='id');
CREATE TRIGGER IF NOT EXISTS entries_added AFTER INSERT ON entries BEGIN
  INSERT INTO entries_text (rowid, prompt, answer) VALUES (new.id, new.prompt, new.answer);
END;
CREATE TRIGGER IF NOT EXISTS entries_changed AFTER UPDATE OF prompt, answer ON entries BEGIN
  INSERT INTO entries_text (entries_text, rowid, prompt, answer) VALUES ('delete', old.id, old.prompt, old.answer);
  INSERT INTO entries_text (rowid, prompt, answer) VALUES (new.id, new.prompt, new.answer);
END;
CREATE TRIGGER IF NOT EXISTS entries_removed AFTER DELETE ON entries BEGIN
  INSERT INTO entries_text (entries_text, rowid, prompt, answer) VALUES ('delete', old.id, old.prompt, old.answer);
END;
PRAGMA user_version = 1;`;

/** Where the log is. */
export const logPath = (): string => join(dataFolder(), 'log.db');

/** The log, open. Each method is one transaction: what it wrote stays when the process is killed after it. */
export class LogStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    const version = readNumber(database.prepare('PRAGMA user_version').get(), 'user_version');
    if (version > 1) throw new Error('a newer g4f wrote it: update g4f');
    if (version < 1) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT;`);
  }

  /** Writes a question down. @returns its id. */
  begin({ cid, requested, system, prompt, content }: Question, at = Date.now()): number {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO entries (cid, at, requested, system, prompt, content) VALUES (?, ?, ?, ?, ?, ?)')
      .run(cid, at, requested, system, prompt, content);
    return Number(lastInsertRowid);
  }

  /** Writes down what became of it. */
  finish(id: number, outcome: Outcome): void {
    const { status, answer, provider, model, error, promptTokens, completionTokens } = outcome;
    this.#database
      .prepare(
        `UPDATE entries SET status = ?, answer = ?, provider = ?, model = ?, error = ?, prompt_tokens = ?,
         completion_tokens = ?, cost = ?, first_ms = ?, total_ms = ? WHERE id = ?`,
      )
      .run(
        ...[status, answer, provider, model, error, promptTokens, completionTokens],
        ...[outcome.cost, outcome.firstMs, outcome.totalMs, id],
      );
  }

  /** Takes a question out. */
  remove(id: number): void {
    this.#database.prepare('DELETE FROM entries WHERE id = ?').run(id);
  }

  /** The answered questions of a conversation, in order. */
  conversation(cid: string): readonly LogEntry[] {
    return this.#entries("SELECT * FROM entries WHERE cid = ? AND status = 'ok' ORDER BY id", cid);
  }

  /** The conversation that was answered last. */
  lastConversation(): string | undefined {
    const [entry] = this.#entries("SELECT * FROM entries WHERE status = 'ok' ORDER BY id DESC LIMIT 1");
    return entry?.cid;
  }

  /** The newest, newest last. */
  newest(most: number): readonly LogEntry[] {
    return this.#entries('SELECT * FROM (SELECT * FROM entries ORDER BY id DESC LIMIT ?) ORDER BY id', most);
  }

  /** All of a conversation, whatever became of it. */
  allOf(cid: string): readonly LogEntry[] {
    return this.#entries('SELECT * FROM entries WHERE cid = ? ORDER BY id', cid);
  }

  /** The newest that have every one of these words, the last one perhaps begun only; newest last. */
  search(words: string, most: number): readonly LogEntry[] {
    const terms = words.split(/\s+/).filter((word) => word !== '');
    if (terms.length === 0) return [];
    const query = `${terms.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')}*`;
    return this.#entries(
      `SELECT * FROM (SELECT entries.* FROM entries_text JOIN entries ON entries.id = entries_text.rowid
       WHERE entries_text MATCH ? ORDER BY entries_text.rowid DESC LIMIT ?) ORDER BY id`,
      query,
      most,
    );
  }

  /** Every entry, read in pages: a log may be larger than memory. */
  *everything(): Iterable<LogEntry> {
    for (let last = 0; ; ) {
      const page = this.#entries('SELECT * FROM entries WHERE id > ? ORDER BY id LIMIT 500', last);
      yield* page;
      const end = page.at(-1);
      if (end === undefined) return;
      last = end.id;
    }
  }

  /** By model, the most used first. */
  modelStats(): readonly ModelStats[] {
    return this.#read<ModelStats>(
      `SELECT CAST(coalesce(model, requested) AS TEXT) AS model, CAST(coalesce(provider, '') AS TEXT) AS provider, sum(status = 'ok') AS answers,
       sum(status = 'failed') AS failures, sum(status IN ('interrupted', 'running')) AS unfinished, coalesce(sum(prompt_tokens + completion_tokens), 0) AS tokens,
       coalesce(sum(cost), 0) AS cost FROM entries GROUP BY 1, 2 ORDER BY count(*) DESC, 1`,
    );
  }

  /** The last days on which anything was asked, oldest first; a day of UTC. */
  dayStats(most: number): readonly DayStats[] {
    return this.#read<DayStats>(
      `SELECT * FROM (SELECT coalesce(date(at / 1000, 'unixepoch'), '?') AS day, count(*) AS questions FROM entries
       GROUP BY 1 ORDER BY 1 DESC LIMIT ?) ORDER BY 1`,
      most,
    );
  }

  /** Closes the file. */
  close(): void {
    this.#database.close();
  }

  #entries(sql: string, ...values: readonly (string | number)[]): readonly LogEntry[] {
    return this.#read<unknown>(sql, ...values).map(readEntry);
  }

  /** Rows have the columns that the statement names, which its caller knows. */
  #read<Row>(sql: string, ...values: readonly (string | number)[]): readonly Row[] {
    return this.#database.prepare(sql).all(...values) as readonly Row[];
  }
}

/**
 * Opens the log. A file that is damaged is put aside under another name, and a new one begun.
 * @param tell is told of that.
 * @throws Error where it cannot be opened.
 */
export const openLog = async (tell: (line: string) => void): Promise<LogStore> => {
  const path = logPath();
  try {
    return new LogStore(await openDatabase(path));
  } catch (error) {
    if (!isDamage(error)) throw new Error(`${path}: ${messageOf(error)}`);
    const aside = `${path}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(path, aside);
    for (const part of ['-wal', '-shm']) moveIfThere(`${path}${part}`, `${aside}${part}`);
    tell(`the log is damaged. It is kept as ${aside}, and a new one is begun.`);
    return new LogStore(await openDatabase(path));
  }
};

const isDamage = (error: unknown): boolean =>
  /not a database|malformed|SQLITE_(NOTADB|CORRUPT)/i.test(messageOf(error));

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    // There was none.
  }
}

const readNumber = (row: unknown, name: string): number => Number(Reflect.get(Object(row), name) ?? 0);
