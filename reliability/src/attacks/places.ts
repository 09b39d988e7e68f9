// Attacks on places: a key and a prompt go where the caller chose, whatever a service, a model's name or the environment says.
import { oneOf } from '../soak/random.ts';
import { WIRES } from '../wires.ts';
import { ASKING, failureOf } from './asking.ts';
import type { Attack, Random } from './attack.ts';
import { hostile } from './hostile.ts';

const KEY = 'a-marked-key-0123456789';
const messages = [{ role: 'user', content: 'a marked prompt' }] as const;

/** Pieces of which names are made that try to leave their place. */
const PIECES = [
  ...[
    '..',
    '.',
    '/',
    '//',
    '\\',
    '?',
    '#',
    '%2e%2e',
    '%2f',
    ':',
    '@',
    ';',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\0',
    'a',
    'b',
  ],
  ...['predictions', 'abc', 'cancel', 'models', 'files', '\ud800', 'ü', '․', 'evil.test', 'https:'],
];
const nameOf = (random: Random): string =>
  random() < 0.2
    ? '../predictions/abc/cancel#'
    : Array.from({ length: 1 + Math.floor(random() * 7) }, () => oneOf(PIECES, random)).join('');

/** What may be asked of the services whose addresses hold the name of a model, behind the base. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  gemini: /^\/refusal-401\/plain\/[^?#]+:(?:streamGenerateContent\?alt=sse|generateContent)$/,
  replicate: /^\/refusal-401\/plain\/(?:models\/[^/?#]+(?:\/[^/?#]+)?\/)?predictions$/,
};
const LIST = /^\/refusal-401\/plain\/(?:models(?:\?[^#]*)?|collections\/language-models)$/;

/** This machine, as its address may be written. */
const LOOPBACKS = [
  ...['127.0.0.1', 'localhost', 'LOCALHOST.', 'any.localhost', '127.1', '127.0.0.1.', '0x7f.1', '2130706433'],
  ...['0177.0.0.1', '127.9.8.7', '0.0.0.0', '0', '[::1]', '[::]', '[::ffff:127.0.0.1]', '[0:0:0:0:0:0:0:1]'],
];

export const PLACES_ATTACKS: readonly Attack[] = [
  {
    name: 'a service that names an address of somebody else',
    promise: 'An address that a service names is opened only on the hosts of that service.',
    async run(random) {
      const service = await hostile();
      const before = await service.seen();
      for (const name of ASKING) {
        const form = Math.floor(random() * 1000);
        const baseURL = `http://127.0.0.1:${service.port}/prediction/${form}`;
        const given = { provider: 'replicate', apiKey: KEY, baseURL, env: {}, maxRetries: 0 } as const;
        const stream = random() < 0.5;
        const failure = await failureOf(name, given, { model: 'meta/llama', messages, stream });
        if (failure === undefined) throw new Error(`${name}, address ${form}: it did not fail`);
      }
      const { hits, targets } = await service.seen();
      if (hits !== before.hits) throw new Error('somebody else was asked');
      const asked = targets.filter((line) => !line.startsWith('POST '));
      // The list of models apart.
      if (asked.length > 1) throw new Error(`it was asked again: ${asked.join(', ')}`);
    },
  },
  {
    name: 'a name of a model that leaves its place in the address',
    promise: 'An id that goes into an address stays one piece of it, or is refused.',
    async run(random) {
      const service = await hostile();
      await service.seen();
      for (const provider of Object.keys(ALLOWED)) {
        for (const name of ASKING) {
          const model = nameOf(random);
          const baseURL = `http://127.0.0.1:${service.port}/refusal-401/plain`;
          const given = { provider, apiKey: KEY, baseURL, env: {}, maxRetries: 0 } as const;
          await failureOf(name, given, { model, messages, stream: random() < 0.5 });
          for (const line of (await service.seen()).targets) {
            const target = line.split(' ')[1] ?? '';
            const allowed = line.startsWith('GET ') ? LIST : ALLOWED[provider];
            if (allowed?.test(target) !== true || /\/\.{1,2}(?:\/|$)/.test(target))
              throw new Error(`${name}, ${provider}, ${JSON.stringify(model)}: asked for ${target}`);
          }
        }
      }
    },
  },
  {
    name: 'a proxy of the environment, and a server on this machine',
    promise: 'A server on this machine is never reached through a proxy of the environment.',
    async run(random) {
      const service = await hostile();
      const before = await service.seen();
      const host = oneOf(LOOPBACKS, random);
      const proxy = `http://${service.elsewhere}`;
      const env = { HTTP_PROXY: proxy, http_proxy: proxy, ALL_PROXY: proxy };
      for (const name of ASKING) {
        const { provider } = oneOf(WIRES, random);
        const baseURL = `http://${host}:${service.port}/refusal-401/plain`;
        const given = { provider, apiKey: KEY, baseURL, env, maxRetries: 0 } as const;
        await failureOf(name, given, { model: 'm', messages, stream: random() < 0.5 });
      }
      if ((await service.seen()).hits !== before.hits) throw new Error(`${host}: the proxy was asked`);
    },
  },
];
