// Texts of SQLite that are no UTF-8. What libsql itself makes of the statements is tried where it is used.
import { expect, it } from 'vitest';
import { withSoundTexts } from '../../src/internal/sound-texts.ts';

const bytes = (...values: readonly number[]) => new Uint8Array(values);

/** A database that notes what it is asked, and has one row. */
const noting = (row: Record<string, unknown> | undefined) => {
  const asked: string[] = [];
  const statement = {
    run: (...values: never[]) => values.length,
    get: () => row,
    all: () => (row === undefined ? [] : [row]),
    columns: () => [{ name: 'id' }, { name: 'a "b"' }],
  };
  const prepare = (sql: string) => {
    asked.push(sql);
    return statement;
  };
  return {
    asked,
    database: withSoundTexts({ exec: (sql: string) => asked.push(sql), prepare, close: () => 7 }),
  };
};

it('asks for texts as bytes, and gives them as texts', () => {
  const row = { id: 1, ':0': 0, 'a "b"': bytes(0x61, 0xff), ':1': 1 };
  const { asked, database } = noting(row);
  const read = database.prepare(' select * FROM t');
  expect(asked).toEqual([
    ' select * FROM t',
    `SELECT ${['"id"', '"a ""b"""']
      .map(
        (name, at) =>
          `CASE typeof(${name}) WHEN 'text' THEN CAST(${name} AS BLOB) ELSE ${name} END AS ${name}, typeof(${name}) = 'text' AS ":${at}"`,
      )
      .join(', ')} FROM ( select * FROM t)`,
  ]);
  expect(read.get()).toEqual({ id: 1, 'a "b"': 'a\ufffd' });
  expect(read.all()).toEqual([{ id: 1, 'a "b"': 'a\ufffd' }]);
});

it('takes what is no text as it is: bytes, numbers and nothing', () => {
  const blob = bytes(1, 2);
  expect(noting({ id: null, ':0': 0, 'a "b"': blob, ':1': 0 }).database.prepare('SELECT 1').get()).toEqual({
    id: null,
    'a "b"': blob,
  });
  expect(noting(undefined).database.prepare('SELECT 1').get()).toBeUndefined();
});

it('looks at the columns of a statement once, and changes no statement that does not read', () => {
  const { asked, database } = noting(undefined);
  database.prepare('WITH a AS (SELECT 1) SELECT * FROM a');
  database.prepare('WITH a AS (SELECT 1) SELECT * FROM a');
  expect(asked).toHaveLength(3);
  expect(asked[2]).toBe(asked[1]);
  // Of many statements the first ones are looked at again: what is known of them does not grow.
  for (let at = 0; at < 200; at++) database.prepare(`SELECT ${at}`);
  asked.length = 0;
  database.prepare('WITH a AS (SELECT 1) SELECT * FROM a');
  database.prepare('SELECT 199');
  expect(asked).toHaveLength(3);
  expect(database.prepare('DELETE FROM t').run()).toBe(0);
  expect(asked.at(-1)).toBe('DELETE FROM t');
  database.exec('BEGIN');
  expect(asked.at(-1)).toBe('BEGIN');
  expect(database.close()).toBe(7);
});
