// The small client: one provider that is given to it, with the same chunks, answers and failures as the other.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Provider } from '@g4f/core';
import { openaiCompatible } from '@g4f/providers';
import groq from '@g4f/providers/groq';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { AsyncClient as FullClient } from '../src/async-client.ts';
import { AsyncClient, G4FError, type MiniOptions, type MiniParams } from '../src/mini.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  recording,
  saying,
  start,
  text,
  wordsOf,
} from './fake-provider.ts';
import { type Answer, begin, chunk, type FakeService, json, say, startService } from './fake-service.ts';

let service: FakeService | undefined;
afterEach(async () => {
  await service?.close();
  service = undefined;
});
const serve = async (answer?: Answer): Promise<FakeService> => {
  service = await startService(answer);
  return service;
};

const clientOf = (options: Partial<MiniOptions> = {}): AsyncClient =>
  new AsyncClient({ provider: fakeProvider('acme', saying('Hel', 'lo')), env: {}, ...options });
const ASKED = { model: 'family', messages: 'hi' };
const refused = (options: object): Promise<unknown> =>
  failureOf(async () => new AsyncClient({ provider: groq, env: {}, ...options } as MiniOptions));

describe('an answer', () => {
  it('is the same as that of the other client, streamed and whole', async () => {
    const { url } = await serve(say('Hel', 'lo'));
    const provider = openaiCompatible({ baseURL: url });
    const small = new AsyncClient({ provider }).chat.completions;
    const both = [small, new FullClient({ provider }).chat.completions satisfies typeof small];
    const streams = await Promise.all(both.map((one) => collect(one.create({ ...ASKED, stream: true }))));
    expect(wordsOf(streams[0] ?? [])).toBe('Hello');
    expect(streams[0]).toEqual(streams[1]);
    const answers = await Promise.all(both.map((one) => one.create(ASKED)));
    expect(answers[0]).toMatchObject({ provider: 'custom', choices: [{ message: { content: 'Hello' } }] });
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is asked for by the provider’s own id of the model, with what the call says over the client', async () => {
    const asked: Parameters<Parameters<typeof recording>[0]['push']>[0][] = [];
    const provider = fakeProvider('acme', recording(asked));
    const client = clientOf({ provider, apiKey: 'sk-client', baseURL: 'http://127.0.0.1:1/v1/' });
    await client.chat.completions.create({ ...ASKED, provider: 'acme', top_k: 5 });
    await client.chat.completions.create({ ...ASKED, model: 'acme:other' }, { apiKey: 'sk-call' });
    expect(asked.map(({ request }) => request.model)).toEqual(['acme-model', 'other']);
    expect(asked[0]?.request).toMatchObject({ messages: [{ role: 'user', content: 'hi' }], top_k: 5 });
    expect(asked[0]?.request).not.toHaveProperty('provider');
    expect(asked.map(({ context }) => context.apiKey)).toEqual(['sk-client', 'sk-call']);
    expect(asked[0]?.context.baseURL).toBe('http://127.0.0.1:1/v1');
  });

  it('tells who was asked', async () => {
    const stream = clientOf().chat.completions.create({ ...ASKED, stream: true });
    await collect(stream);
    expect(stream.route).toMatchObject([{ provider: 'acme', model: 'acme-model' }]);
  });

  it('closes its connection when its reader leaves', async () => {
    const { url, sockets } = await serve((response) => begin(response, chunk({ content: 'a' })));
    const { chat } = new AsyncClient({ provider: openaiCompatible({ baseURL: url }) });
    for await (const one of chat.completions.create({ ...ASKED, stream: true }))
      if (one.choices[0]?.delta.content) break;
    await expect.poll(() => sockets.size).toBe(0);
  });
});

