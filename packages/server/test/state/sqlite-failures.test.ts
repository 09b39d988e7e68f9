// Files that cannot be used: each is told in one line that says what to do.
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { serve } from '../../src/index.ts';
import { openDatabase } from '../../src/state-engines/sqlite-driver.ts';
import { openSqliteFile } from '../../src/state-engines/sqlite-file.ts';
import { openSqliteState } from '../../src/state-engines/sqlite-state.ts';

const folderOf = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-sqlite-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

it('a file that is no database is not touched', async () => {
  const file = join(await folderOf(), 'state.db');
  await writeFile(file, 'This is a letter, and no database at all. '.repeat(200));
  await expect(serve({ port: 0, state: `sqlite:${file}` })).rejects.toThrow(
    `server: cannot open the state: SQLite file ${file}: the file is damaged, or no database. Restore a copy, or move it away.`,
  );
});

it('a folder, and a folder that cannot be made, are said to be none', async () => {
  const folder = await folderOf();
  await expect(openSqliteState({ file: folder, timeout: 100 })).rejects.toThrow(/cannot be opened/);
  await writeFile(join(folder, 'letter'), '');
  await expect(openSqliteState({ file: join(folder, 'letter/state.db'), timeout: 100 })).rejects.toThrow(
    /SQLite file .*letter\/state.db: /,
  );
});

it.skipIf(process.platform === 'win32')('a pipe is not waited for', async () => {
  const file = join(await folderOf(), 'state.db');
  execFileSync('mkfifo', [file]);
  await expect(openSqliteState({ file, timeout: 100 })).rejects.toThrow(
    `SQLite file ${file}: it is a pipe. Name a file`,
  );
});

it.skipIf(process.getuid?.() === 0)('a file that may only be read says so', async () => {
  const file = join(await folderOf(), 'state.db');
  await (await openSqliteState({ file, timeout: 100 })).close();
  await chmod(file, 0o400);
  await expect(openSqliteState({ file, timeout: 100 })).rejects.toThrow(/may not write/);
});

it('a file that is made is this user’s own', async () => {
  const file = join(await folderOf(), 'state.db');
  await (await openSqliteState({ file, timeout: 100 })).close();
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('a text that is no UTF-8 is read with U+FFFD: libsql would end the process', async () => {
  const database = await openDatabase(':memory:', 'file');
  database.exec('CREATE TABLE things (id INTEGER, "a ""name""" TEXT, bytes BLOB)');
  database.exec(
    "INSERT INTO things VALUES (1, CAST(x'61ff' AS TEXT), x'ff'), (2, 'ü', NULL), (3, NULL, x'')",
  );
  const from = () => database.prepare('SELECT * FROM things WHERE id >= ? ORDER BY id');
  const rows = from().all(1) as Record<string, unknown>[];
  expect(rows.map((row) => [row.id, row['a "name"']])).toEqual([
    [1, 'a\ufffd'],
    [2, 'ü'],
    [3, null],
  ]);
  expect(rows.map(({ bytes }) => bytes && (bytes as ArrayBuffer).byteLength)).toEqual([1, null, 0]);
  expect(from().get(9)).toBeUndefined();
  expect(from().get(1)).toMatchObject({ id: 1, 'a "name"': 'a\ufffd' });
  expect(database.prepare('WITH one AS (SELECT 1 AS x) SELECT x FROM one').get()).toMatchObject({ x: 1 });
  expect(database.prepare('DELETE FROM things WHERE id = ?').run(1)).toMatchObject({ changes: 1 });
  database.close();
});

it('a file of a newer version is not touched', async () => {
  const file = join(await folderOf(), 'state.db');
  const database = await openDatabase(file, 'file');
  database.exec('PRAGMA user_version = 99');
  database.close();
  await expect(openSqliteState({ file, timeout: 100 })).rejects.toMatchObject({
    message: `SQLite file ${file}: it was written by a newer version of @g4f/server. Install that one`,
  });
});

it('a file that another process holds is waited for, and then said to be held', async () => {
  const file = join(await folderOf(), 'state.db');
  const state = await openSqliteState({ file, timeout: 100 });
  onTestFinished(() => state.close());
  const other = await openDatabase(file, 'file');
  other.exec('BEGIN IMMEDIATE');
  await expect(state.deleteKey('k')).rejects.toThrow(/another process holds the database/);
  const waiting = openSqliteState({ file, timeout: 60_000 }).then(async (patient) => {
    const was = await patient.deleteKey('k');
    await patient.close();
    return was;
  });
  other.exec('COMMIT');
  other.close();
  expect(await waiting).toBe(false);
});

it('a full disk leaves nothing half written', async () => {
  const file = await openSqliteFile(join(await folderOf(), 'state.db'), 100);
  onTestFinished(() => file.close());
  // SQLite's own limit fails as a full disk does.
  file.prepare('PRAGMA max_page_count = 40').get();
  const insert = file.prepare('INSERT INTO keys (id, hash, created_at, record) VALUES (?, ?, 1, ?)');
  const filling = file.write(() => {
    for (let at = 0; at < 1_000; at += 1) insert.run(`key ${at}`, `hash ${at}`, 'x'.repeat(1_000));
  });
  await expect(filling).rejects.toThrow(/state.db: the disk is full or fails. Make room$/);
  expect(await file.read(() => file.prepare('SELECT id FROM keys').all())).toEqual([]);
  await file.write(() => insert.run('small', 'hash', '{}'));
  expect(await file.read(() => file.prepare('SELECT id FROM keys').all())).toHaveLength(1);
});
