// What was asked is its owner's alone: no other user of the machine may read the log.
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../src/store/sqlite.ts';

it.skipIf(process.platform === 'win32')('the database and the files beside it', async () => {
  const home = await mkdtemp(join(tmpdir(), 'g4f-log-'));
  const folder = join(home, 'data');
  const modes = async () => {
    const names = (await readdir(folder)).sort();
    const mode = async (name: string) => [name, (await stat(join(folder, name))).mode & 0o777];
    return Object.fromEntries(await Promise.all(names.map(mode)));
  };
  const write = async () => {
    const database = await openDatabase(join(folder, 'log.db'));
    database.exec('CREATE TABLE IF NOT EXISTS asked (prompt TEXT)');
    const found = await modes();
    database.close();
    return found;
  };
  const usual = process.umask(0o022);
  try {
    const owned = { 'log.db': 0o600, 'log.db-shm': 0o600, 'log.db-wal': 0o600 };
    expect(await write()).toEqual(owned);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    // A file that an older version made is closed too.
    await chmod(join(folder, 'log.db'), 0o644);
    expect(await write()).toEqual(owned);
  } finally {
    process.umask(usual);
    await rm(home, { recursive: true });
  }
});
