// Texts of a SQLite file that are no UTF-8, as those of a damaged file.

/** What a statement takes and gives, in the part of it that is used. */
interface Statement {
  run(...values: never[]): unknown;
  get?(...values: never[]): unknown;
  all(...values: never[]): readonly unknown[];
  columns?(): readonly { readonly name: string }[];
}

interface Database<S extends Statement> {
  exec(sql: string): unknown;
  prepare(sql: string): S;
  close(): unknown;
}

/** So many statements of a database are known; those of ours are far fewer. */
const KNOWN = 200;
const READS = /^\s*(?:SELECT|WITH)\b/i;
const utf8 = new TextDecoder();

/**
 * The database of libsql with statements that read any text: libsql 0.5 ends the whole process where one is not UTF-8. Texts are asked
 * for as their bytes; what is not UTF-8 in them becomes U+FFFD, as Node's own SQLite has it. Everything else is as it was.
 */
export const withSoundTexts = <S extends Statement, D extends Database<S>>(database: D): D => {
  const known = new Map<string, Reading>();
  const prepare = (sql: string): S => {
    if (!READS.test(sql)) return database.prepare(sql);
    let reading = known.get(sql);
    if (reading === undefined) {
      reading = readingOf(database.prepare(sql), sql);
      if (known.size === KNOWN) known.clear();
      known.set(sql, reading);
    }
    return soundly(database.prepare(reading.sql), reading.names);
  };
  const sound: Database<S> = {
    exec: (sql) => database.exec(sql),
    prepare,
    close: () => database.close(),
  };
  return sound as D;
};

/** A statement that reads texts as bytes, and the columns of the one it stands for. */
interface Reading {
  readonly sql: string;
  readonly names: readonly string[];
}

function readingOf(plain: Statement, sql: string): Reading {
  const names = (plain.columns?.() ?? []).map(({ name }) => name);
  const asked = names.map((name, at) => {
    const column = `"${name.replaceAll('"', '""')}"`;
    return `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END AS ${column}, typeof(${column}) = 'text' AS ":${at}"`;
  });
  return { sql: `SELECT ${asked.join(', ')} FROM (${sql})`, names };
}

function soundly<S extends Statement>(bytes: S, names: readonly string[]): S {
  const toRow = (read: unknown): unknown => (isRow(read) ? rowOf(read, names) : read);
  const statement: Statement = {
    run: (...values) => bytes.run(...values),
    get: (...values) => toRow(bytes.get?.(...values)),
    all: (...values) => bytes.all(...values).map(toRow),
  };
  return statement as S;
}

type Row = Readonly<Record<string, unknown>>;

/** It gives the one for `all`, and the other for `get`. */
const isBytes = (value: unknown): value is ArrayBuffer | Uint8Array =>
  value instanceof ArrayBuffer || value instanceof Uint8Array;

const isRow = (read: unknown): read is Row => typeof read === 'object' && read !== null;

const rowOf = (read: Row, names: readonly string[]): Row =>
  Object.fromEntries(
    names.map((name, at) => {
      const value = read[name];
      return [name, read[`:${at}`] === 1 && isBytes(value) ? utf8.decode(value) : value];
    }),
  );
