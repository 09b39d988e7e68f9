// An option that there is not is refused with what is there in its place, by every client; nothing is sent.
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { failureOf } from './fake-provider.ts';
import { type FakeService, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** JavaScript callers have no types. */
const untyped = (given: unknown): never => given as never;
const hello = { model: 'm', messages: 'hello' } as const;

const FACES = {
  AsyncClient: (slip: object) => new AsyncClient({ baseURL: service.url, env: {}, ...slip }),
  Client: (slip: object) => new Client({ baseURL: service.url, env: {}, ...slip }),
  'the small client': (slip: object) =>
    new SmallClient({ provider: openaiCompatible({ baseURL: service.url }), env: {}, ...slip }),
};

const refused = async (call: () => unknown): Promise<string> => {
  const sent = service.requests.length;
  const { code, message } = await failureOf(async () => call());
  expect(code).toBe('invalid-request');
  expect(service.requests.length).toBe(sent);
  return message;
};

const UNKNOWN: readonly (readonly [string, string])[] = [
  ['defaultHeaders', 'Did you mean headers?'],
  ['default_headers', 'Did you mean headers?'],
  ['organisation', 'Did you mean organization?'],
  ['baseUrl', 'Did you mean baseURL?'],
  ['base_url', 'Did you mean baseURL?'],
  ['max_retries', 'Did you mean maxRetries?'],
  ['timout', 'Did you mean timeout?'],
  ['defaultQuery', 'Put the query into baseURL, as in "…/v1?name=value".'],
  ['httpAgent', 'For a proxy there is proxy; for another way to a service, give a Provider of your own.'],
  ['fetch', 'For a proxy there is proxy; for another way to a service, give a Provider of your own.'],
  ['dangerouslyAllowBrowser', 'Leave it out, and keep keys out of pages.'],
  ['temperature', 'It is a parameter: give it in the first argument of create().'],
];

describe.each(Object.entries(FACES))('%s', (face, clientOf) => {
  it.each(UNKNOWN)('refuses %s', async (name, instead) => {
    const slip = { [name]: 'sk-not-to-be-told' };
    const said = `there is no option "${name}". ${instead}`;
    expect(await refused(() => clientOf(slip))).toBe(said);
    const { completions } = clientOf({}).chat;
    expect(await refused(() => completions.create(hello, untyped(slip)))).toBe(said);
    expect(
      await refused(async () => {
        for await (const _ of completions.create({ ...hello, stream: true }, untyped(slip)));
      }),
    ).toBe(said);
  });

  it('names all where none is near', async () => {
    expect(await refused(() => clientOf({ zzzzzzzzzzzz: 1 }))).toMatch(
      /^there is no option "zzzzzzzzzzzz"\. There are provider, apiKey, /,
    );
  });

  it.each([
    ['a string', 'sk-proj-0123456789abcdef'],
    ['a list', ['groq']],
    ['a number', 5],
    ['a Map', new Map([['apiKey', 'x']])],
    ['a promise', Promise.resolve({})],
    ['a class', class Options {}],
    ['an instance without fields', new (class Options {})()],
    ['a Provider', openaiCompatible({ baseURL: 'http://127.0.0.1:1/v1' })],
  ])('refuses %s in the place of options', async (_, given) => {
    const { completions } = clientOf({}).chat;
    for (const call of [
      () => new AsyncClient(untyped(given)),
      () => new Client(untyped(given)),
      () => new SmallClient(untyped(given)),
      () => completions.create(hello, untyped(given)),
    ]) {
      const message = await refused(call);
      expect(message).toMatch(/^the options (must be an object|are a Provider)/);
      expect(message).not.toContain('sk-');
    }
  });

  it.each(['headers', 'organization', 'project', 'env'])('refuses %s among the parameters', async (name) => {
    const given = { ...hello, [name]: { authorization: 'Bearer sk-secret' } };
    const message = await refused(() => clientOf({}).chat.completions.create(untyped(given)));
    expect(message).toMatch(new RegExp(`^${name} (has no place among the parameters|is an option of)`));
    expect(message).not.toContain('sk-');
  });

  // A server in the thread that Client blocks could not answer.
  it.skipIf(face === 'Client')('takes no option from Object.prototype', async () => {
    const { completions } = clientOf({}).chat;
    Object.defineProperty(Object.prototype, 'proxy', { value: 'http://127.0.0.1:1', configurable: true });
    try {
      const answer = await completions.create({ ...hello, maxRetries: 0 }, { timeout: 5000 });
      expect(answer.choices).toHaveLength(1);
      const other = await clientOf({}).chat.completions.create({ ...hello, maxRetries: 0 });
      expect(other.choices).toHaveLength(1);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'proxy');
    }
  });
});

it('models.list takes live and refresh, and nothing else besides the options of a call', async () => {
  const client = new AsyncClient({ env: {} });
  expect((await client.models.list({ refresh: true, live: false })).object).toBe('list');
  expect(await refused(() => client.models.list(untyped({ live: true, fresh: true })))).toBe(
    'there is no option "fresh". Did you mean refresh?',
  );
});

it.each([
  { hedge: { afterMS: 5 } },
  { routing: { polcy: 'order' } },
  { timeout: { conect: 5 } },
  { backends: [{ ids: 'x' }] },
])('nested: %j', async (given) => {
  const message = await refused(() => new AsyncClient(untyped(given)));
  expect(message).toMatch(/no field "(afterMS|polcy|conect|ids)"/);
});
