// A gateway with virtual keys over a state that others spoil, and everything that can be asked of it.
import { type HandlerOptions, type RunningServer, serve } from '@g4f/server';
import { answering } from '../../made-up.ts';
import type { Random } from '../attack.ts';
import { mustHold, oneOf } from '../scratch.ts';

const ADMIN_KEY = 'an-admin-key-of-the-operator';

/** What is asked of it, and how it is answered. */
export interface KeyedGateway {
  readonly server: RunningServer;
  /** What the operator was told on the console. */
  readonly told: readonly string[];
  /** All secrets: what is never to be told. */
  readonly secrets: string[];
  admin(method: string, path: string, body?: unknown): Promise<Answered>;
  ask(key: string, path: string, body?: unknown, method?: string): Promise<Answered>;
}

/** An answer, whole. */
interface Answered {
  readonly status: number;
  readonly text: string;
  readonly said: Readonly<Record<string, unknown>>;
}

/** Answers with the id that the question names. */
const echo = answering(async function* ({ model, messages }) {
  yield [{ type: 'answer-start', id: String(messages.at(-1)?.content), model, created: 0 }];
  yield [
    { type: 'text-delta', text: 'well' },
    { type: 'usage', usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 } },
    { type: 'finish', reason: 'stop' },
  ];
});

/** Works with a gateway over this state, which ends afterwards. Nothing that it says may hold a secret. */
export const withKeyedGateway = async (
  state: string,
  options: Omit<HandlerOptions, 'state' | 'client'>,
  work: (gateway: KeyedGateway) => Promise<void>,
): Promise<void> => {
  const told: string[] = [];
  const secrets = [ADMIN_KEY];
  const { error, warn } = console;
  console.error = (...words: unknown[]) => void told.push(words.map(String).join(' '));
  console.warn = console.error;
  let server: RunningServer | undefined;
  try {
    server = await serve({
      ...{ port: 0, state, adminKey: ADMIN_KEY, stateTimeout: 60_000 },
      ...options,
      client: { env: {}, provider: echo, maxRetries: 0 },
    });
    const { url } = server;
    const ask: KeyedGateway['ask'] = async (
      key,
      path,
      body,
      method = body === undefined ? 'GET' : 'POST',
    ) => {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, text, said: Object(parsed(text)) };
    };
    const admin: KeyedGateway['admin'] = (method, path, body) =>
      ask(ADMIN_KEY, `/admin${path}`, body, method);
    await work({ server, told, secrets, ask, admin });
  } finally {
    await server?.close(0);
    Object.assign(console, { error, warn });
  }
  const shown = told.find((line) => secrets.some((secret) => line.includes(secret)));
  mustHold(shown === undefined, `a secret was logged: ${shown}`);
};

/** A new key. */
export const newKey = async (
  { admin, secrets }: KeyedGateway,
  name: string,
): Promise<{ readonly id: string; readonly key: string }> => {
  const { status, said } = await admin('POST', '/keys', {
    name,
    limits: [{ tokens: 1_000_000, per: 'day' }],
  });
  mustHold(status === 201, `a key was not made: ${status}`);
  const [id, key] = [String(said.id), String(said.key)];
  secrets.push(key);
  return { id, key };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** All that can be asked, of a key and of a response that are there. */
export const askEverything = async (
  { ask, admin, secrets }: KeyedGateway,
  { id, key }: { readonly id: string; readonly key: string },
  response: string,
): Promise<void> => {
  const chat = { model: 'm', messages: [{ role: 'user', content: 'x' }] };
  const goOn = { model: 'm', input: 'go on', previous_response_id: response };
  const asked: readonly (readonly [string, () => Promise<Answered>])[] = [
    ['chat', () => ask(key, '/v1/chat/completions', chat)],
    ['a response', () => ask(key, `/v1/responses/${encodeURIComponent(response)}`)],
    ['to go on', () => ask(key, '/v1/responses', goOn)],
    ['ready', () => ask(key, '/ready')],
    ['keys', () => admin('GET', '/keys')],
    ['key', () => admin('GET', `/keys/${id}`)],
    ...['key', 'model', 'provider', 'day', 'request'].map(
      (by) => [`usage by ${by}`, () => admin('GET', `/usage?by=${by}`)] as const,
    ),
    ['a change', () => admin('PATCH', `/keys/${id}`, { name: 'another' })],
    ['another secret', () => admin('POST', `/keys/${id}/rotate`)],
    [
      'to delete the response',
      () => ask(key, `/v1/responses/${encodeURIComponent(response)}`, undefined, 'DELETE'),
    ],
    ['to delete the key', () => admin('DELETE', `/keys/${id}`)],
  ];
  for (const [what, asking] of asked) {
    const { status, text } = await asking();
    if (what === 'another secret' && status === 200) continue;
    mustHold(
      [200, 401, 403, 404, 429, 503].includes(status),
      `${what} was answered ${status}: ${text.slice(0, 300)}`,
    );
    const shown = secrets.find((secret) => text.includes(secret));
    mustHold(shown === undefined, `${what} told a secret: ${text.slice(0, 300)}`);
  }
  mustHold(Reflect.get({}, 'polluted') === undefined, 'Object.prototype was changed');
};

/** What somebody may have put in the place of a text. */
export const anyText = (before: string, random: Random): string =>
  oneOf<() => string>(
    [
      () => '',
      () => 'null',
      () => '5',
      () => '[]',
      () => '{}',
      () => '"x"',
      () => before.slice(0, Math.floor(random() * before.length)),
      () => '['.repeat(100_000),
      () => `"${'x'.repeat(40_000_000)}"`,
      () => '\u0000\u00ff\ufffd',
      () => before.replace('{', '{"__proto__":{"polluted":1,"isDisabled":false,"limits":[]},'),
      () => before.replace(/"limits":\[.*?\],?/, ''),
      () => before.replace(/"limits":\[.*?\]/, '"limits":[{"unit":"x","per":"eon","most":"all"}]'),
      () => before.replace(/"limits":\[.*?\]/, '"limits":{"length":1}'),
      () => before.replace(/"createdAt":\d+/, '"createdAt":1e300'),
      () => before.replace('"output"', '"outputs"'),
      () => before.replace('"input"', '"inputs"'),
      () => before.replace(/":/g, '" : '),
    ],
    random,
  )();
