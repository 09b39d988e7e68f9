// Headers of a client, a call and a row: who is sent which, which win, and that no other service has them.
import { inspect } from 'node:util';
import { loadWire, openaiCompatible, overWire } from '@g4f/providers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import type { CallOptions, ClientOptions } from '../src/surface/options.ts';
import { failureOf } from './fake-provider.ts';
import { type FakeService, json, sayHello, startService } from './fake-service.ts';
import { WIRES } from './wires.ts';

let service: FakeService;
let other: FakeService;
beforeAll(async () => {
  [service, other] = await Promise.all([startService(), startService()]);
});
beforeEach(() => {
  service.answer = sayHello;
});
afterAll(() => Promise.all([service.close(), other.close()]));

const untyped = (given: unknown): never => given as never;
const hello = { model: 'm', messages: 'hello' } as const;
const sent = () => service.requests.at(-1)?.headers ?? {};

const row = (): NonNullable<ClientOptions['backends']>[number] => ({
  id: 'acme',
  baseURL: `  ${service.url}/ \n`,
  apiKeyEnv: 'ACME_API_KEY',
  headers: { 'X-Row': 'row', 'X-Client': 'row', 'X-Call': 'row' },
  quirks: { headers: { 'x-quirk': 'quirk', 'x-row': 'quirk' } },
});
const env = { ACME_API_KEY: 'sk-of-the-environment' };

