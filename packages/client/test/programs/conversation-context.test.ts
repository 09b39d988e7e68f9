// What of a long conversation is sent: as many of the last turns as the model takes, or a summary of the others; with both clients.

import type { Message } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { failureOf } from '../fake-provider.ts';
import { type ScriptStep, WHOLE_CLIENTS } from './both-clients.ts';
import { type AnyConversation, lines, opened, said, streamed } from './conversations.ts';

/** A token is a word. */
const countTokens = (text: string): number => text.split(' ').length;
const words = (count: number, word = 'w'): string => Array(count).fill(word).join(' ');
const sentBy = (text: string): readonly Message[] => JSON.parse(text).messages;

describe.each(WHOLE_CLIENTS)('%s', (_, client) => {
  const open = (script: readonly ScriptStep[], params: object = {}) =>
    opened(client, script, { contextLength: 130, max_tokens: 30, countTokens, ...params });
  const speak = async (chat: AnyConversation, turns: number): Promise<void> => {
    for (let at = 0; at < turns; at++) await said(chat, words(10, `q${at}`));
  };

  it('leaves out the oldest turns, keeps the instructions, and says so', async () => {
    const chat = await open([{ content: words(10) }], { system: 'Be brief.' });
    await speak(chat, 4);
    const last = await said(chat, 'now', { script: [{ echo: true }] });
    const sent = sentBy(last);
    expect(sent[0]).toEqual({ role: 'system', content: 'Be brief.' });
    expect(sent[1]).toMatchObject({ role: 'user', content: expect.stringContaining('q1') });
    expect(sent.at(-1)).toEqual({ role: 'user', content: 'now' });
    expect(chat.entries).toHaveLength(10);
    const answer = await Reflect.apply(chat.retry, undefined, [{ script: [{ content: 'ok' }] }]);
    expect(answer.warnings).toEqual([
      'conversation: the 2 oldest of 9 messages were not sent, because all do not fit into the 130 tokens of model (counted).',
    ]);
  });

  it('tells the reader of a stream on the first chunk, and nobody of a conversation that fits', async () => {
    const chat = await open([{ content: words(10) }]);
    await speak(chat, 5);
    const warnings: unknown[] = [];
    const run = streamed(chat, 'now');
    for await (const chunk of run) warnings.push(chunk.warnings);
    expect(warnings[0]).toHaveLength(1);
    expect(warnings.slice(1).every((one) => one === undefined)).toBe(true);
    expect((await run.result()).warnings).toHaveLength(1);
    const short = await open([{ content: 'a' }]);
    const answer = await Reflect.apply(short.send, undefined, ['one']);
    expect(answer).not.toHaveProperty('warnings');
  });

  it('never parts the call of a tool from its result', async () => {
    const call = { calls: [['1', 'look', words(10)] as const] };
    const chat = await open([call, { content: 'Seen.' }, { content: words(10) }]);
    await said(chat, words(10, 'look'));
    await said(chat, { role: 'tool', tool_call_id: '1', content: words(20) });
    for (let at = 0; at < 8; at++) {
      const sent = sentBy(await said(chat, words(5), { script: [{ echo: true }] }));
      const tool = sent.findIndex(({ role }) => role === 'tool');
      if (tool !== -1) expect(sent[tool - 1]).toMatchObject({ tool_calls: [{ id: '1' }] });
      expect(sent[0]).toMatchObject({ role: 'user' });
      // What was echoed would be longer with each turn.
      await chat.edit(-1, words(10));
    }
    expect(sentBy(await said(chat, 'x', { script: [{ echo: true }] })).map(({ role }) => role)).not.toContain(
      'tool',
    );
  });

  it('sends a message that is too long alone, and leaves the judgement to the service', async () => {
    const chat = await open([{ echo: true }]);
    expect(sentBy(await said(chat, words(500)))).toHaveLength(1);
  });

  it('sends a summary in the place of what does not fit, once for several messages', async () => {
    const store = memoryStore();
    const chat = await open([{ content: words(10) }], { summarise: true, store });
    await speak(chat, 3);
    const sent = sentBy(await said(chat, words(10, 'now'), { script: [{ echo: true }] }));
    expect(sent[0]).toMatchObject({
      role: 'user',
      content: expect.stringMatching(/^Summary of the earlier/),
    });
    expect(sent[0]?.content).toContain('A summary of ');
    expect(lines(sent.slice(1))).toEqual([
      `user: ${words(10, 'q2')}`,
      `assistant: ${words(10)}`,
      `user: ${words(10, 'now')}`,
    ]);
    const summaries = () => store.read(chat.id).records.filter(({ kind }) => kind === 'summary');
    expect(summaries()).toHaveLength(1);
    await chat.edit(-1, 'short');
    const next = sentBy(await said(chat, 'and now', { script: [{ echo: true }] }));
    expect(next[0]).toEqual(sent[0]);
    expect(summaries()).toHaveLength(1);
    expect(chat.entries).toHaveLength(10);
    const again = await Reflect.apply(chat.retry, undefined, [{ script: [{ content: 'ok' }] }]);
    expect(again.warnings).toEqual([
      'conversation: a summary was sent in the place of the 4 oldest messages.',
    ]);
  });

  it('counts by what the caller says, and says what the model takes', async () => {
    const chat = await open([{ content: 'a b c' }], { system: 'x y' });
    await said(chat, 'one two');
    const count = await chat.tokens();
    // Two words, two, three; four for each message, and three for the beginning of an answer.
    expect(count).toEqual({ tokens: 2 + 2 + 3 + 4 * 3 + 3, contextLength: 130, isEstimate: false });
    const odd = await open([{ content: 'a' }], { countTokens: () => -1 });
    expect(await failureOf(async () => await odd.send(words(100)))).toMatchObject({
      message: expect.stringContaining('what countTokens returns'),
    });
    expect(odd.messages).toEqual([]);
  });

  it('counts an answer that is coming, and again when it has come', async () => {
    const chat = await open([{ pieces: ['a', ' b c d'] }]);
    const run = streamed(chat, 'one');
    const seen = new Set<number>();
    for await (const _chunk of run) seen.add((await chat.tokens()).tokens);
    // Two messages and the beginnings; one word, one more, and four.
    const base = 4 * 2 + 3 + 1;
    expect([...seen]).toEqual([base, base + 1 + 4, base + 4 + 4]);
  });

  it('counts reasoning, of which nobody knows whether the service takes it', async () => {
    const chat = await open([{ content: 'a', reasoning: words(10) }, { content: 'b' }]);
    await said(chat, 'one');
    // Two messages and the instructions, the beginning; the question. The line end before the reasoning parts no word here.
    const base = 4 * 3 + 3 + 1;
    expect(await chat.tokens()).toEqual({ tokens: base + 10, contextLength: 130, isEstimate: true });
    const details = [{ type: 'reasoning.text' as const, text: words(60) }];
    await said(chat, { role: 'assistant', content: 'x', reasoning_details: details });
    expect((await chat.tokens()).tokens).toBeGreaterThan(base + 10 + 59);
  });

  it('takes a picture for a thousand tokens, which is an estimate', async () => {
    const chat = await open([{ content: 'a' }], { contextLength: 10_000 });
    await said(chat, [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }]);
    const { tokens, isEstimate } = await chat.tokens();
    expect(isEstimate).toBe(true);
    expect(tokens).toBeGreaterThan(1000);
    expect(tokens).toBeLessThan(1100);
  });

  it('knows what a family takes, and nothing of a model that it does not know', async () => {
    const known = await opened(client, [], { model: 'gpt-4' });
    expect(await known.tokens()).toMatchObject({ contextLength: 8192 });
    const unknown = await opened(client, []);
    expect(await unknown.tokens()).toMatchObject({ contextLength: undefined, isEstimate: true });
    const chat = await opened(client, [{ content: 'a' }]);
    expect(sentBy(await said(chat, words(100_000), { script: [{ echo: true }] }))).toHaveLength(1);
  });
});