describe('a provider', () => {
  it('may let go of what it holds when its reader leaves', async () => {
    const letGo = vi.fn();
    const provider = fakeProvider('acme', async function* () {
      try {
        yield [start(), text('a')];
        yield [text('b')];
      } finally {
        letGo();
      }
    });
    for await (const _ of clientOf({ provider }).chat.completions.create({ ...ASKED, stream: true })) break;
    await expect.poll(() => letGo.mock.calls.length).toBe(1);
  });

  it('that is an instance of a class keeps what its prototype holds', async () => {
    class Classy implements Provider {
      readonly name = 'Classy';
      readonly website = 'https://example.com';
      readonly key = 'none';
      readonly chat = saying('ok');
      get id(): string {
        return 'classy';
      }
      get models(): Provider['models'] {
        return { family: 'classy-1' };
      }
    }
    const answer = await clientOf({ provider: new Classy() }).chat.completions.create(ASKED);
    expect(answer).toMatchObject({ provider: 'classy', model: 'classy-1' });
  });

  it('gets no key and no address that was given for another', async () => {
    const asked: Parameters<Parameters<typeof recording>[0]['push']>[0][] = [];
    const client = clientOf({ apiKey: 'sk-acme', baseURL: 'http://127.0.0.1:1' });
    const provider = fakeProvider('other', recording(asked));
    await client.chat.completions.create({ ...ASKED, provider });
    expect(asked[0]?.context).toMatchObject({ apiKey: undefined, baseURL: undefined });
  });

  it('may have its address in a variable', async () => {
    const { url } = await serve();
    const { chat } = clientOf({ provider: groq, env: { GROQ_API_KEY: 'k', GROQ_BASE_URL: url } });
    expect((await chat.completions.create(ASKED)).choices[0]?.message.content).toBe('Hello');
    expect(await refused({ env: { GROQ_BASE_URL: 'nowhere' } })).toMatchObject({
      message: expect.stringMatching(/^GROQ_BASE_URL must be an http/),
    });
  });
});

describe('observers', () => {
  const NAMES = ['g4f:request', 'g4f:attempt', 'g4f:first-content', 'g4f:finish'];
  const hear = (): { name: string; message: Record<string, unknown> }[] => {
    const told: { name: string; message: Record<string, unknown> }[] = [];
    const listen = (message: unknown, name: string | symbol): void =>
      void told.push({ name: String(name), message: { ...(message as object) } });
    for (const name of NAMES) subscribe(name, listen);
    onTestFinished(() => {
      for (const name of NAMES) unsubscribe(name, listen);
    });
    return told;
  };
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };

  it('hear of an answer, and what it cost', async () => {
    const told = hear();
    const provider = fakeProvider('acme', async function* () {
      yield [start(), text('a'), { type: 'finish', reason: 'stop' }, { type: 'usage', usage }];
    });
    await clientOf({ provider }).chat.completions.create(ASKED);
    expect(told.map(({ name }) => name)).toEqual([
      'g4f:request',
      'g4f:first-content',
      'g4f:attempt',
      'g4f:finish',
    ]);
    expect(told.at(-1)?.message).toMatchObject({ provider: 'acme', usage });
    expect(told.at(-1)?.message).not.toHaveProperty('code');
  });

  it('hear of a reader who leaves', async () => {
    const told = hear();
    const stream = clientOf().chat.completions.create({ ...ASKED, stream: true });
    for await (const _ of stream) break;
    await expect.poll(() => told.at(-1)).toMatchObject({ name: 'g4f:finish', message: { code: 'aborted' } });
    expect(told.find(({ name }) => name === 'g4f:attempt')?.message).toMatchObject({
      code: 'aborted',
      message: 'acme: its reader left.',
    });
  });
});

