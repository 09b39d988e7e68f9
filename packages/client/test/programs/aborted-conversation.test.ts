// An answer that was stopped: by an abort when nothing is left to wait for, or at its limit in the midst of a call.
import { expect, it } from 'vitest';
import type { ConversationRecord } from '../../src/conversations/stored-conversation.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { failureOf } from '../fake-provider.ts';
import { asyncClient, client as syncClient } from './both-clients.ts';
import { type AnyRun, lines, opened, said, streamed } from './conversations.ts';

it('throws aborted where the store is just keeping the answer, and goes on from what was kept', async () => {
  const controller = new AbortController();
  const kept = memoryStore();
  const store = {
    ...kept,
    append(id: string, records: readonly ConversationRecord[]): void {
      kept.append(id, records);
      if (records.some((record) => record.kind === 'message' && record.message.role === 'assistant'))
        controller.abort();
    },
  };
  const chat = await opened(asyncClient, [{ content: 'Hello.' }, { content: 'Well.' }], { store });
  const failure = await failureOf(() => said(chat, 'Hi', { signal: controller.signal }));
  expect(failure).toMatchObject({ code: 'aborted' });
  expect(await said(chat, 'And now?')).toBe('Well.');
  expect(lines(chat.messages)).toEqual([
    'user: Hi',
    'assistant: Hello.',
    'user: And now?',
    'assistant: Well.',
  ]);
  const again = await opened(asyncClient, [], { store: kept, id: chat.id });
  expect(lines(again.messages)).toEqual(lines(chat.messages));
});

it('throws aborted, whichever chunk of a stream the abort follows', async () => {
  const script = [{ pieces: ['One ', 'two.'] }];
  const whole = await opened(asyncClient, script);
  let chunks = 0;
  for await (const _ of streamed(whole, 'Count.')) chunks++;
  for (let last = 1; last <= chunks; last++) {
    const controller = new AbortController();
    const { signal } = controller;
    const chat = await opened(asyncClient, script);
    const run: AnyRun = Reflect.apply(chat.send, undefined, ['Count.', { stream: true, signal }]);
    const reader = run[Symbol.asyncIterator]();
    for (let read = 0; read < last; read++) await reader.next();
    controller.abort();
    expect(await failureOf(() => run.result())).toMatchObject({ code: 'aborted' });
  }
});

it('keeps no call of an answer that stopped at its limit, whole or streamed', async () => {
  const half = { content: 'I look.', calls: [['1', 'look', '{"a":']], finish: 'length' } as const;
  for (const client of [asyncClient, syncClient]) {
    const chat = await opened(client, [half, { content: 'Well.' }]);
    await said(chat, 'Hi');
    const [, entry] = chat.entries;
    expect(entry).toMatchObject({
      cut: true,
      message: { content: 'I look.' },
      answer: { finish_reason: 'length' },
    });
    expect(entry?.message).not.toHaveProperty('tool_calls');
    expect(await said(chat, 'Go on.')).toBe('Well.');
  }
});