describe('AsyncClient', () => {
  const clientOf = (options: ClientOptions = {}) =>
    new AsyncClient({ backends: [row()], provider: 'acme', env, ...options });

  it("sends the call's over the client's over the row's", async () => {
    const client = clientOf({ headers: { 'x-client': 'client', 'X-CALL': 'client', Removed: 'client' } });
    await client.chat.completions.create(hello, {
      headers: { 'x-call': 'call', removed: null, 'x-new': undefined },
    });
    expect(sent()).toMatchObject({
      'x-quirk': 'quirk',
      'x-row': 'row',
      'x-client': 'client',
      'x-call': 'call',
    });
    expect(sent()).not.toHaveProperty('removed');
    expect(sent()).not.toHaveProperty('x-new');
    expect(sent().authorization).toBe('Bearer sk-of-the-environment');
    for await (const _ of client.chat.completions.create({ ...hello, stream: true }));
    expect(sent()).toMatchObject({ 'x-call': 'client', removed: 'client', accept: 'text/event-stream' });
  });

  it.each(['Authorization', 'x-api-key', 'api-key', 'x-goog-api-key'])(
    'takes %s for the key, and sends and needs no other',
    async (name) => {
      const client = clientOf({ headers: { [name]: 'Bearer of-the-program' }, env: {} });
      await client.chat.completions.create(hello);
      expect(sent()[name.toLowerCase()]).toBe('Bearer of-the-program');
      await clientOf({ headers: { [name]: 'Bearer of-the-program' } }).chat.completions.create(hello);
      expect(JSON.stringify(sent())).not.toContain('sk-of-the-environment');
    },
  );

  it("leaves the client's to its own provider", async () => {
    const elsewhere = { id: 'other', baseURL: other.url };
    const client = clientOf({ backends: [row(), elsewhere], headers: { authorization: 'Bearer secret' } });
    await client.chat.completions.create({ ...hello, provider: 'other' });
    expect(JSON.stringify(other.requests.at(-1)?.headers)).not.toContain('secret');
    await client.chat.completions.create(
      { ...hello, provider: 'other' },
      { headers: { acme: { a: 'b' }, other: { c: 'd' } } },
    );
    expect(other.requests.at(-1)?.headers).toMatchObject({ c: 'd' });
    expect(other.requests.at(-1)?.headers).not.toHaveProperty('a');
  });

  it('refuses headers where several could get them', async () => {
    const rows = [row(), { id: 'other', baseURL: other.url }];
    const client = clientOf({ backends: rows, provider: ['acme', 'other'] });
    const failed = await failureOf(async () =>
      client.chat.completions.create(hello, { headers: { a: 'b' } }),
    );
    expect([failed.code, failed.message]).toEqual([
      'invalid-request',
      'headers are for one service, and it is not clear for which: name one provider of acme, other beside them, or give them for each id, such as { "acme": { … } }.',
    ]);
  });

  it('does not tell them in an error', async () => {
    service.answer = (response, { headers }) =>
      json(response, { error: { message: `no: ${headers.authorization} ${headers['x-secret']}` } }, 401);
    const client = clientOf({ headers: { authorization: 'Bearer tell-nobody', 'x-secret': 'neither-this' } });
    const { code, message } = await failureOf(async () => client.chat.completions.create(hello));
    expect(code).toBe('auth');
    expect(message).not.toMatch(/tell-nobody|neither-this/);
  });

  it('repeats what a service says of harmless ones, and keeps what the failure knows', async () => {
    const headers = { 'anthropic-beta': 'prompt-caching-2024-07-31', 'x-team': 'platform-engineering' };
    const secret = { 'x-gateway': 'pk1-9f86d081884c7d65' };
    service.answer = (response) =>
      json(
        response,
        { error: { message: `Unexpected ${Object.values({ ...headers, ...secret })} in a header` } },
        429,
      );
    const failed = await failureOf(async () =>
      clientOf({ headers: { ...headers, ...secret }, maxRetries: 0 }).chat.completions.create(hello),
    );
    expect(failed.message).toContain(
      'Unexpected prompt-caching-2024-07-31,platform-engineering,[redacted] in',
    );
    expect(failed).toMatchObject({ code: 'rate-limit', status: 429, provider: 'acme' });
    expect(failed.stack).toContain('platform-engineering,[redacted] in');
    expect(failed.stack).not.toContain('9f86d081884c7d65');
    expect(failed.stack).toContain('failure.ts');
  });

  it.each(['authorization', 'x-api-key', 'x-portkey-api-key', 'cookie'])(
    'a key in the %s of a row is not shown when the service repeats it',
    async (name) => {
      const key = 'PKEYabcdef123456';
      service.answer = (response) => {
        response.setHeader('x-echo', `you sent ${key}`);
        json(response, { error: { message: `no account for ${key}` } }, 401);
      };
      const own = { id: 'acme', baseURL: service.url, headers: { [name]: `Bearer ${key}` } };
      const failed = await failureOf(clientOf({ backends: [own] }).chat.completions.create(hello));
      expect(failed.message).toMatch(/no account for \[redacted\]/);
      expect(inspect(failed, { depth: 9, showHidden: true })).not.toContain('abcdef123456');
    },
  );

  it('a key in the headers of a row is told as sent', async () => {
    service.answer = (response) => json(response, { error: { message: 'wrong key' } }, 401);
    const own = { id: 'acme', baseURL: service.url, headers: { authorization: 'Bearer PKEYabcdef123456' } };
    const { message } = await failureOf(
      clientOf({ backends: [own], env: {} }).chat.completions.create(hello),
    );
    expect(message).toContain("the key was taken from the provider's own headers");
  });

  it('a key in them that is refused does not let the provider rest for those with another', async () => {
    service.answer = (response, request) =>
      request.headers.authorization === 'Bearer good-key'
        ? sayHello(response, request)
        : json(response, { error: { message: 'wrong key' } }, 401);
    const client = clientOf({
      backends: [row(), { id: 'other', baseURL: other.url }],
      provider: ['acme', 'other'],
    });
    const answeredBy = async (key: string): Promise<string> => {
      const options = { headers: { acme: { authorization: `Bearer ${key}` } } };
      return (await client.chat.completions.create(hello, options)).provider;
    };
    expect(await answeredBy('bad-key')).toBe('other');
    expect(await answeredBy('good-key')).toBe('acme');
    const { length } = service.requests;
    expect(await answeredBy('bad-key')).toBe('other');
    expect(service.requests).toHaveLength(length);
  });

  it.each<[string, unknown, RegExp]>([
    ['a name, without what follows it: that may be a key', { 'a b': 'c' }, /"a" is no name of a header/],
    ['a name that is empty', { '': 'c' }, /"" is no name/],
    ['a line break', { a: 'b\r\nx-evil: 1' }, /value of "a" holds a line break/],
    ['a NUL', { a: 'sk-\0' }, /value of "a"/],
    ['a sign beyond a byte', { a: '密' }, /value of "a"/],
    ['a number', { a: 5 }, /"a" must be a text/],
    ['what the connection sets', { 'Content-Length': '5' }, /"Content-Length" is set by the connection/],
    ['both forms', { a: 'b', acme: { a: 'b' } }, /headers\.a must be an object/],
    ['a list', [['a', 'sk-secret']], /headers must be a plain object/],
    ['a Headers', new Headers({ a: 'sk-secret' }), /headers must be a plain object/],
    ['a text', 'authorization: sk-secret', /headers must be a plain object/],
  ])('refuses %s', async (_, headers, said) => {
    const { length } = service.requests;
    for (const call of [
      () => clientOf({ headers: untyped(headers) }),
      () => clientOf().chat.completions.create(hello, { headers: untyped(headers) }),
    ]) {
      const { code, message } = await failureOf(async () => call());
      expect(code).toBe('invalid-request');
      expect(message).toMatch(said);
      expect(message).not.toMatch(/sk-|evil/);
    }
    expect(service.requests.length).toBe(length);
  });

  it('refuses them in a row in the same way', async () => {
    const headers = { a: 'b\nc' };
    const { message } = await failureOf(async () => clientOf({ backends: [{ ...row(), headers }] }));
    expect(message).toMatch(/^backends\[0\]: headers: the value of "a" holds/);
  });
});

