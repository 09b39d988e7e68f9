// What stands among the parameters may be an end user's: it names who is asked, and never where a key or a prompt goes.
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import type { ClientOptions } from '../src/surface/options.ts';
import { failureOf, fakeProvider, recording } from './fake-provider.ts';
import { type FakeService, startService } from './fake-service.ts';

let evil: FakeService;
beforeAll(async () => {
  evil = await startService();
});
afterAll(() => evil.close());

let asked = 0;
beforeEach(() => {
  asked = evil.requests.length;
});

/** JavaScript callers have no types. */
const untyped = (given: unknown): never => given as never;
const hello = { model: 'gpt-5.4', messages: 'a prompt for nobody' };
const env = { OPENAI_API_KEY: 'sk-of-the-environment', GROQ_API_KEY: 'gsk-of-the-environment' };
const code = 'export default globalThis.wasRun = true';

const FACES = {
  AsyncClient: (options: object = {}) => new AsyncClient({ env, maxRetries: 0, ...options }),
  Client: (options: object = {}) => new Client({ env, maxRetries: 0, ...options }),
  'the small client': (options: object = {}) =>
    new SmallClient({ provider: openaiCompatible({ baseURL: evil.url }), env, maxRetries: 0, ...options }),
};

/** The message of a refusal, which came before anything was sent. */
const refused = async (call: () => unknown): Promise<string> => {
  const { code, message } = await failureOf(async () => call());
  expect(code).toBe('invalid-request');
  expect(message).not.toMatch(/sk-|a prompt/);
  expect(evil.requests.length).toBe(asked);
  return message;
};

describe.each(Object.entries(FACES))('%s', (face, clientOf) => {
  const create = (params: object, options: object = {}) =>
    clientOf().chat.completions.create(untyped({ ...hello, ...params }), untyped(options));

  it.each([
    ['apiKey', { apiKey: '' }],
    ['apiKey', { apiKey: [] }],
    ['apiKey', { apiKey: ['', ''] }],
    ['apiKey.openai', { apiKey: { openai: '' } }],
    ['headers', { headers: { authorization: '' } }],
    ['headers', { headers: { authorization: 'Bearer undefined' } }],
    ['headers', { headers: { 'x-api-key': 'null' } }],
  ])('takes no other key in the place of an empty %s: %j', async (name, given) => {
    const provider = face === 'the small client' ? {} : { provider: 'openai' };
    for (const ask of [
      () => create({}, { ...provider, ...given }),
      () => clientOf({ ...provider, ...given }).chat.completions.create(untyped(hello)),
    ]) {
      const said = await refused(async () => void (await ask()));
      expect(said).toContain(face === 'the small client' && name !== 'headers' ? 'apiKey' : name);
    }
  });

  it.each([
    ['baseURL', () => evil.url],
    ['proxy', () => evil.url],
    ['apiKey', () => 'sk-of-somebody'],
    ['headers', () => ({ authorization: 'Bearer sk-of-somebody' })],
    ['organization', () => 'org-1'],
    ['project', () => 'proj-1'],
  ])('has no place for %s among the parameters, and says where it has', async (name, value) => {
    for (const more of [{}, { provider: 'openai' }, { stream: true }]) {
      const message = await refused(async () => {
        const answer = create({ ...more, [name]: value() });
        if (Symbol.iterator in Object(answer)) for (const _ of untyped(answer) as Iterable<unknown>);
        await answer;
      });
      expect(message).toBe(
        `${name} has no place among the parameters, which may be an end user's: give it in the second argument, create(params, { ${name} }), or to the constructor.`,
      );
    }
  });

  it.each([
    `data:text/javascript,${code}`,
    'DATA:text/javascript,1',
    ' data:text/javascript,1',
    'file:///tmp/evil.mjs',
    'http://127.0.0.1:9/evil.mjs',
    'https://evil.example/evil.mjs',
    'node:fs',
  ])('runs no module that the parameters name: %s', async (url) => {
    for (const provider of [url, [url], new URL(url.trim())]) {
      expect(await refused(() => create({ provider }))).toMatch(/^provider must be /);
    }
    expect(globalThis).not.toHaveProperty('wasRun');
  });

  it.each(['data:text/javascript,1', 'node:fs', 'blob:x'])('knows no module %s at all', async (url) => {
    for (const provider of [url, new URL(url)]) {
      expect(await refused(() => clientOf({ provider }))).toMatch(/^provider must be /);
      expect(await refused(() => create({}, { provider }))).toMatch(/^provider must be /);
    }
  });

  it('takes what only looks like a Provider for none', async () => {
    const provider = JSON.parse(`{"id":"x","models":{},"chat":"y","baseURL":"${evil.url}"}`);
    expect(await refused(() => create({ provider }))).toMatch(/provider (must be|is an object)/);
  });

  if (face === 'the small client') return;

  it.each(['file:///tmp/m.mjs', 'https://host.example/m.mjs'])(
    'takes the text of a URL (%s) from the constructor, and the object from a call',
    async (url) => {
      expect(() => clientOf({ provider: url })).not.toThrow();
      expect(await refused(() => create({}, { provider: url }))).toContain('must be a URL object');
      expect((await failureOf(async () => create({}, { provider: new URL(url) }))).message).toContain(
        `the module ${url} could not be loaded`,
      );
    },
  );

  it('lists models for nobody who names an address, a key or a module', async () => {
    const { list } = (clientOf() as AsyncClient).models;
    for (const [name, value] of Object.entries({ baseURL: evil.url, apiKey: 'sk-x', proxy: evil.url }))
      expect(await refused(() => list(untyped({ provider: 'openai', [name]: value })))).toBe(
        `${name} has no place among the parameters, which may be an end user's: give it in the second argument, models.list(params, { ${name} }), or to the constructor.`,
      );
    expect(await refused(() => list({ provider: 'data:text/javascript,1' }))).toMatch(/^provider must be /);
  });
});