describe('a failure', () => {
  it('that may pass is asked about again, as often as it may be', async () => {
    let asked = 0;
    const { url } = await serve((response, request) => {
      asked += 1;
      if (asked < 3) json(response, { error: { message: 'busy' } }, 503);
      else say('at last')(response, request);
    });
    const provider = openaiCompatible({ baseURL: url });
    const stream = clientOf({ provider }).chat.completions.create({ ...ASKED, stream: true });
    expect(wordsOf(await collect(stream))).toBe('at last');
    expect(stream.route).toMatchObject([{ provider: 'custom', retries: 2 }]);
    asked = 0;
    const once = clientOf({ provider, maxRetries: 1 });
    expect(await failureOf(once.chat.completions.create(ASKED))).toMatchObject({
      code: 'server',
      status: 503,
    });
    expect(asked).toBe(2);
    asked = -9;
    const error = await failureOf(clientOf({ provider, maxRetries: 1 }).chat.completions.create(ASKED));
    expect(error.attempts).toMatchObject([{ provider: 'custom', code: 'server', retries: 1 }]);
  });

  it.each([
    ['that cannot pass', failing('auth')],
    [
      'in mid-answer, though it may pass',
      failing('server', [{ type: 'answer-start', model: 'm' }, text('a')]),
    ],
  ])('%s is told at once, after what came before it', async (_, chat) => {
    const asked: Parameters<Parameters<typeof recording>[0]['push']>[0][] = [];
    const { chat: ours } = clientOf({ provider: fakeProvider('acme', recording(asked, chat)) });
    const error = await failureOf(ours.completions.create(ASKED));
    expect(error.message).toMatch(/^it failed by/);
    expect(asked).toHaveLength(1);
  });

  it('is told at once when the call would be over before it may be asked about again', async () => {
    const busy = new G4FError('wait.', { code: 'rate-limit', retryAfterMs: 9000 });
    const provider = fakeProvider('acme', async function* () {
      yield* [];
      throw busy;
    });
    const asking = clientOf({ provider, timeout: 8000 }).chat.completions.create(ASKED);
    expect(await failureOf(asking)).toMatchObject({ code: 'rate-limit', retryAfterMs: 9000 });
  });

  it('by the caller’s signal, before and while it is asked again', async () => {
    const { chat } = clientOf({ provider: fakeProvider('acme', failing('server')) });
    const before = chat.completions.create(ASKED, { signal: AbortSignal.abort() });
    expect(await failureOf(before)).toMatchObject({ code: 'aborted' });
    const signal = AbortSignal.timeout(5);
    expect((await failureOf(chat.completions.create({ ...ASKED, maxRetries: 50 }, { signal }))).code).toBe(
      'aborted',
    );
  });
});

describe('what is wrong is said at once', () => {
  it.each([
    ['a name', { provider: 'groq' }, /^provider must be a provider itself.*it is "groq"/],
    [
      'a module',
      { provider: { default: groq } },
      /^provider must be the provider itself: take the `default`/,
    ],
    ['nothing', { provider: undefined }, /^provider must be a provider itself/],
    [
      'a provider whose facts are wrong',
      { provider: { id: 'x', models: undefined, chat: null } },
      /^provider "x": name must be/,
    ],
    ['several keys', { apiKey: ['sk-secret-1', 'sk-secret-2'] }, /^apiKey must be a string/],
    ['an address that is none', { baseURL: 'nowhere' }, /^baseURL must be an http/],
    ['a time that is none', { timeout: { idle: -1 } }, /^timeout\.idle must be/],
    [
      'what needs several providers',
      { fallback: 'local' },
      /^fallback is for several providers: take AsyncClient from/,
    ],
    [
      'what needs the list of models',
      { retired: 'successor' },
      /^retired needs the list of models: take AsyncClient from/,
    ],
    ['what needs middleware', { cache: true }, /^cache needs middleware: take AsyncClient from/],
    ['middleware', { use: [] }, /^there is no option "use"\. use is an option of the constructors/],
  ])('%s among the options', async (_, options, message) => {
    const error = await refused(options);
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringMatching(message) });
    expect(String(error)).not.toContain('secret');
  });

  it.each([
    ['no model', { model: '', messages: 'hi' }, /^model: the name of a model was expected/],
    ['no messages', { model: 'm', messages: [] }, /^messages: .* was expected, got an empty list/],
    [
      'a message that is none',
      { model: 'm', messages: [{ role: 'user', content: 'a' }, null] },
      /^messages\[1\]: a message .* was expected, got null/,
    ],
    ['nothing', undefined, /^create\(\) takes an object/],
  ])('%s among the parameters', async (_, params, message) => {
    const { completions } = clientOf().chat;
    expect(
      (await failureOf(completions.create(params as unknown as MiniParams & { stream: false }))).message,
    ).toMatch(message);
  });

  it('a missing key, with its variable', async () => {
    const error = await failureOf(
      clientOf({ provider: groq }).chat.completions.create({ ...ASKED, model: 'x' }),
    );
    expect(error).toMatchObject({ code: 'auth', message: expect.stringMatching(/GROQ_API_KEY/) });
  });
});
