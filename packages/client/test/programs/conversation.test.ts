// A conversation keeps its messages: what is sent, what is streamed, what came of an answer that was cut; with both clients.
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withGuard } from '../../src/guard/with-guard.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { failureOf } from '../fake-provider.ts';
import { asyncClient, SCRIPTED, WHOLE_CLIENTS } from './both-clients.ts';
import { lines, opened, said, streamed, wordsOf } from './conversations.ts';

describe.each(WHOLE_CLIENTS)('%s', (_, client) => {
  it('sends what was said before, and the instructions first', async () => {
    const chat = await opened(client, [{ content: 'Hello.' }, { echo: true }], { system: 'Be brief.' });
    expect(await said(chat, 'Hi')).toBe('Hello.');
    const sent = JSON.parse(await said(chat, 'And now?'));
    expect(sent.messages).toMatchObject([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'And now?' },
    ]);
    expect(chat.messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
      'assistant',
      'user',
      'assistant',
    ]);
    expect(chat.entries[1]).toMatchObject({
      message: { role: 'assistant', content: 'Hello.' },
      answer: { provider: 'scripted', model: 'own-model', finish_reason: 'stop' },
    });
    expect(chat.entries[1]).not.toHaveProperty('cut');
  });

  it('sends parameters of its own with every call, and those of one call over them', async () => {
    const chat = await opened(client, [{ echo: true }], { temperature: 0.1 });
    expect(JSON.parse(await said(chat, 'a'))).toMatchObject({ temperature: 0.1, model: 'own-model' });
    expect(JSON.parse(await said(chat, 'b', { temperature: 0.7 }))).toMatchObject({ temperature: 0.7 });
    const sent = JSON.parse(await said(chat, 'c'));
    expect(Object.keys(sent).sort()).toEqual(['messages', 'model', 'stream', 'temperature']);
  });

  it('takes parts, a message, and the results of several tools', async () => {
    const calls = [['1', 'a', '{}'] as const, ['2', 'b', '{}'] as const];
    const chat = await opened(client, [{ calls }, { content: 'Done.' }]);
    await said(chat, [{ type: 'text', text: 'Do both.' }]);
    await said(chat, [
      { role: 'tool', tool_call_id: '1', content: 'one' },
      { role: 'tool', tool_call_id: '2', content: 'two' },
    ]);
    expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'tool', 'assistant']);
    expect(chat.messages[0]).toEqual({ role: 'user', content: [{ type: 'text', text: 'Do both.' }] });
  });

  it.each([
    ['a part without its text', [{ type: 'text' }], {}],
    ['an address that is none', [{ type: 'image_url' }], {}],
    ['a call that is none', { role: 'assistant', content: null, tool_calls: [{}] }, {}],
    ['a parameter of another type', 'Hi', { temperature: 'hot' }],
    ['a limit of another type', 'Hi', { max_tokens: 'x', stream: true }],
    ['a model that is no name', 'Hi', { model: 5 }],
    ['a list with a hole', Object.assign([], { 1: { role: 'user', content: 'Hi' } }), {}],
  ])('leaves what is refused before anybody is asked: %s', async (_what, input, params) => {
    const store = memoryStore();
    const chat = await opened(client, [{ content: 'Hello.' }], { store, id: 'one' });
    const refused = await failureOf(() => {
      const answer = Reflect.apply(chat.send, undefined, [input, params]);
      return 'result' in answer ? answer.result() : answer;
    });
    expect(refused.code).toBe('invalid-request');
    expect(chat.messages).toEqual([]);
    expect(await said(chat, 'Right')).toBe('Hello.');
    const reopened = await opened(client, [{ content: 'Again.' }], { store, id: 'one' });
    expect(await said(reopened, 'More')).toBe('Again.');
    expect(lines(reopened.messages)).toEqual([
      'user: Right',
      'assistant: Hello.',
      'user: More',
      'assistant: Again.',
    ]);
  });

  it('streams, and gives the same answer at the end', async () => {
    const chat = await opened(client, [{ pieces: ['One ', 'two.'] }]);
    const run = streamed(chat, 'Count.');
    expect(await wordsOf(run)).toBe('One two.');
    expect((await run.result()).choices[0]?.message.content).toBe('One two.');
    expect(lines(chat.messages)).toEqual(['user: Count.', 'assistant: One two.']);
  });

  it('keeps what came when the reader leaves, marked, and goes on from there', async () => {
    const store = memoryStore();
    const chat = await opened(client, [{ pieces: ['One ', 'two.'] }, { echo: true }], { store });
    for await (const { choices } of streamed(chat, 'Count.')) if (choices[0]?.delta.content) break;
    expect(chat.entries.at(-1)).toMatchObject({ message: { content: 'One ' }, cut: true });
    const again = await opened(client, [{ echo: true }], { store, id: chat.id });
    expect(again.entries).toEqual(chat.entries);
    const sent = JSON.parse(await said(chat, 'Go on.'));
    expect(lines(sent.messages)).toEqual(['user: Count.', 'assistant: One ', 'user: Go on.']);
    expect(chat.entries[1]).toMatchObject({ cut: true });
    // The pieces have become a message.
    expect(store.read(chat.id).records.map(({ kind }) => kind)).toEqual(Array(4).fill('message'));
  });

  it('keeps what came when the answer fails, marked, and throws the failure', async () => {
    const store = memoryStore();
    const script = [{ pieces: ['One ', 'two '], breaks: true } as const, { content: 'Well.' }];
    const chat = await opened(client, script, { store });
    expect(await failureOf(() => said(chat, 'Count.'))).toMatchObject({ code: 'internal' });
    expect(chat.entries.at(-1)).toMatchObject({
      message: { content: 'One two ' },
      cut: true,
      answer: { provider: 'scripted' },
    });
    expect(store.read(chat.id).records.map(({ kind }) => kind)).toEqual(['message', 'message']);
    expect(await said(chat, 'Again.')).toBe('Well.');
    expect(chat.entries.map(({ cut }) => cut)).toEqual([undefined, true, undefined, undefined]);
  });

  it('asks again, and leaves the answer that was there in the store', async () => {
    const store = memoryStore();
    const chat = await opened(client, [{ content: 'First.' }], { store });
    await said(chat, 'Hi');
    const answer = await Reflect.apply(chat.retry, undefined, [{ script: [{ content: 'Second.' }] }]);
    expect(answer.choices[0].message.content).toBe('Second.');
    expect(lines(chat.messages)).toEqual(['user: Hi', 'assistant: Second.']);
    expect(store.read(chat.id).records.filter(({ kind }) => kind === 'message')).toHaveLength(3);
    const again = await opened(client, [], { store, id: chat.id });
    expect(again.entries).toEqual(chat.entries);
  });

  it('goes on from an edited message, by its place or its id', async () => {
    const chat = await opened(client, [{ content: 'a' }, { content: 'b' }]);
    await said(chat, 'one');
    await said(chat, 'two');
    await chat.edit(0, 'uno');
    expect(lines(chat.messages)).toEqual(['user: uno']);
    await chat.retry();
    expect(lines(chat.messages)).toEqual(['user: uno', 'assistant: a']);
    await chat.edit(chat.entries[1]?.id ?? '', 'other words');
    expect(lines(chat.messages)).toEqual(['user: uno', 'assistant: other words']);
    await chat.edit(-2, 'eins');
    expect(lines(chat.messages)).toEqual(['user: eins']);
    expect(await failureOf(async () => await chat.edit(7, 'x'))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('there is no entry 7 among 1'),
    });
  });

  it('forks: two conversations with one past', async () => {
    const store = memoryStore();
    const chat = await opened(client, [{ content: 'a' }, { content: 'b' }], { store, system: 'S' });
    await said(chat, 'one');
    const fork = await chat.fork({ id: 'other' });
    await said(fork, 'two');
    expect(lines(chat.messages)).toEqual(['system: S', 'user: one', 'assistant: a']);
    expect(lines(fork.messages)).toEqual([
      'system: S',
      'user: one',
      'assistant: a',
      'user: two',
      'assistant: b',
    ]);
    const first = await fork.fork({ at: 0 });
    expect(lines(first.messages)).toEqual(['system: S', 'user: one']);
    const again = await opened(client, [], { store, id: 'other' });
    expect(lines(again.messages)).toEqual(lines(fork.messages));
    expect(await failureOf(async () => await chat.fork({ id: 'other' }))).toMatchObject({
      message: expect.stringContaining('"other" already'),
    });
  });

  it('is opened again with the instructions that it had, unless others are given', async () => {
    const store = memoryStore();
    const chat = await opened(client, [{ content: 'a' }], { store, system: 'Old.' });
    await said(chat, 'one');
    const { id } = chat;
    expect((await opened(client, [], { store, id })).messages[0]).toEqual({
      role: 'system',
      content: 'Old.',
    });
    const other = await opened(client, [{ content: 'b' }], { store, id, system: 'New.' });
    await said(other, 'two');
    expect((await opened(client, [], { store, id })).messages[0]).toEqual({
      role: 'system',
      content: 'New.',
    });
    const none = await opened(client, [], { store, id, system: null });
    expect(none.messages[0]).toMatchObject({ role: 'user' });
  });

  it('answers one message at a time', async () => {
    const chat = await opened(client, [{ pieces: ['One ', 'two.'] }]);
    const run = streamed(chat, 'Count.');
    await Reflect.apply(Reflect.get(run, 'next'), run, []);
    expect(await failureOf(() => said(chat, 'And?'))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('still being read'),
    });
    const fork = await chat.fork();
    expect(await said(fork, 'Meanwhile?')).toBe('One two.');
    run.abort();
    expect(await said(chat, 'And?')).toBe('One two.');
    expect(lines(chat.messages)).toEqual(['user: Count.', 'user: And?', 'assistant: One two.']);
  });

  it('says what is wrong before anything is kept', async () => {
    const chat = await opened(client, [{ content: 'a' }]);
    const wrong = async (input: unknown, params?: object) =>
      (await failureOf(() => said(chat, input as string, params))).message;
    expect(await wrong(5)).toContain('input: a message');
    expect(await wrong([])).toContain('input');
    expect(await wrong({ role: 'system', content: 'x' })).toContain('`system`');
    expect(await wrong({ role: 'tool', content: 'x' })).toContain('tool_call_id');
    expect(await wrong({ role: 'user', content: 7 })).toContain('content');
    expect(await wrong({ role: 'user', content: [{ type: 'text', text: 1n }] })).toContain('input');
    expect(await wrong('x', { n: 2 })).toContain('n has no place');
    expect(await wrong('x', { system: 'y' })).toContain('conversation({ system })');
    expect(chat.entries).toEqual([]);
    expect(await failureOf(async () => await chat.retry())).toMatchObject({ code: 'invalid-request' });
  });

  it.each([
    [{ model: '' }, 'model'],
    [{ messages: [] }, 'messages has no place'],
    [{ stream: true }, 'send(input, { stream: true })'],
    [{ store: {} }, 'store'],
    [{ id: '../x', store: memoryStore() }, 'id must be'],
    [{ id: 'x' }, 'needs the store'],
    [{ contextLength: -1 }, 'contextLength'],
    [{ summarize: true }, 'summarise'],
    [{ countTokens: 5 }, 'countTokens'],
    [{ system: 5 }, 'content'],
  ])('refuses %j', async (params, words) => {
    const failure = await failureOf(() => opened(client, [], params));
    expect(failure).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(words) });
  });

  it('throws what a store throws, and counts nothing as kept until it is', async () => {
    const full = new Error('full');
    const store = {
      read: () => ({ records: [] }),
      append: () => {
        throw full;
      },
    };
    const chat = await opened(client, [{ content: 'a' }], { store });
    const failure: unknown = await said(chat, 'Hi').catch((error: unknown) => error);
    expect(failure).toBe(full);
    expect(chat.entries).toEqual([]);
  });
});