describe.each(WIRES)('on the wire %s', (name) => {
  it.each([
    ['AsyncClient', AsyncClient],
    ['the small client', SmallClient],
  ] as const)('%s sends them', async (_, Face) => {
    service.answer = (response) => json(response, { error: { message: 'no' } }, 400);
    const provider = overWire(await loadWire(name), { baseURL: service.url, apiKey: 'own-key' });
    const client = new Face({ provider, env: {}, headers: { 'X-A': 'client', 'x-b': 'client' } });
    for (const stream of [false, true]) {
      await failureOf(async () => {
        const given = { ...hello, stream };
        const options: Pick<CallOptions, never> & { headers: Record<string, string> } = {
          headers: { 'x-B': 'call' },
        };
        const answer = await client.chat.completions.create(given, options);
        if (Symbol.asyncIterator in answer) for await (const _ of answer);
      });
      expect(sent()).toMatchObject({ 'x-a': 'client', 'x-b': 'call' });
      expect(JSON.stringify(sent())).toContain('own-key');
    }
  });
});

describe('organization and project', () => {
  const openai = () => openaiCompatible({ id: 'openai', baseURL: service.url });
  it.each([
    ['AsyncClient', AsyncClient],
    ['the small client', SmallClient],
  ] as const)('%s sends them to OpenAI, and to nobody else', async (_, Face) => {
    const account = { organization: 'org-1', project: 'proj-1', env: {} };
    await new Face({ provider: openai(), ...account }).chat.completions.create(hello);
    expect(sent()).toMatchObject({ 'openai-organization': 'org-1', 'openai-project': 'proj-1' });
    await new Face({ provider: openai(), ...account }).chat.completions.create(hello, { project: 'proj-2' });
    expect(sent()).toMatchObject({ 'openai-organization': 'org-1', 'openai-project': 'proj-2' });
    await new Face({
      provider: openaiCompatible({ baseURL: service.url }),
      ...account,
    }).chat.completions.create(hello);
    expect(sent()).not.toHaveProperty('openai-organization');
  });

  it.each(['openai', 'openai-responses'])('%s reads the variables of the environment', async (id) => {
    service.answer = (response) => json(response, { error: { message: 'no' } }, 400);
    const account = { OPENAI_API_KEY: 'sk-x', OPENAI_ORG_ID: ' org-1 ', OPENAI_PROJECT_ID: 'proj-1' };
    for (const Face of [AsyncClient]) {
      const client = new Face({ provider: id, baseURL: service.url, env: account });
      await failureOf(async () => client.chat.completions.create(hello));
      expect(sent()).toMatchObject({ 'openai-organization': 'org-1', 'openai-project': 'proj-1' });
      const options = { headers: { 'OpenAI-Organization': null }, project: 'proj-2' };
      await failureOf(async () => client.chat.completions.create(hello, options));
      expect(sent()).not.toHaveProperty('openai-organization');
      expect(sent()['openai-project']).toBe('proj-2');
    }
  });
});
