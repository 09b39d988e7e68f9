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

const READS = /^\s*(?:SELECT|WITH)\b/i;
const utf8 = new TextDecoder();

/**
 * The database of libsql with statements that read any text: libsql 0.5 ends the whole process where one is not UTF-8. Texts are asked
 * for as their bytes; what is not UTF-8 in them becomes U+FFFD, as Node's own SQLite has it. Everything else is as it was.
 *
 * @throws nothing of its own
 */
export const withSoundTexts = <S extends Statement, D extends Database<S>>(database: D): D => {
  const prepare = (sql: string): S => {
    const plain = database.prepare(sql);
    return READS.test(sql) && plain.columns !== undefined ? soundly(database, sql, plain) : plain;
  };
  const sound: Database<S> = {
    exec: (sql) => database.exec(sql),
    prepare,
    close: () => database.close(),
  };
  return sound as D;
};

function soundly<S extends Statement>(database: Database<S>, sql: string, plain: S): S {
  const names = (plain.columns?.() ?? []).map(({ name }) => name);
  const asked = names.map((name, at) => {
    const column = `"${name.replaceAll('"', '""')}"`;
    return `CASE typeof(${column}) WHEN 'text' THEN CAST(${column} AS BLOB) ELSE ${column} END AS ${column}, typeof(${column}) = 'text' AS ":${at}"`;
  });
  const bytes = database.prepare(`SELECT ${asked.join(', ')} FROM (${sql})`);
  const toRow = (read: unknown): unknown => (isRow(read) ? rowOf(read, names) : read);
  const statement: Statement = {
    run: (...values) => plain.run(...values),
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
