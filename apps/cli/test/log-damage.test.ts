// A log that others have written into: an entry that is none is named, and not handed on.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { LogStore } from '../src/store/log-store.ts';
import { openDatabase } from '../src/store/sqlite.ts';

const logWith = async (change: string): Promise<LogStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-log-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const database = await openDatabase(join(folder, 'log.db'));
  const log = new LogStore(database);
  onTestFinished(() => log.close());
  log.begin({ cid: 'a', requested: 'm', system: null, prompt: 'x', content: '["x"]' });
  database.exec(change);
  return log;
};

it.each([
  ['answer', "x'00'"],
  ['cid', "x'00'"],
  ['at', '9000000000000000'],
  ['at', "'x'"],
  ['content', "'{'"],
  ['content', "'5'"],
  ['cost', "'much'"],
])('%s = %s', async (column, value) => {
  const log = await logWith(`UPDATE entries SET ${column} = ${value}`);
  expect(() => log.newest(1)).toThrow(`the log is damaged: entry 1 has another ${column}. Restore a copy`);
  expect(() => [...log.everything()]).toThrow('the log is damaged');
});

it('reads texts that are no UTF-8: libsql would end the process', async () => {
  const log = await logWith(
    `UPDATE entries SET prompt = CAST(x'61ff62' AS TEXT), model = CAST(x'fe' AS TEXT)`,
  );
  expect(log.newest(1)).toMatchObject([{ prompt: 'a\ufffdb', model: '\ufffd', cid: 'a' }]);
  expect(log.modelStats()).toMatchObject([{ model: '\ufffd' }]);
});

it('tells days and models by texts, whatever stands there', async () => {
  const log = await logWith("UPDATE entries SET at = 'x', model = x'6d', provider = x'70'");
  expect(log.dayStats(1)).toEqual([{ day: '1970-01-01', questions: 1 }]);
  expect(log.modelStats()).toMatchObject([{ model: 'm', provider: 'p' }]);
});
