// withRecording and withReplay: any call to a file and back, as its reader was given it, without keys and without a network.
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Provider } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { type ReplayOptions, withRecording, withReplay } from '../../src/tapes/with-tape.ts';
import { onItsClock, pass, stopClock, turns } from '../clock.ts';
import { collect, failing, failureOf, fakeProvider, start, stop, text, wordsOf } from '../fake-provider.ts';
import { dead, one } from './able-provider.ts';

const KEY = 'sk-proj-abcdefghijklmnopqrstuvwxyz0123456789';
const image = (url: string) => ({ type: 'image_url', image_url: { url } });

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-tapes-'));
  path = join(folder, 'calls.tape');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const recording = (provider: Provider = one) =>
  new AsyncClient({ env: {}, provider, maxRetries: 0, use: [withRecording(path)] });
const playing = (given: string | ReplayOptions = path, provider = dead) =>
  new AsyncClient({ env: {}, provider, use: [withReplay(given)] });
const chat = (client: AsyncClient, messages = 'hi') =>
  client.chat.completions.create({ model: 'family', messages, stream: true });

const sound = new File([Uint8Array.of(1, 2, 3)], 'a.mp3', { type: 'audio/mpeg' });
const CALLS: readonly [string, (client: AsyncClient) => Promise<unknown>][] = [
  ['a chat', (client) => collect(chat(client))],
  ['a whole chat', (client) => client.chat.completions.create({ model: 'family', messages: 'hi' })],
  [
    'a response',
    (client) => collect(client.responses.create({ model: 'family', input: 'hi', stream: true })),
  ],
  ['a whole response', (client) => client.responses.create({ model: 'family', input: 'hi' })],
  ['embeddings', (client) => client.embeddings.create({ model: 'family', input: 'hi' })],
  ['moderations', (client) => client.moderations.create({ model: 'family', input: 'hi' })],
  ['images', (client) => client.images.generate({ model: 'family', prompt: 'a cat' })],
  [
    'speech',
    async (client) => [
      ...new Uint8Array(
        await (await client.audio.speech.create({ model: 'family', input: 'hi' })).arrayBuffer(),
      ),
    ],
  ],
  ['a transcription', (client) => client.audio.transcriptions.create({ model: 'family', file: sound })],
  ['a completion', (client) => client.completions.create({ model: 'family', prompt: 'hi' })],
];

