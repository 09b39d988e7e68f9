// A conversation that somebody else wrote: what cannot be read of it is named before anything is sent.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { fileStore } from '../../src/stores/file-store.ts';
import { isSendable } from '../../src/stores/is-message.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';
import { temporaryFolder } from './stores.ts';

const message = (id: string, parent: string | null) =>
  ({ kind: 'message', id, parent, message: { role: 'user', content: id }, createdAt: 1 }) as const;

describe('a conversation of somebody else', () => {
  it.each<[string, unknown]>([
    ['a content that is no text', { role: 'user', content: 5 }],
    ['a content that is not there', { role: 'user' }],
    ['a part that is none', { role: 'user', content: [null] }],
    ['a part without its type', { role: 'user', content: [{}] }],
    ['a role that there is not', { role: 'me', content: 'x' }],
    ['a result without its call', { role: 'tool', content: 'x' }],
    ['a list', []],
  ])('refuses a file that somebody else wrote, with %s, by its name and line', async (_, wrong) => {
    const folder = temporaryFolder();
    const file = join(folder, 'one.jsonl');
    const record = { ...message('a', null), message: wrong };
    writeFileSync(file, `${JSON.stringify(message('b', null))}\n${JSON.stringify(record)}\n`);
    const said = `fileStore: ${file} is damaged: line 2 is no record of a conversation. Take that line out of the file, or restore the file from a copy.`;
    const options = { env: {}, provider: fakeProvider('fake', saying('Hello.')) };
    const params = { model: 'fake-model', store: fileStore(folder), id: 'one' };
    const client = new AsyncClient(options);
    expect(await failureOf(client.conversation(params))).toMatchObject({
      code: 'invalid-request',
      message: said,
    });
    // A store of one's own is not looked at before.
    const store = {
      read: () => ({ records: [message('b', null), record] as never }),
      append: () => undefined,
    };
    expect((await failureOf(client.conversation({ ...params, store }))).message).toBe(
      'conversation: what the store has of "one" is damaged: record 2 is no record of a conversation. Mend it in the store, or begin another conversation.',
    );
    client.close();
  });

  it.each<[string, unknown]>([
    ['a text without its words', { role: 'user', content: [{ type: 'text' }] }],
    ['a picture without its address', { role: 'user', content: [{ type: 'image_url', image_url: 'x' }] }],
    [
      'a sound without its format',
      { role: 'user', content: [{ type: 'input_audio', input_audio: { data: '' } }] },
    ],
    ['a file that is a text', { role: 'user', content: [{ type: 'file', file: 'x' }] }],
    ['a refusal without its words', { role: 'assistant', content: [{ type: 'refusal', refusal: 5 }] }],
    ['a name that is no text', { role: 'user', content: 'x', name: 5 }],
    ['a reasoning that is no text', { role: 'assistant', content: 'x', reasoning: {} }],
    ['details that are no list', { role: 'assistant', content: 'x', reasoning_details: 'x' }],
    ['a call without its function', { role: 'assistant', content: null, tool_calls: [{ id: 'a' }] }],
    ['calls that are no list', { role: 'assistant', content: 'x', tool_calls: 5 }],
  ])('refuses to go on from a message with %s, by its conversation and id', async (_, wrong) => {
    const store = fileStore(temporaryFolder());
    store.append('one', [message('a', null), { ...message('b', 'a'), message: wrong as never }]);
    const client = new AsyncClient({ env: {}, provider: fakeProvider('fake', saying('Hello.')) });
    const params = { model: 'fake-model', store, id: 'one' };
    expect(await failureOf(client.conversation(params))).toMatchObject({
      code: 'invalid-request',
      message:
        'conversation: what the store has of "one" is damaged: the message with the id "b" cannot be sent to a model. Mend it in the store, or begin another conversation.',
    });
    // One that was left is not in its way.
    store.append('one', [{ kind: 'head', id: 'a' }]);
    expect((await client.conversation(params)).entries).toHaveLength(1);
    client.close();
  });

  it('reads every message that can be sent', () => {
    const store = fileStore(temporaryFolder());
    const parts = [
      { type: 'text', text: '' },
      { type: 'image_url', image_url: { url: 'data:,' } },
      { type: 'input_audio', input_audio: { data: '', format: 'wav' } },
      { type: 'file', file: { file_id: 'a' } },
      { type: 'video_url', video_url: 5 },
    ];
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '' }, extra_content: {} };
    const records = [
      { role: 'user', content: parts, name: 'me' },
      { role: 'developer', content: 'x' },
      { role: 'assistant', content: null, reasoning: 'x', reasoning_details: [{}], tool_calls: [call] },
      { role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }], refusal: null },
      { role: 'tool', content: [], tool_call_id: 'c' },
    ].map((one) => ({ ...message('a', null), message: one as never }));
    store.append('one', records);
    expect(store.read('one').records).toEqual(records);
    expect(records.map(({ message }) => isSendable(message))).toEqual(records.map(() => true));
  });
});
