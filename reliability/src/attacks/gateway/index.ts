// Attacks on a gateway by its callers: bodies of many pieces or of any values, requests that are none, and what others keep.
import type { Provider } from '@g4f/core';
import { createHandler, type Handler, type RunningServer, serve } from '@g4f/server';
import { answering, saying } from '../../made-up.ts';
import { WIRES } from '../../wires.ts';
import type { Attack, Random } from '../attack.ts';
import { checkGrowth, checkTime, isStrict } from '../bounded-time.ts';
import { below, mustHold, oneOf } from '../scratch.ts';
import { anyBody, anyEvents, BODY_ROUTES } from './any-body.ts';
import { CHAT_BODIES, OTHER_BODIES } from './bodies.ts';
import type { GatewayBody } from './kinds.ts';
import { exchangeRaw } from './raw.ts';

const LINEAR = 'Twice as many pieces of whatever kind take twice the time, and no more.';
const KEY = 'sk-of-the-operator-0123456789';
/** Nothing listens there: all that a request costs before it is sent is paid. */
const NOWHERE = 'http://127.0.0.1:9/v1';

const toWires = (): Handler =>
  createHandler({
    client: {
      env: Object.fromEntries(WIRES.map(({ wire }) => [keyOf(wire), KEY])),
      maxRetries: 0,
      backends: WIRES.map(({ wire }) => ({ id: idOf(wire), baseURL: NOWHERE, wire, apiKeyEnv: keyOf(wire) })),
    },
  });
const idOf = (wire: string): string => `to-${wire}`;
const keyOf = (wire: string): string => `KEY_${wire.replaceAll('-', '_')}`;

const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}): Request =>
  new Request(`http://127.0.0.1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

const anyOf = (names: readonly string[], random: Random): string => names[below(names.length, random)] ?? '';

/** So many that a square is seen in a test. */
const MANY = 32_000;

const ask = async (handler: Handler, path: string, body: string): Promise<void> => {
  const answer = await handler(post(path, body));
  const text = await answer.text();
  mustHold(answer.status !== 500, `it answered 500: ${text.slice(0, 300)}`);
  mustHold(!text.includes(KEY), `it told the key: ${text.slice(0, 300)}`);
};

const manyPieces = (route: string, kind: string, body: GatewayBody, wires: readonly string[]): Attack => ({
  name: `many pieces: a gateway, ${route}, ${kind}`,
  promise: LINEAR,
  async run(random) {
    const handler = toWires();
    const letter = String.fromCharCode(97 + below(26, random));
    const model = `${idOf(anyOf(wires, random))}:m`;
    const path = route.replace('MODEL', encodeURIComponent(model));
    const make = (count: number) => {
      const text = JSON.stringify(body(count, letter, model));
      return () => ask(handler, path, text);
    };
    if (isStrict()) await checkGrowth(this.name, make);
    else await checkTime(this.name, make(MANY));
  },
});

const WIRE_NAMES = WIRES.map(({ wire }) => wire);

const MANY_PIECES: readonly Attack[] = [
  ...Object.entries(CHAT_BODIES).flatMap(([route, kinds]) =>
    Object.entries(kinds).map(([kind, body]) => manyPieces(route, kind, body, WIRE_NAMES)),
  ),
  ...Object.entries(OTHER_BODIES).map(([name, body]) => {
    const [route = '', ...kind] = name.split(' ');
    return manyPieces(route, kind.join(' '), body, ['openai-chat']);
  }),
  // What once took longest, by name, because a test tries each kind over one protocol only.
  ...(['calls and their results', 'results of no call', 'calls of one id', 'messages'] as const).flatMap(
    (kind) =>
      (['openai-responses', 'anthropic-messages'] as const).map((wire): Attack => {
        const body = CHAT_BODIES['/v1/chat/completions']?.[kind];
        if (body === undefined) throw new Error(`there is no kind ${kind}`);
        const made = manyPieces('/v1/chat/completions', kind, body, [wire]);
        return { ...made, name: `${made.name}, over ${wire}` };
      }),
  ),
];

/** What it says where it is at fault itself, or showed what it must not. */
const FAULT = /"internal"|INTERNAL|gateway failed|\[object |undefined is not|Cannot read prop/;

const fuzzed = (random: Random): Provider =>
  answering(async function* () {
    yield anyEvents(random);
  });

/** Of what nobody understands, the operator is told on the console. */
const hearingConsole = async (work: () => Promise<void>): Promise<readonly unknown[]> => {
  const { error } = console;
  const heard: unknown[] = [];
  console.error = (...told: unknown[]) => void heard.push(...told);
  try {
    await work();
  } finally {
    console.error = error;
  }
  return heard;
};

const withServer = async (
  options: Parameters<typeof serve>[0],
  work: (server: RunningServer) => Promise<void>,
): Promise<void> => {
  const server = await serve({ port: 0, ...options });
  try {
    await work(server);
  } finally {
    await server.close(0);
  }
};

/** Requests that two readers may understand differently; `HIDDEN` must not be answered. */
const HIDDEN = 'GET /v1/hidden HTTP/1.1\r\nhost: localhost\r\n\r\n';
const SMUGGLED: readonly [string, ...string[]] = [
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\ncontent-length: 5\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding : chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n1;${'a'.repeat(17_000)}\r\nx\r\n0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0x0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\nhost: localhost\ncontent-length: 0\n\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\n x: y\r\ncontent-length: 0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\nhost: evil.test\r\ncontent-length: 0\r\n\r\n${HIDDEN}`,
  `POST /v1/embeddings HTTP/1.1\r\nhost: evil.test\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
  `POST http://evil.test/v1/embeddings HTTP/1.1\r\nhost: evil.test\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
];

