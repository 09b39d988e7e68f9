// A store that is damaged, full, or not to be written: what is whole is kept, what is not is said, and nothing is dropped in silence.
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { fileStore } from '../../src/stores/file-store.ts';
import { readLines } from '../../src/stores/read-lines.ts';
import { openDatabase } from '../../src/stores/sqlite-database.ts';
import { sqliteStore } from '../../src/stores/sqlite-store.ts';
import { storeError } from '../../src/stores/store-error.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { temporaryFolder } from './stores.ts';

const message = (id: string, parent: string | null) =>
  ({ kind: 'message', id, parent, message: { role: 'user', content: id }, createdAt: 1 }) as const;
const isRoot = process.getuid?.() === 0;

describe('the file store', () => {
  it('is readable by its owner alone', () => {
    const folder = join(temporaryFolder(), 'kept');
    fileStore(folder).append('one', [message('a', null)]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'one.jsonl')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')(
    'waits for no pipe and reads no device that others put there',
    () => {
      const folder = temporaryFolder();
      const store = fileStore(folder);
      execFileSync('mkfifo', [join(folder, 'pipe.jsonl'), join(folder, 'kept.answer.part')]);
      symlinkSync('/dev/zero', join(folder, 'device.jsonl'));
      mkdirSync(join(folder, 'folder.jsonl'));
      for (const id of ['pipe', 'device', 'kept']) {
        const read = () => store.read(id);
        expect(read).toThrow(/is a (?:pipe|device or a socket) where a file is needed/);
      }
      for (const id of ['pipe', 'device', 'folder'])
        expect(() => store.append(id, [message('a', null)])).toThrow(
          /fileStore: .*(?:where a file is needed|cannot be)/,
        );
      expect(() => sqliteStore(join(folder, 'pipe.jsonl'))).toThrow(
        /^sqliteStore: .* is a pipe where a file is needed/,
      );
      store.remove('pipe');
      expect(readdirSync(folder)).not.toContain('pipe.jsonl');
    },
  );

  it('keeps a torn line, says so, and goes on behind it', async () => {
    const folder = temporaryFolder();
    const store = fileStore(folder);
    const path = join(folder, 'one.jsonl');
    store.append('one', [message('a', null)]);
    appendFileSync(path, '{"kind":"message","id":"b","par');
    const { records, warnings } = store.read('one');
    expect(records).toEqual([message('a', null)]);
    expect(warnings).toEqual([expect.stringContaining(`line 3 of ${path} was torn`)]);
    store.append('one', [message('c', 'a')]);
    expect(store.read('one').records).toEqual([message('a', null), message('c', 'a')]);
    expect(store.read('one').warnings).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toContain('{"kind":"message","id":"b","par\n');
    const client = new AsyncClient({ env: {}, provider: fakeProvider('fake', saying('Hello.')) });
    const chat = await client.conversation({ model: 'fake-model', store, id: 'one' });
    expect(chat.warnings).toHaveLength(1);
    client.close();
  });

  it('reads as much of a file as is whole, wherever its writer was stopped', () => {
    const folder = temporaryFolder();
    fileStore(folder).append('one', [message('a', null), message('b', 'a')]);
    const bytes = readFileSync(join(folder, 'one.jsonl'));
    for (let at = 0; at <= bytes.length; at++) {
      const { records, warnings } = readLines(bytes.subarray(0, at).toString(), 'x');
      expect(records).toEqual([message('a', null), message('b', 'a')].slice(0, records.length));
      const isWhole = at === 0 || bytes[at - 1] === 10 || bytes[at] === 10 || at === bytes.length;
      expect(warnings).toHaveLength(isWhole ? 0 : 1);
    }
  });

  it('refuses a file with a line that is no record', async () => {
    const folder = temporaryFolder();
    const store = fileStore(folder);
    store.append('one', [message('a', null)]);
    const path = join(folder, 'one.jsonl');
    const good = readFileSync(path, 'utf8');
    for (const line of [
      'rubbish',
      '\0\0\0',
      '{"kind":"message","id":5}',
      '[]',
      '{"kind":"system","content":[null]}',
    ]) {
      writeFileSync(path, `${line}\n${good}`);
      expect((await failureOf(() => store.read('one'))).message).toContain(`${path} is damaged: line 1`);
    }
    // A kind that a newer version may write is passed over.
    writeFileSync(path, `${good}{"kind":"reaction","id":"x"}\n`);
    expect(store.read('one').records).toHaveLength(1);
  });

  it('refuses a file of a newer version, and one of another conversation', async () => {
    const folder = temporaryFolder();
    const header = (version: number, id: string) =>
      `${JSON.stringify({ kind: 'conversation', version, id })}\n`;
    writeFileSync(join(folder, 'new.jsonl'), header(2, 'new'));
    writeFileSync(join(folder, 'a.jsonl'), header(1, 'A'));
    expect((await failureOf(() => fileStore(folder).read('new'))).message).toContain('newer version');
    expect((await failureOf(() => fileStore(folder).read('a'))).message).toContain('is the conversation "A"');
  });

  it('says that a conversation whose beginning is lost is damaged', async () => {
    const store = fileStore(temporaryFolder());
    store.append('one', [message('b', 'a')]);
    const client = new AsyncClient({ env: {}, provider: fakeProvider('fake', saying('Hello.')) });
    const failure = await failureOf(client.conversation({ model: 'fake-model', store, id: 'one' }));
    expect(failure.message).toContain('"one" is damaged');
    client.close();
  });

  it('leads no id out of its folder', async () => {
    const folder = temporaryFolder();
    for (const id of ['../x', 'a/b', '', '.', 'a.b', 'é', 'x'.repeat(129)])
      expect((await failureOf(() => fileStore(folder).append(id, [message('a', null)]))).message).toContain(
        'id must be',
      );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lists ids alone, whatever else is in its folder', () => {
    const folder = temporaryFolder();
    const store = fileStore(folder);
    store.append('one', [message('a', null)]);
    for (const name of ['two words.jsonl', '.jsonl', 'one.copy.jsonl', 'note.txt'])
      writeFileSync(join(folder, name), '');
    expect(store.list()).toEqual(['one']);
  });

  it('says what is wrong with its place', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const wrong = async (place: string) =>
      (await failureOf(() => fileStore(place).append('one', [message('a', null)]))).message;
    expect(await wrong(file)).toContain('it is a file where a folder is needed');
    expect(await wrong(join(file, 'in'))).toContain('a part of its path is a file');
    expect((await failureOf(() => fileStore(''))).message).toContain('the path of a folder is needed');
    mkdirSync(join(folder, 'one.jsonl'));
    expect(await wrong(folder)).toContain('it is a folder where a file is needed');
  });

  it.skipIf(isRoot)('says that a folder is not to be written', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    const failure = await failureOf(() => fileStore(folder).append('one', [message('a', null)]));
    expect(failure.message).toContain('it is not permitted');
  });
});

