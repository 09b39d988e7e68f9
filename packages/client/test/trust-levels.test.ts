// A key goes only where whoever gives it says: not to the address of a lower level, of another account, or of other code.
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { failureOf } from './fake-provider.ts';
import { type FakeService, json, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService((response) => json(response, { error: { message: 'no' } }, 400));
});
afterAll(() => service.close());

const hello = { model: 'm', messages: 'x' };

/** What a call sent, or how it was refused before that. */
const sentBy = async (options: object): Promise<string> => {
  const before = service.requests.length;
  const client = new AsyncClient({ maxRetries: 0, ...options });
  const { message } = await failureOf(client.chat.completions.create(hello));
  if (service.requests.length === before) return message;
  const { path, headers } = service.requests.at(-1) ?? {};
  return `${path} ${headers?.authorization ?? headers?.['x-api-key'] ?? 'no key'}`;
};

describe('an address in the environment', () => {
  it.each(['openai', 'openai-responses'])('of an account moves %s', async (provider) => {
    const env = { OPENAI_API_KEY: 'sk-env', OPENAI_BASE_URL: ` ${service.url}/moved ` };
    expect(await sentBy({ provider, env })).toMatch(/^\/v1\/moved\/(chat|responses).* Bearer sk-env$/);
  });

  it('of one protocol counts before that of the account, and for it alone', async () => {
    const env = {
      OPENAI_API_KEY: 'sk-env',
      OPENAI_RESPONSES_BASE_URL: `${service.url}/own`,
      OPENAI_BASE_URL: `${service.url}/moved`,
    };
    expect(await sentBy({ provider: 'openai-responses', env })).toMatch(/^\/v1\/own\//);
    expect(await sentBy({ provider: 'openai', env })).toMatch(/^\/v1\/moved\//);
  });

  it.each(['openai', 'openai-responses', 'groq'])('gets no key of the program (%s)', async (provider) => {
    const env = { OPENAI_BASE_URL: service.url, GROQ_BASE_URL: service.url };
    for (const given of [
      { apiKey: 'sk-program' },
      { apiKey: { [provider]: ['sk-program'] } },
      { headers: { authorization: 'Bearer sk-program' } },
    ]) {
      const refused = await sentBy({ provider, env, ...given });
      expect(refused).toMatch(
        /: the key was given to the client, and the address by the variable \w+_BASE_URL/,
      );
      expect(await sentBy({ provider, env, ...given, baseURL: `${service.url}/said` })).toMatch(
        /^\/v1\/said\/.* Bearer sk-program$/,
      );
    }
  });

  it.each(['cookie', 'x-portkey-api-key', 'cf-aig-authorization'])(
    'gets no %s header of the program',
    async (name) => {
      const env = { OPENAI_BASE_URL: service.url, OPENAI_API_KEY: 'sk-env' };
      const given = { provider: 'openai', env, headers: { [name]: 'value-of-the-program' } };
      expect(await sentBy(given)).toMatch(/the address by the variable OPENAI_BASE_URL/);
      expect(await sentBy({ ...given, headers: { 'x-team': 'research' } })).toMatch(/ Bearer sk-env$/);
    },
  );

  it('is passed over where another provider can be asked', async () => {
    const client = new AsyncClient({
      env: { OPENAI_BASE_URL: `${service.url}/moved`, GROQ_API_KEY: 'gsk', GROQ_BASE_URL: service.url },
      apiKey: { openai: 'sk-program' },
      maxRetries: 0,
    });
    const before = service.requests.length;
    await failureOf(client.chat.completions.create({ model: 'gpt-5.4', messages: 'x' }));
    expect(service.requests.slice(before).every(({ path }) => !path.includes('moved'))).toBe(true);
  });

  it('gets no key of the program from the small client, or of a Provider', async () => {
    const provider = openaiCompatible({ id: 'groq', baseURL: 'http://127.0.0.1:9/v1' });
    const env = { GROQ_BASE_URL: service.url };
    for (const given of [{ apiKey: 'sk-program' }, { headers: { authorization: 'Bearer sk-program' } }])
      expect((await failureOf(async () => new SmallClient({ provider, env, ...given }))).message).toMatch(
        /^groq: the key was given to the client, and the address by the variable GROQ_BASE_URL/,
      );
    const own = openaiCompatible({ id: 'groq', baseURL: `${service.url}/own`, apiKey: 'sk-own' });
    expect(await sentBy({ provider: own, env })).toBe('/v1/own/chat/completions Bearer sk-own');
  });

  it('does not get the key in the headers of a row', async () => {
    const row = { id: 'acme', baseURL: `${service.url}/row`, headers: { authorization: 'Bearer sk-row' } };
    const env = { ACME_BASE_URL: `${service.url}/elsewhere` };
    expect(await sentBy({ provider: 'acme', backends: [row], env })).toMatch(/^\/v1\/row\/.* Bearer sk-row$/);
    const keyless = { id: 'acme', baseURL: `${service.url}/row` };
    expect(await sentBy({ provider: 'acme', backends: [keyless], env })).toMatch(/^\/v1\/elsewhere\//);
  });
});

describe('a key of the environment', () => {
  it('goes to the address that the program gives, by the constructor or by a call', async () => {
    const env = { OPENAI_API_KEY: 'sk-env' };
    const options = { provider: 'openai', env, maxRetries: 0 };
    expect(await sentBy({ ...options, baseURL: service.url })).toMatch(/ Bearer sk-env$/);
    await failureOf(new AsyncClient(options).chat.completions.create(hello, { baseURL: service.url }));
    expect(service.requests.at(-1)?.headers.authorization).toBe('Bearer sk-env');
  });
});

describe('Object.prototype', () => {
  const polluted = async <T>(fields: object, doing: () => Promise<T>): Promise<T> => {
    for (const [name, value] of Object.entries(fields)) Object.assign(Object.prototype, { [name]: value });
    try {
      return await doing();
    } finally {
      for (const name of Object.keys(fields)) Reflect.deleteProperty(Object.prototype, name);
    }
  };

  it.each<[string, () => object]>([
    ['a variable of an address', () => ({ OPENAI_BASE_URL: `${service.url}/evil` })],
    ['a key', () => ({ apiKey: 'sk-evil', OPENAI_API_KEY: 'sk-evil' })],
    ['a proxy', () => ({ proxy: service.url, HTTP_PROXY: service.url, HTTPS_PROXY: service.url })],
    ['headers', () => ({ headers: { 'x-evil': '1' } })],
    ['a provider', () => ({ provider: 'groq', fallback: 'groq', G4F_FALLBACK: 'groq' })],
    ['an extraBody', () => ({ extraBody: { evil: 1 }, retired: 'successor' })],
    ['a row', () => ({ backends: [{ id: 'evil', baseURL: service.url }], G4F_CONFIG: '/nowhere.json' })],
  ])('is no place for %s', async (_, fields) => {
    const options = { provider: 'openai', baseURL: `${service.url}/good`, env: { OPENAI_API_KEY: 'sk-env' } };
    const before = service.requests.length;
    const said: string[] = [];
    await polluted(fields(), async () => {
      const client = new AsyncClient({ ...options, maxRetries: 0 });
      for (const call of [undefined, { timeout: 5_000 }])
        said.push((await failureOf(client.chat.completions.create(hello, call))).message);
    });
    expect(said).toEqual([expect.stringContaining('400'), expect.stringContaining('400')]);
    const sent = service.requests.slice(before);
    expect(sent.map(({ path }) => path)).toEqual(Array(2).fill('/v1/good/chat/completions'));
    for (const { headers, body } of sent) {
      expect(headers).toMatchObject({ authorization: 'Bearer sk-env' });
      expect(headers).not.toHaveProperty('x-evil');
      expect(body).not.toHaveProperty('evil');
    }
  });

  it('does not choose whom Client and the small client ask', async () => {
    const given = { provider: 'openai', baseURL: `${service.url}/good`, apiKey: 'sk-program', env: {} };
    const backend = openaiCompatible({ id: 'acme', baseURL: `${service.url}/good`, apiKey: 'sk-own' });
    const sync = new Client({ ...given, baseURL: 'http://127.0.0.1:9', maxRetries: 0 });
    const small = new SmallClient({ provider: backend, env: {}, maxRetries: 0 });
    for (const provider of ['groq', { id: 'evil' }])
      await polluted({ provider, baseURL: `${service.url}/evil` }, async () => {
        const refused = await failureOf(async () => sync.chat.completions.create(hello));
        expect(refused).toMatchObject({ provider: 'openai', code: 'network' });
        expect(refused.message).toContain('127.0.0.1:9');
        expect((await failureOf(small.chat.completions.create(hello))).message).toContain('acme: 400');
      });
    expect(service.requests.at(-1)?.path).toBe('/v1/good/chat/completions');
  });

  it('is no place for a key of a provider that has none', async () => {
    const failed = await polluted({ OPENAI_API_KEY: 'sk-evil', OPENAI_BASE_URL: service.url }, async () => {
      const { completions } = new AsyncClient({ provider: 'openai' }).chat;
      return failureOf(completions.create(hello));
    });
    expect(failed.message).toContain('set OPENAI_API_KEY');
  });
});

describe('a user and a password in an address', () => {
  const address = 'http://me:s3cret@127.0.0.1:9/v1';
  const FACES: Record<string, (options: object) => unknown> = {
    AsyncClient: (options) => new AsyncClient(options),
    Client: (options) => new Client(options),
    'the small client': (options) =>
      new SmallClient({ provider: openaiCompatible({ baseURL: 'http://127.0.0.1:9' }), ...options }),
  };

  it.each(Object.keys(FACES))('are refused by %s, and not quoted', async (face) => {
    for (const baseURL of [address, 'https://token@host.example/v1', 'http://:pw@h/v1']) {
      const { code, message } = await failureOf(async () => FACES[face]?.({ baseURL, env: {} }));
      expect([code, message.replace(/: give.*/, '')]).toEqual([
        'invalid-request',
        'baseURL holds a user or a password ("user:password@"), which is not sent',
      ]);
    }
  });

  it('are refused in variables, rows and Providers, too', async () => {
    const said = [
      await sentBy({ provider: 'groq', env: { GROQ_API_KEY: 'k', GROQ_BASE_URL: address } }),
      await sentBy({ provider: 'ollama', env: { OLLAMA_HOST: address } }),
      await sentBy({
        provider: 'azure-openai',
        env: { AZURE_OPENAI_API_KEY: 'k', AZURE_OPENAI_ENDPOINT: address },
      }),
      (await failureOf(async () => new AsyncClient({ backends: [{ id: 'acme', baseURL: address }] })))
        .message,
      (await failureOf(async () => openaiCompatible({ baseURL: address }))).message,
    ];
    for (const message of said) {
      expect(message).toMatch(/a user (or|and) a password/);
      expect(message).not.toMatch(/s3cret|me:/);
    }
  });
});