const answers = saying('what only its owner may read');

export const GATEWAY_ATTACKS: readonly Attack[] = [
  ...MANY_PIECES,
  {
    name: 'any body and any answer at a gateway',
    promise:
      'A gateway answers whatever it is asked, by a status and a body of the API, and is never at fault itself.',
    async run(random) {
      const provided = createHandler({ client: { env: {}, maxRetries: 0, provider: fuzzed(random) } });
      const wired = toWires();
      for (let times = isStrict() ? 300 : 100; times > 0; times -= 1) {
        const route = oneOf(BODY_ROUTES, random);
        const toWire = random() < 0.5;
        const model = toWire ? `${idOf(anyOf(WIRE_NAMES, random))}:m` : 'm';
        const body = JSON.stringify(anyBody(route, model, random)) ?? 'null';
        let said = '';
        const told = await hearingConsole(async () => {
          const answer = await (toWire ? wired : provided)(post(route.replace('MODEL', model), body));
          said = `${answer.status} ${await answer.text()}`;
        });
        mustHold(
          told.length === 0 && !said.startsWith('500') && !FAULT.test(said) && !said.includes(KEY),
          `${route} with ${body.slice(0, 2000)} answered ${said.slice(0, 500)} ${String(told[1] ?? told[0] ?? '')}`,
        );
      }
    },
  },
  {
    name: 'a request hidden in another, and names that are none of the gateway',
    promise:
      'What is no HTTP, or may be understood in two ways, is refused, and nothing that is hidden in it is answered.',
    run: (random) =>
      withServer({ client: { env: {}, provider: answers } }, async ({ port, url }) => {
        const request = oneOf(SMUGGLED, random);
        const said = await exchangeRaw(port, request);
        mustHold(
          !said.includes('/v1/hidden'),
          `${JSON.stringify(request)} was answered ${said.slice(0, 500)}`,
        );
        mustHold(
          !/^HTTP\/1\.1 [25]/.test(said),
          `${JSON.stringify(request)} was answered ${said.slice(0, 200)}`,
        );
        const { status } = await fetch(`${url}/health`);
        mustHold(status === 200, `afterwards it answered ${status}`);
      }),
  },
  {
    name: 'a response that is kept for another key',
    promise: 'Nobody reads, goes on from or deletes what a gateway keeps for another key.',
    async run(random) {
      const keys = ['key-of-one-0123456789', 'key-of-two-0123456789'] as const;
      const handler = createHandler({ keys, client: { env: {}, provider: answers } });
      const names = ['authorization', 'x-api-key', 'x-goog-api-key'] as const;
      const keyed = (key: string) => {
        const name = oneOf(names, random);
        return { [name]: name === 'authorization' ? `Bearer ${key}` : key };
      };
      const made = await handler(post('/v1/responses', '{"model":"m","input":"x"}', keyed(keys[0])));
      const { id } = (await made.json()) as { readonly id: string };
      const sent = `/v1/responses/${oneOf([id, encodeURIComponent(id), `${id}?key=${keys[1]}`, `./${id}`], random)}`;
      for (const method of ['GET', 'DELETE']) {
        const other = await handler(
          new Request(`http://127.0.0.1${sent}`, { method, headers: keyed(keys[1]) }),
        );
        mustHold(other.status === 404, `${method} ${sent} with another key was answered ${other.status}`);
      }
      const body = JSON.stringify({ model: 'm', input: 'go on', previous_response_id: id });
      const gone = await handler(post('/v1/responses', body, keyed(keys[1])));
      mustHold(gone.status === 404, `another key went on from it: ${gone.status}`);
      const own = await handler(
        new Request(`http://127.0.0.1/v1/responses/${id}`, { headers: keyed(keys[0]) }),
      );
      mustHold(own.status === 200, `its owner was answered ${own.status}`);
    },
  },
];
