// Attacks by what an end user, the environment or other code may write: a key or a prompt is to reach a server of theirs.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { AsyncClient, Client, type ClientOptions, isG4FError } from '@g4f/client';
import { AsyncClient as MiniClient } from '@g4f/client/mini';
import { registry } from '@g4f/providers';
import type { Attack, Random } from './attack.ts';

const KEY = 'sk-env-0123456789abcdef';
const PROMPT = 'a prompt that nobody else may read';
const HELLO = { model: 'm', messages: PROMPT };
const OF_PARAMETERS =
  "Among a call's parameters a provider may be named by its id; nothing in them sends a key or a prompt to an address, through a proxy, or loads a module.";
const OF_KEYS =
  'A key without an id goes only to the provider or the address that the program names beside it, and never to an address of a lower trust level.';
const OF_PROTOTYPE =
  'Options and variables are own properties: what other code puts on Object.prototype is none.';

/** A server that should hear nothing it was not meant to. */
interface Listener {
  readonly url: string;
  /** All it was sent, the lines of a CONNECT included. */
  readonly heard: readonly string[];
  close(): Promise<void>;
}

const listen = async (): Promise<Listener> => {
  const heard: string[] = [];
  const note = ({ method, url, headers }: IncomingMessage, body = ''): void =>
    void heard.push(`${method} ${url} ${JSON.stringify(headers)} ${body}`);
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    note(request, body);
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
  });
  server.on('connect', (request, socket) => {
    note(request);
    socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

const pick = <T>(random: Random, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0];

const PROVIDERS = ['openai', 'openai-responses', 'anthropic', 'gemini', 'cohere', 'groq'] as const;

/** Every key that an environment may hold. */
const ENV: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(registry).flatMap(({ env = [] }) => env.map((name) => [name, KEY])),
);

/** What a call failed with. @throws Error if it did not fail, or with an error that is none of ours. */
const failing = async (what: string, call: () => unknown): Promise<string> => {
  try {
    const answer = await call();
    if (Symbol.iterator in Object(answer)) for (const _ of answer as Iterable<unknown>);
    if (Symbol.asyncIterator in Object(answer)) for await (const _ of answer as AsyncIterable<unknown>);
  } catch (thrown) {
    if (isG4FError(thrown)) return thrown.code;
    throw thrown;
  }
  throw new Error(`${what} was carried out`);
};

const refuses = async (what: string, call: () => unknown): Promise<void> => {
  const code = await failing(what, call);
  if (code !== 'invalid-request') throw new Error(`${what} failed by ${code}, and was not refused`);
};

/** Asks each client with parameters as an end user wrote them. */
const askAll = async (
  written: object,
  ask: (what: string, call: () => unknown) => Promise<void>,
): Promise<void> => {
  // As JSON brings them: `__proto__` and all.
  const params: never = JSON.parse(JSON.stringify({ ...HELLO, ...written })) as never;
  const options = { env: ENV, maxRetries: 0, timeout: 5_000 };
  const groq = await registry.groq?.load();
  if (groq === undefined) throw new Error('there is no groq');
  const client = new AsyncClient(options);
  const blocking = new Client(options);
  try {
    for (const each of [client, blocking, new MiniClient({ ...options, provider: groq })])
      await ask(`${each.constructor.name}: ${JSON.stringify(written)}`, () =>
        each.chat.completions.create(params),
      );
  } finally {
    blocking.close();
  }
  const { model: _, messages: __, ...listed }: Record<string, unknown> = params;
  await ask(`models.list: ${JSON.stringify(written)}`, () => client.models.list(listed));
};

const withListener = async (attack: (evil: Listener) => Promise<void>): Promise<void> => {
  const evil = await listen();
  try {
    await attack(evil);
  } finally {
    await evil.close();
  }
};

const mustBeSilent = ({ heard }: Listener): void => {
  if (heard.length > 0) throw new Error(`it was told: ${heard[0]?.slice(0, 200)}`);
};

const FROM_PARAMETERS: readonly Attack[] = [
  {
    name: 'an address, a proxy, headers or a key among the parameters',
    promise: OF_PARAMETERS,
    run: (random) =>
      withListener(async (evil) => {
        const address = `${evil.url}${pick(random, ['', '/', '/v1', '/v1?x=1'])}`;
        const provider = pick(random, [...PROVIDERS]);
        for (const written of [
          { baseURL: address },
          { proxy: address },
          { headers: { host: evil.url, authorization: 'Bearer x' } },
          { apiKey: { [provider]: 'sk-of-an-end-user' } },
          { env: { OPENAI_BASE_URL: address } },
          { backends: [{ id: 'openai', baseURL: address }] },
          { base_url: address },
          { BaseURL: address },
        ])
          await askAll({ provider, stream: random() < 0.5, ...written }, refuses);
        mustBeSilent(evil);
      }),
  },
  {
    name: 'the URL of a module, or data in the shape of a provider, among the parameters',
    promise: OF_PARAMETERS,
    run: (random) =>
      withListener(async (evil) => {
        const fetching = `await fetch(${JSON.stringify(evil.url)});export default {}`;
        const scheme = pick(random, [
          'data:text/javascript,',
          'DATA:text/javascript,',
          '\tdata:text/javascript,',
        ]);
        for (const provider of [
          scheme + encodeURIComponent(fetching),
          `${evil.url}/module.mjs`,
          pick(random, ['file:///tmp/x.mjs', 'FILE:///tmp/x.mjs', 'node:fs', 'blob:nodedata:1']),
          {
            id: 'openai',
            name: 'x',
            website: evil.url,
            key: 'none',
            models: {},
            baseURL: evil.url,
            chat: 'x',
          },
          ['openai', `${evil.url}/module.mjs`],
        ])
          await askAll({ provider }, refuses);
        mustBeSilent(evil);
      }),
  },
];

const WITH_KEYS: readonly Attack[] = [
  {
    name: "a provider that a call's parameters name, for a key that was given to another or to none",
    promise: OF_KEYS,
    run: (random) =>
      withListener(async (evil) => {
        const own = { id: 'own', baseURL: 'http://127.0.0.1:9/v1' };
        const client = new AsyncClient({
          env: {},
          backends: [own, { id: 'evil', baseURL: evil.url }],
          maxRetries: 0,
          ...pick<ClientOptions>(random, [{}, { provider: 'own' }]),
          ...pick<ClientOptions>(random, [{ apiKey: KEY }, { headers: { 'x-api-key': KEY } }]),
        });
        for (const named of [{ provider: 'evil' }, { model: 'evil:m' }, { provider: ['evil', 'own'] }]) {
          await failing(`a call to ${JSON.stringify(named)}`, () =>
            client.chat.completions.create({ ...HELLO, ...named }),
          );
          await failing('one with its own key', () =>
            client.chat.completions.create({ ...HELLO, ...named }, { apiKey: KEY }),
          );
        }
        const told = evil.heard.find((text) => text.includes(KEY));
        if (told !== undefined) throw new Error(`the key reached it: ${told.slice(0, 200)}`);
      }),
  },
  {
    name: 'an address in the environment for a key of the program, and for one account over two protocols',
    promise: OF_KEYS,
    run: (random) =>
      withListener(async (evil) => {
        const env = { OPENAI_BASE_URL: `${evil.url}${pick(random, ['', '/v1', '/v1/'])}` };
        for (const provider of ['openai', 'openai-responses']) {
          const given = pick<ClientOptions>(random, [
            { apiKey: KEY },
            { apiKey: { [provider]: [KEY] } },
            { headers: { [pick(random, ['authorization', 'Authorization'])]: `Bearer ${KEY}` } },
          ]);
          await refuses(`a key for ${provider} at a variable's address`, () =>
            new AsyncClient({ provider, env, ...given }).chat.completions.create(HELLO),
          );
        }
        mustBeSilent(evil);
        for (const provider of ['openai', 'openai-responses'] as const)
          await failing('a gateway that says no', () =>
            new AsyncClient({
              provider,
              env: { ...env, OPENAI_API_KEY: KEY },
              maxRetries: 0,
            }).chat.completions.create(HELLO),
          );
        if (evil.heard.length !== 2) throw new Error('the account was moved for one of its protocols only');
      }),
  },
  {
    name: 'options and variables on Object.prototype',
    promise: OF_PROTOTYPE,
    run: (random) =>
      withListener(async (evil) => {
        const good = await listen();
        const options: ClientOptions = {
          provider: 'good',
          backends: [{ id: 'good', baseURL: good.url, apiKeyEnv: 'GOOD_KEY' }],
          env: { GOOD_KEY: KEY },
          maxRetries: 0,
        };
        const names = ['baseURL', 'proxy', 'GOOD_BASE_URL', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY'] as const;
        // One at a time, or it would not be seen which of them is believed.
        for (const name of random() < 0.5 ? names : names.toReversed()) {
          Object.defineProperty(Object.prototype, name, { value: evil.url, configurable: true });
          try {
            const client = new AsyncClient(options);
            await failing(`with ${name}`, () => client.chat.completions.create(HELLO));
            await failing(`with ${name}, in a call`, () =>
              client.chat.completions.create({ ...HELLO, maxRetries: 0 }, { timeout: 5_000 }),
            );
          } finally {
            Reflect.deleteProperty(Object.prototype, name);
          }
          mustBeSilent(evil);
        }
        await good.close();
        if (good.heard.length !== 2 * names.length) throw new Error('a call did not go where it belongs');
      }),
  },
];

/** By options. */
export const OPTIONS_ATTACKS: readonly Attack[] = [...FROM_PARAMETERS, ...WITH_KEYS];