describe('a key without an id', () => {
  const local = () => [
    { id: 'mine', baseURL: `${evil.url}/mine` },
    { id: 'other', baseURL: `${evil.url}/other` },
  ];
  /** Where the key went; the refusal, if it went nowhere. */
  const keyAt = async (client: ClientOptions, params: object, options: object = {}): Promise<string> => {
    const before = evil.requests.length;
    const { completions } = new AsyncClient({ backends: local(), env: {}, maxRetries: 0, ...client }).chat;
    try {
      await completions.create({ ...hello, ...params }, options);
    } catch (error) {
      expect(evil.requests.length).toBe(before);
      return String(error instanceof Error ? error.message : error).slice(0, 'apiKey is one key'.length);
    }
    const { path, headers } = evil.requests.at(-1) ?? {};
    return `${path?.split('/')[2]} ${headers?.authorization ?? 'no key'}`;
  };
  const [own, refusal] = [{ apiKey: 'k' }, 'apiKey is one key'];

  it("goes to the client's provider, and to none that a call names", async () => {
    const client = { provider: 'mine', ...own };
    expect(await keyAt(client, {})).toBe('mine Bearer k');
    expect(await keyAt(client, { provider: 'mine' })).toBe('mine Bearer k');
    expect(await keyAt(client, { provider: 'other' })).toBe('other no key');
    expect(await keyAt(client, { provider: ['mine', 'other'] })).toBe('mine no key');
    expect(await keyAt(client, {}, { provider: 'other' })).toBe('other no key');
  });

  it('is for nobody where the client names none', async () => {
    expect(await keyAt(own, { provider: 'other' })).toBe(refusal);
    expect(await keyAt(own, { model: 'other:x' })).toBe(refusal);
    expect(await keyAt(own, {}, { provider: 'other' })).toBe(refusal);
    expect(await keyAt(own, {}, { provider: 'other', apiKey: 'k2' })).toBe('other Bearer k2');
    expect(await keyAt({ apiKey: { other: 'k' } }, { provider: 'other' })).toBe('other Bearer k');
  });

  it('of a call goes to the provider that the program names, not to one of the parameters', async () => {
    expect(await keyAt({}, { provider: 'other' }, own)).toBe(refusal);
    expect(await keyAt({}, { model: 'other:x' }, own)).toBe(refusal);
    expect(await keyAt({ provider: 'mine' }, { provider: 'other' }, own)).toBe(refusal);
    expect(await keyAt({ provider: 'mine' }, {}, own)).toBe('mine Bearer k');
    expect(await keyAt({}, { provider: 'mine' }, { ...own, provider: 'other' })).toBe('other Bearer k');
  });

  it('goes to the address beside it', async () => {
    expect(await keyAt({ ...own, baseURL: `${evil.url}/a` }, {})).toBe('a Bearer k');
    expect(await keyAt({ ...own, baseURL: `${evil.url}/a` }, { provider: 'openai' })).toBe('a Bearer k');
    expect(await keyAt({ ...own, baseURL: `${evil.url}/a` }, {}, { baseURL: `${evil.url}/b` })).toBe(refusal);
    expect(await keyAt({}, {}, { ...own, baseURL: `${evil.url}/b` })).toBe('b Bearer k');
  });

  it('and headers are as the key is', async () => {
    const headers = { authorization: 'Bearer h' };
    expect(await keyAt({ headers, provider: 'mine' }, {})).toBe('mine Bearer h');
    expect(await keyAt({ headers, provider: 'mine' }, { provider: 'other' })).toBe('other no key');
    expect(await keyAt({ headers }, { provider: 'other' })).toMatch(/^headers are for/);
    expect(await keyAt({}, { provider: 'other' }, { headers })).toMatch(/^headers are for/);
    expect(await keyAt({}, {}, { headers, provider: 'other' })).toBe('other Bearer h');
  });
});

it('a Provider among the parameters is code of the program, and may have a key beside it', async () => {
  const seen: Parameters<typeof recording>[0] = [];
  const provider = fakeProvider('one', recording(seen));
  await new AsyncClient({ env: {} }).chat.completions.create({ ...hello, provider }, { apiKey: 'k' });
  expect(seen[0]?.context.apiKey).toBe('k');
});
