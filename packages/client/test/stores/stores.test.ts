// What every store owes a conversation, whatever happens to the process that uses it.

import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { ConversationRecord } from '../../src/conversations/stored-conversation.ts';
import { Thread } from '../../src/programs/conversation/thread.ts';
import { fileStore } from '../../src/stores/file-store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { sqliteStore } from '../../src/stores/sqlite-store.ts';
import { fakeProvider, saying } from '../fake-provider.ts';
import { DISK_STORES, ended, heard, speaker, temporaryFolder } from './stores.ts';

const message = (id: string, parent: string | null, role: 'user' | 'assistant' = 'user') =>
  ({ kind: 'message', id, parent, message: { role, content: `says ${id}` }, createdAt: 1 }) as const;
const piece = (id: string, parent: string | null, text: string): ConversationRecord => ({
  kind: 'piece',
  id,
  parent,
  createdAt: 2,
  text,
});

const ALL = [
  ['memory', () => memoryStore()],
  ['file', () => fileStore(join(temporaryFolder(), 'new', 'folder'))],
  ['sqlite', () => sqliteStore(join(temporaryFolder(), 'a.db'))],
] as const;

describe.each(ALL)('the %s store', (_, make) => {
  it('gives back what it was given, in order, and knows nothing of others', () => {
    const store = make();
    const records: readonly ConversationRecord[] = [
      { kind: 'system', content: 'Be brief.\n"é🎉' },
      message('a', null),
      message('b', 'a', 'assistant'),
      { kind: 'summary', through: 'b', text: 'S' },
      { kind: 'head', id: 'a' },
    ];
    store.append('one', records.slice(0, 2));
    store.append('one', records.slice(2));
    store.append('two', [message('x', null)]);
    expect(store.read('one').records).toEqual(records);
    expect(store.read('none').records).toEqual([]);
    expect([...store.list()].sort()).toEqual(['one', 'two']);
    store.remove('one');
    store.remove('never');
    expect(store.list()).toEqual(['two']);
    expect(store.read('one').records).toEqual([]);
    store.close();
  });

  it('keeps the pieces of an answer until the answer is there', () => {
    const store = make();
    store.append('one', [message('a', null)]);
    for (const text of ['One ', 'two ']) store.append('one', [piece('b', 'a', text)]);
    const cut = Thread.from(store.read('one').records, 'one').entries;
    expect(cut[1]).toMatchObject({ id: 'b', message: { content: 'One two ' }, cut: true });
    store.append('one', [message('b', 'a', 'assistant')]);
    expect(store.read('one').records).toEqual([message('a', null), message('b', 'a', 'assistant')]);
    store.close();
  });
});

it('does the same work for each piece of an answer, however many came before it (memory)', () => {
  let looks = 0;
  const watched = (record: ConversationRecord): ConversationRecord =>
    new Proxy(record, {
      get(target, name) {
        looks++;
        return Reflect.get(target, name);
      },
    });
  // What the store keeps is then what it was given.
  vi.stubGlobal('structuredClone', (value: unknown) => value);
  onTestFinished(() => void vi.unstubAllGlobals());
  const store = memoryStore();
  store.append('one', [message('a', null)]);
  const pieces = 1000;
  for (let at = 0; at < pieces; at++) store.append('one', [watched(piece('b', 'a', 'x'))]);
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThanOrEqual(10 * pieces);
  expect(store.read('one').records).toHaveLength(1 + pieces);
});

describe.each(DISK_STORES)('the %s store', (kind, open) => {
  it.each(['async', 'sync'])(
    'loses nothing when a process is killed in mid-answer (%s client)',
    async (face) => {
      const { store, place } = open(temporaryFolder());
      const child = speaker(face, kind, place, 'talk', '1', 'waits');
      const said = await heard(child, 'three.');
      child.kill('SIGKILL');
      await ended(child);
      expect(said).toBe('One two three.');
      const { records, warnings = [] } = store.read('talk');
      expect(warnings).toEqual([]);
      const { entries } = Thread.from(records, 'talk');
      expect(entries).toMatchObject([
        { message: { role: 'user', content: `message 0 of ${child.pid}` } },
        { message: { role: 'assistant', content: 'One two three.' }, cut: true },
      ]);
      store.close();
    },
  );

  it('is written by several processes at once without a loss', async () => {
    const { store, place } = open(temporaryFolder());
    const children = [0, 1, 2].map(() => speaker('async', kind, place, 'talk', '15'));
    expect(
      await Promise.all(
        children.map(async (child) => {
          child.stdout?.resume();
          return await ended(child);
        }),
      ),
    ).toEqual([0, 0, 0]);
    const { records, warnings = [] } = store.read('talk');
    expect(warnings).toEqual([]);
    const messages = records.filter((record) => record.kind === 'message');
    expect(records).toHaveLength(messages.length);
    for (const { pid } of children) {
      const own = messages.filter(({ message: { content } }) => String(content).endsWith(` of ${pid}`));
      expect(own.map(({ message: { content } }) => content)).toEqual(
        Array.from({ length: 15 }, (__, at) => `message ${at} of ${pid}`),
      );
    }
    // One that opens the conversation meanwhile may tell of another's answer as cut: under its id, which then has two records.
    const answers = messages.filter(({ message: { role } }) => role === 'assistant');
    expect(new Set(answers.map(({ id }) => id)).size).toBe(45);
    // What each of them saw is one conversation; the last to write is where it goes on.
    expect(Thread.from(records, 'talk').entries.length).toBeGreaterThanOrEqual(30);
    store.close();
  });

  it('is read again by a client as it was', async () => {
    const folder = temporaryFolder();
    const client = new AsyncClient({ env: {}, provider: fakeProvider('fake', saying('Hello.')) });
    const { store } = open(folder);
    const chat = await client.conversation({ model: 'fake-model', store, system: 'Be brief.' });
    await chat.send('Hi');
    store.close();
    const { store: again } = open(folder);
    const same = await client.conversation({ model: 'fake-model', store: again, id: chat.id });
    expect(same.messages).toEqual(chat.messages);
    expect(same.entries).toEqual(chat.entries);
    again.close();
    client.close();
  });
});