describe('a tape', () => {
  it.each(CALLS)('has %s, and gives it back as it was', async (_, call) => {
    const first = await call(recording());
    expect(JSON.stringify(await call(playing()))).toBe(JSON.stringify(first));
  });

  it('has all calls of a client, in one file that only its owner may read', async () => {
    const client = recording();
    const first = [];
    for (const [, call] of CALLS) first.push(await call(client));
    const again = playing();
    for (const [at, [, call]] of CALLS.entries()) expect(await call(again)).toEqual(first[at]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('gives equal calls their answers in order, and then the last one again', async () => {
    const client = recording();
    const [a, b] = [await collect(chat(client)), await collect(chat(client))];
    expect(a[0]?.system_fingerprint).not.toBe(b[0]?.system_fingerprint);
    const again = playing();
    expect(await collect(chat(again))).toEqual(a);
    expect(await collect(chat(again))).toEqual(b);
    expect(await collect(chat(again))).toEqual(b);
    expect(await again.health()).toEqual([]);
  });

  it('gives failures again after what came before them, and says where a reader had left', async () => {
    const down = fakeProvider('one', failing('rate-limit', [start(), text('half')]));
    const error = await failureOf(collect(chat(recording(down))));
    const into: Parameters<typeof wordsOf>[0][number][] = [];
    const again = await failureOf(collect(chat(playing()), into));
    expect(again).toMatchObject({ code: 'rate-limit', message: error.message });
    expect(wordsOf(into)).toBe('half');
    for await (const _ of chat(recording(), 'left')) break;
    await turns();
    expect(await failureOf(collect(chat(playing(), 'left')))).toMatchObject({ code: 'stream-truncated' });
  });

  it('has no key, in what is asked and answered, wherever the answer was cut', async () => {
    const leaky = fakeProvider('one', async function* ({ model }) {
      yield [start(model)];
      for (const letter of `it is ${KEY}!`) yield [text(letter)];
      yield [{ type: 'tool-call-delta', key: 'a', id: 'a', name: 'f', arguments: `{"k":"${KEY}"}` }];
      yield [{ type: 'finish', reason: 'tool_calls' }];
    });
    const given = wordsOf(await collect(chat(recording(leaky), `my key is ${KEY}`)));
    expect(given).toBe(`it is ${KEY}!`);
    expect(await readFile(path, 'utf8')).not.toMatch(/abcdefghijkl|"text":"b"/);
    const again = await collect(chat(playing(), `my key is ${KEY}`));
    expect(wordsOf(again)).toBe(`it is ${'*'.repeat(KEY.length)}!`);
  });

  it.each<[string, { metadata?: Record<string, string> }, unknown, CallOptions?]>([
    ['a text that begins as an address of data does', {}, `data: ${KEY}`],
    ['what names of the caller hold', { metadata: { data: KEY, signature: KEY } }, 'hi'],
    ['an address of words', {}, [{ role: 'user', content: [image(`data:text/plain,${KEY}`)] }]],
    [
      'fields that are called so',
      {},
      'hi',
      { extraBody: { api_key: 'hunter2hunter2', nested: { password: 'abcdefghijkl' } } },
    ],
  ])('has no key of what is asked: %s', async (_, params, messages, options) => {
    const call = { model: 'family', messages: messages as string, ...params };
    const first = await recording().chat.completions.create(call, options);
    expect(await readFile(path, 'utf8')).not.toMatch(/abcdefghijkl|hunter2/);
    expect((await playing().chat.completions.create(call, options)).id).toBe(first.id);
  });

  it('has pictures and sounds as they were', async () => {
    const url = `data:image/png;base64,${'sk/AKIAIOSFODNN7EXAMPLE'.repeat(3)}`;
    const data = 'AKIAIOSFODNN7EXAMPLE';
    const content = [image(url), { type: 'input_audio', input_audio: { data, format: 'mp3' } }];
    await collect(chat(recording(), [{ role: 'user', content }] as never));
    const { request } = JSON.parse(await readFile(path, 'utf8'));
    expect(request.messages[0].content).toEqual(content);
  });

  it.each<[string, (piece: string) => object]>([
    ['a refusal', (refusal) => ({ refusal })],
    ['reasoning', (piece) => ({ reasoning_details: [{ type: 'reasoning.text', text: piece }] })],
    ['speech', (transcript) => ({ audio: { id: 'a', transcript } })],
  ])('has no key that is cut between pieces of %s', async (_, delta) => {
    const leaky = fakeProvider('one', async function* ({ model }) {
      yield [start(model), text('x')];
      for (const piece of [KEY.slice(0, 6), KEY.slice(6)])
        yield [{ type: 'aside', extra: { delta: { ...delta(piece) } } }];
      yield [stop];
    });
    await collect(chat(recording(leaky)));
    expect(await readFile(path, 'utf8')).not.toMatch(/abcdefghijkl/);
    await collect(chat(playing()));
  });

  it('comes with the pauses that it had where that is wished', async () => {
    stopClock();
    const slow = fakeProvider('one', async function* ({ model }) {
      yield [start(model), text('a')];
      await new Promise((go) => setTimeout(go, 500));
      yield [text('b'), stop];
    });
    await onItsClock(collect(chat(recording(slow))));
    const entry = JSON.parse(await readFile(path, 'utf8'));
    expect(entry.pauses[1]).toBe(500);
    await writeFile(path, `${JSON.stringify({ ...entry, pauses: [0, 500, ...entry.pauses.slice(2)] })}\n`);
    expect(wordsOf(await collect(chat(playing())))).toBe('ab');
    const into: Parameters<typeof wordsOf>[0][number][] = [];
    const again = collect(chat(playing({ path, timing: true })), into);
    await turns(50);
    await pass(499);
    await turns();
    expect(wordsOf(into)).toBe('a');
    await pass(1);
    await onItsClock(again);
    expect(wordsOf(into)).toBe('ab');
  });

  it('is written and played by Client as well', () => {
    const moderator = new URL('../sync/fixtures/guarded.mjs', import.meta.url);
    const ask = (client: Client) => [
      ...client.chat.completions.create({ model: 'family', messages: 'hi', stream: true }),
    ];
    using client = new Client({ env: {}, provider: moderator, use: [withRecording(path)] });
    const first = ask(client);
    using again = new Client({ env: {}, provider: moderator, use: [withReplay(path)] });
    expect(ask(again)).toEqual(first);
    expect(again.health()).toEqual([]);
    expect(() => again.chat.completions.create({ model: 'family', messages: 'no' })).toThrow(
      /has no such call of chat/,
    );
  });
});

describe('a call that is not on the tape', () => {
  it('is refused, with the nearest and where it differs, and without what was asked', async () => {
    const client = recording();
    await collect(chat(client, 'the secret prompt'));
    await client.chat.completions.create({ model: 'family', messages: 'the secret prompt', temperature: 0 });
    const error = await failureOf(
      playing().chat.completions.create({ model: 'family', messages: 'another', temperature: 0 }),
    );
    expect(error).toMatchObject({ code: 'invalid-request', scope: 'request' });
    expect(error.message).toBe(
      `withReplay: ${path} has no such call of chat. The nearest is on line 2: it differs in messages[0].content. Record it, by withRecording.`,
    );
    const other = await failureOf(playing().embeddings.create({ model: 'family', input: 'x' }));
    expect(other.message).toContain('It has calls of chat.');
  });
});

describe('a file', () => {
  it.each<[string, (file: string) => Promise<string>, RegExp]>([
    ['that is not there', async (file) => file, /there is no such file. Record it first, by withRecording/],
    ['that is none', async () => folder, / is a folder\. Give the path of a file/],
    [
      'of something else',
      async (file) => {
        await writeFile(file, 'hello\n');
        return file;
      },
      /line 1 of .* is no call of a tape/,
    ],
    [
      'of another version',
      async (file) => {
        await writeFile(file, '{"tape":2}\n');
        return file;
      },
      /line 1 of .* is no call of a tape/,
    ],
    [
      'that is empty',
      async (file) => {
        await writeFile(file, '');
        return file;
      },
      /has no such call of chat. It is empty/,
    ],
  ])('%s is named', async (_, make, message) => {
    const error = await failureOf(collect(chat(playing(await make(path)))));
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toMatch(message);
  });

  it.each<[string, (entry: { parts: unknown[]; pauses: number[]; end: unknown }) => unknown]>([
    ['parts that are none', (entry) => ({ ...entry, parts: entry.parts.map(() => [{ type: 'sing' }]) })],
    ['an answer that is not whole', (entry) => ({ ...entry, parts: [entry.parts[0]], pauses: [0] })],
    ['an error that is none', (entry) => ({ ...entry, end: { error: { message: {} } } })],
    ['an error of no code', (entry) => ({ ...entry, end: { error: { message: 'x', code: 'toString' } } })],
    [
      'attempts that are none',
      (entry) => ({ ...entry, end: { error: { message: 'x', code: 'server', attempts: 5 } } }),
    ],
    [
      'lists in lists',
      (entry) => ({ ...entry, options: JSON.parse(`${'['.repeat(2000)}${']'.repeat(2000)}`) }),
    ],
  ])('whose line was changed is named, and its parts are no answer: %s', async (_, change) => {
    await collect(chat(recording()));
    await writeFile(path, `${JSON.stringify(change(JSON.parse(await readFile(path, 'utf8'))))}\n`);
    const error = await failureOf(collect(chat(playing())));
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toMatch(/line 1 of .* is no call of a tape/);
  });

  it('whose last line was not written to its end has the calls before it, and those after it', async () => {
    const first = await collect(chat(recording()));
    await appendFile(path, '{"tape":1,"operation":"ch');
    expect(await collect(chat(playing()))).toEqual(first);
    const next = await collect(chat(recording(), 'next'));
    const again = playing();
    expect(await collect(chat(again))).toEqual(first);
    expect(await collect(chat(again, 'next'))).toEqual(next);
    expect((await failureOf(collect(chat(again, 'other')))).message).toContain(
      'Not written to its end, and not read: line 2. Record it',
    );
  });

  it('that cannot be written is named before anybody is asked', async () => {
    path = join(folder, 'nowhere', 'calls.tape');
    const error = await failureOf(collect(chat(recording(dead))));
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(error.message).toMatch(/^withRecording: .* cannot be written: there is no such folder/);
  });

  it.each<[() => unknown, string]>([
    [() => withRecording(5 as never), 'withRecording must be given the path of a file; it is 5.'],
    [() => withReplay(''), 'withReplay must be given the path of a file; it is "".'],
    [
      () => withReplay({ path: 'x', speed: 2 } as never),
      'withReplay has no field "speed"; it may have path, timing.',
    ],
    [
      () => withReplay({ path: 'x', timing: 1 } as never),
      'withReplay timing must be true or false; it is 1.',
    ],
  ])('is checked where it is named', (make, message) => {
    expect(make).toThrow(message);
  });
});