it('labels a count by the vocabulary of the model as none of an estimate, however often it is asked', async () => {
  const chat = await opened(asyncClient, [{ content: 'hello world' }], { model: 'gpt-4o' });
  await said(chat, 'hello world', { model: 'model' });
  for (let times = 0; times < 2; times++)
    expect(await chat.tokens()).toEqual({
      tokens: 2 + 2 + 4 * 3 + 3,
      contextLength: 128_000,
      isEstimate: false,
    });
  await said(chat, 'a '.repeat(600_000), { model: 'model' });
  for (let times = 0; times < 2; times++) expect(await chat.tokens()).toMatchObject({ isEstimate: true });
});

it('takes back what a guard did not let pass, and keeps the message whose answer it refused', async () => {
  // The script of the provider is a parameter, which the guard is given as well.
  const without = (words: string) => (text: string) => !text.includes(words);
  const guarded = new AsyncClient({
    env: {},
    provider: SCRIPTED,
    use: [withGuard({ input: without('bad word'), output: without('bad answer'), buffer: true })],
  });
  const chat = await opened(guarded, [{ content: 'A bad answer.' }]);
  expect(await failureOf(() => said(chat, 'A bad word.'))).toMatchObject({ code: 'content-filter' });
  expect(chat.messages).toEqual([]);
  expect(await failureOf(() => said(chat, 'Go.'))).toMatchObject({ code: 'content-filter' });
  expect(lines(chat.messages)).toEqual(['user: Go.']);
  guarded.close();
});
