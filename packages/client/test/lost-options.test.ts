// What would be passed over in silence, or carried out otherwise than it was written, is refused by every client.
import groq from '@g4f/providers/groq';
import openai from '@g4f/providers/openai';
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { collect, failing, failureOf, fakeProvider, recording, saying } from './fake-provider.ts';
import { type FakeService, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** JavaScript callers have no types. */
const untyped = (given: unknown): never => given as never;
const hello = { model: 'm', messages: 'hello' };
class Message {
  readonly role = 'user';
  readonly content = 'hi';
}

const FACES = {
  AsyncClient: (options: object = {}) => new AsyncClient({ baseURL: service.url, env: {}, ...options }),
  Client: (options: object = {}) => new Client({ baseURL: service.url, env: {}, ...options }),
  'the small client': (options: object = {}) =>
    new SmallClient({ provider: openaiCompatible({ baseURL: service.url }), env: {}, ...options }),
};

const refused = async (call: () => unknown): Promise<string> => {
  const sent = service.requests.length;
  const { code, message } = await failureOf(async () => call());
  expect(code).toBe('invalid-request');
  expect(service.requests.length).toBe(sent);
  return message;
};

describe.each(Object.entries(FACES))('%s', (face, clientOf) => {
  const create = (params: object, options: object = {}) =>
    clientOf().chat.completions.create(untyped({ ...hello, ...params }), untyped(options));

  it('takes no instance of a class for a message, or for data in extraBody', async () => {
    expect(await refused(() => create({ messages: [new Message()] }))).toMatch(
      /messages\[0\].*instance of Message/,
    );
    for (const extraBody of [{ x: new Message() }, { x: [{ y: new Date() }] }, { x: new Map() }]) {
      expect(await refused(() => create({ extraBody }))).toMatch(/^extraBody\.x.*(instance of|plain data)/);
      expect(await refused(() => create({}, { extraBody }))).toMatch(
        /^extraBody\.x.*(instance of|plain data)/,
      );
    }
  });

  it('lets extraBody change no model', async () => {
    for (const call of [
      () => create({ extraBody: { model: 'other' } }),
      () => create({}, { extraBody: { model: null } }),
      () => clientOf({ extraBody: { model: 'other' } }),
    ])
      expect(await refused(call)).toBe('extraBody has no place for model: name it in the parameters.');
  });

  it.each([
    ['timout', 'timeout'],
    ['time_out', 'timeout'],
    ['maxRetry', undefined],
    ['max_retries', 'maxRetries'],
    ['extra_body', 'extraBody'],
    ['fallbak', 'fallback'],
    ['retierd', 'retired'],
    ['singal', 'signal'],
    ['header', 'headers'],
  ])('takes %s among the parameters for a slip', async (name, meant) => {
    if (meant === undefined) return;
    expect(await refused(() => create({ [name]: 1 }))).toBe(
      `there is no parameter "${name}". Did you mean ${meant}?`,
    );
  });

  it('says of fetch what there is instead, in the same words as the others', async () => {
    expect(await refused(() => clientOf({ fetch: () => undefined }))).toBe(
      'there is no option "fetch". For a proxy there is proxy; for another way to a service, give a Provider of your own.',
    );
  });

  it.each([5, {}, '', true])('takes no workerURL that is none: %j', async (workerURL) => {
    if (face === 'the small client') return;
    expect(await refused(() => clientOf({ workerURL }))).toMatch(/^workerURL must be /);
  });

  it.each(['true', 1, {}])('takes no stream that is %j', async (stream) => {
    expect(await refused(() => create({ stream }))).toMatch(/^stream/);
  });

  it.each<[string, unknown]>([
    ['a role that there is not', [{ role: 'usr', content: 'x' }]],
    ['no role', [{ content: 'x' }]],
    ['no content', [{ role: 'user' }]],
    ['null', [{ role: 'user', content: null }]],
    ['a number', [{ role: 'user', content: 5 }]],
    ['an object', [{ role: 'user', content: { text: 'x' } }]],
    ['a list in the place of a message', [['user', 'x']]],
    ['a text in the place of a message', ['x']],
  ])('takes no message of %s', async (_, messages) => {
    expect(await refused(() => create({ messages }))).toMatch(/^messages\[0\]/);
  });

  it('sends no name of another provider as the name of a model', async () => {
    const given = face === 'the small client' ? openai : 'openai';
    const { completions } = clientOf({
      provider: given,
      baseURL: undefined,
      env: { OPENAI_API_KEY: 'k' },
    }).chat;
    expect(await refused(() => completions.create({ ...hello, model: 'groq:x' }))).toBe(
      'the model "groq:x" is one of the provider groq, but the provider is openai: name the same, or leave one out.',
    );
  });

  it('refuses headers for a misspelt provider', async () => {
    const headers = { grok: { a: 'b' } };
    const given = face === 'the small client' ? { provider: groq } : {};
    for (const call of [() => clientOf({ ...given, headers }), () => create(given, { headers })])
      expect(await refused(call)).toBe('headers: no provider is called "grok". Did you mean groq?');
  });

  if (face === 'the small client') return;

  it.each([
    ['apiKey', { grok: 'sk-secret' }, 'groq'],
    ['apiKey', { OpenAI: ['sk-secret'] }, 'openai'],
    ['apiKey', { antropic: 'sk-secret' }, 'anthropic'],
    ['fallback', 'lokal', 'local'],
    ['fallback', 'open_router:x', 'openrouter'],
    ['routing', { weights: { gorq: 1 } }, 'groq'],
  ])('refuses %s for a misspelt provider: %j', async (option, value, meant) => {
    for (const call of [() => clientOf({ [option]: value }), () => create({}, { [option]: value })]) {
      const message = await refused(call);
      expect(message).toMatch(new RegExp(`^${option}.*: no provider is called .*Did you mean ${meant}\\?$`));
      expect(message).not.toContain('secret');
    }
  });

  it('takes ids of its own rows, and those that are near none', async () => {
    const backends = [{ id: 'grok', baseURL: service.url }];
    expect(() => clientOf({ backends, apiKey: { grok: 'k', 'my-own': 'k' } })).not.toThrow();
  });

  it.each([{ live: 'yes' }, { refresh: 1 }])('lists no models for %j', async (params) => {
    const { list } = (clientOf({ baseURL: undefined }) as AsyncClient).models;
    expect(await refused(() => list(untyped(params)))).toMatch(/^(live|refresh) must be true or false/);
  });

  it('does not advise a model that has ended', async () => {
    const { completions } = clientOf({ baseURL: undefined }).chat;
    const { message } = await failureOf(async () => completions.create({ ...hello, model: 'gtp-4' }));
    expect(message).toMatch(/no provider offers a model called "gtp-4"/);
    expect(message).not.toMatch(/\bgpt-4\b(?![.\w-])/);
  });
});

describe('the name of another provider before a model', () => {
  const asked = async (provider: string | string[], model: string, options: object = {}) => {
    const env = { OPENAI_API_KEY: 'k', GROQ_API_KEY: 'k', GROQ_BASE_URL: service.url };
    const before = service.requests.length;
    const client = new AsyncClient({ env, maxRetries: 0, ...options });
    await client.chat.completions.create({ ...hello, provider, model });
    return service.requests.slice(before).map(({ body }) => body.model);
  };

  it('chooses among several, and is the own name of what runs on this machine', async () => {
    expect(await asked(['openai', 'groq'], 'groq:x')).toEqual(['x']);
    expect(await asked('vllm', 'mistral:7b', { baseURL: service.url })).toEqual(['mistral:7b']);
    expect(await asked('openai', 'groq:x', { baseURL: service.url })).toEqual(['groq:x']);
  });
});

describe('an empty key in a header', () => {
  it.each(['', ' ', 'Bearer', 'Bearer ', 'Bearer undefined', 'bearer null'])(
    '%j is refused, and no other key is sent in its place',
    async (authorization) => {
      const sent = service.requests.length;
      const env = { GROQ_API_KEY: 'gsk-env', GROQ_BASE_URL: service.url };
      const client = () => new AsyncClient({ provider: 'groq', headers: { authorization }, env });
      const error = await failureOf(async () => client().chat.completions.create(hello));
      expect(error.message).toBe(
        'headers: there is no key in "authorization". Give it, or leave the header out.',
      );
      expect(service.requests).toHaveLength(sent);
    },
  );
});

describe('extraBody', () => {
  const extraBody = { num_ctx: 5 };
  const one = (id: string, wire: string, seen: Parameters<typeof recording>[0], chat = saying('x')) => ({
    ...fakeProvider(id, recording(seen, chat)),
    wire,
  });
  const seenBy = (seen: Parameters<typeof recording>[0]) => seen.map(({ context }) => context.extraBody);

  it('goes to the next provider only if that speaks the same protocol, and the answer says so', async () => {
    const [first, same, other] = [[], [], []] as Parameters<typeof recording>[0][];
    const failed = failing('server');
    const chosen = (last: object) =>
      new AsyncClient({
        provider: [one('first', 'a', first ?? [], failed), untyped(last)],
        env: {},
        maxRetries: 0,
      });
    await chosen(one('same', 'a', same ?? [])).chat.completions.create({ ...hello, extraBody });
    expect([seenBy(first ?? []), seenBy(same ?? [])]).toEqual([[extraBody], [extraBody]]);
    const chunks = await collect(
      chosen(one('other', 'b', other ?? [])).chat.completions.create({ ...hello, extraBody, stream: true }),
    );
    expect(seenBy(other ?? [])).toEqual([undefined]);
    expect(chunks[0]?.warnings).toEqual(['extraBody is for first: other was not sent it.']);
  });

  it('does not go to a fallback', async () => {
    const before = service.requests.length;
    const client = new AsyncClient({
      backends: [{ id: 'acme', baseURL: service.url, models: { m: 'm' } }],
      provider: fakeProvider('broken', failing('server')),
      fallback: 'acme',
      env: {},
      maxRetries: 0,
    });
    const answer = await client.chat.completions.create({ ...hello, extraBody });
    expect(answer.provider).toBe('acme');
    expect(service.requests.length).toBe(before + 1);
    expect(service.requests.at(-1)?.body).not.toHaveProperty('num_ctx');
  });
});