it.each(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EMFILE', 'EIO'])(
  'says what %s means, in one line',
  (code) => {
    const { message } = storeError(
      'fileStore: /a/b.jsonl cannot be written',
      Object.assign(new Error(), { code }),
      '/a',
    );
    expect(message).toMatch(/^fileStore: \/a\/b\.jsonl cannot be written: [^.]+\. [A-Z][^.]+\.$/);
  },
);

describe('the SQLite store', () => {
  it('refuses what is no SQLite file, and one that is damaged', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.db');
    writeFileSync(path, 'This is a text, and no database at all. '.repeat(200));
    expect((await failureOf(() => sqliteStore(path))).message).toContain('it is no SQLite file');
    const good = join(folder, 'good.db');
    const store = sqliteStore(good);
    for (let at = 0; at < 200; at++) store.append('one', [message(`m${at}`, null)]);
    store.close();
    const bytes = readFileSync(good);
    bytes.fill(0xff, 4096, bytes.length);
    writeFileSync(good, bytes);
    const failure = await failureOf(() => {
      const again = sqliteStore(good);
      again.read('one');
    });
    expect(failure.message).toMatch(/it is damaged|it is no SQLite file/);
  });

  it('refuses a record that is no UTF-8: libsql would end the process', async () => {
    const path = join(temporaryFolder(), 'a.db');
    const store = sqliteStore(path);
    store.append('one', [message('m', null)]);
    store.close();
    const database = openDatabase(path);
    database.exec("UPDATE g4f_records SET record = CAST(x'7bff7d' AS TEXT)");
    database.close();
    const again = sqliteStore(path);
    expect((await failureOf(() => again.read('one'))).message).toContain('damaged');
    again.close();
  });

  it('refuses a file whose table is gone', async () => {
    const path = join(temporaryFolder(), 'a.db');
    sqliteStore(path).close();
    const database = openDatabase(path);
    database.exec('DROP TABLE g4f_records');
    database.close();
    expect((await failureOf(() => sqliteStore(path))).message).toMatch(
      /sqliteStore: .*a\.db cannot be opened: it is damaged, or another program’s/,
    );
  });

  it('refuses a file of a newer version', async () => {
    const path = join(temporaryFolder(), 'a.db');
    sqliteStore(path).close();
    const bytes = readFileSync(path);
    // Where SQLite has its user_version: https://www.sqlite.org/fileformat.html
    bytes.writeUInt32BE(9, 60);
    writeFileSync(path, bytes);
    expect((await failureOf(() => sqliteStore(path))).message).toContain('newer version');
  });

  it('says what is wrong with its place, and that it is closed', async () => {
    const folder = temporaryFolder();
    expect((await failureOf(() => sqliteStore(join(folder, 'none', 'a.db')))).message).toContain(
      'no such folder',
    );
    expect((await failureOf(() => sqliteStore(folder))).message).toContain('it is a folder');
    expect((await failureOf(() => sqliteStore(''))).message).toContain('the path of a file is needed');
    const store = sqliteStore(join(folder, 'a.db'));
    store.close();
    store.close();
    expect((await failureOf(() => store.append('one', [message('a', null)]))).message).toContain('closed');
  });
});
