// The service that repeats what it is sent, as the attacks hold it, and what an error must not show of a call.
import { once } from 'node:events';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';

/** The ways in which it repeats; see hostile-server.mjs. */
export const WAYS = [
  ...['raw-bytes', 'bad-header', 'bad-chunk', 'bad-gzip', 'odd-encoding', 'refusal-400', 'refusal-401'],
  ...[
    'refusal-500',
    'odd-headers',
    'whole-request',
    'page',
    'failure-in-stream',
    'event-without-json',
    'redirect',
  ],
] as const;

/** The forms in which it repeats the key. */
export const FORMS = [
  ...['plain', 'base64', 'password', 'user', 'slashes', 'unicode', 'url', 'percent', 'entities', 'hex'],
  ...['upper', 'lower', 'blank', 'breaks', 'short', 'long'],
] as const;

/** A running service. */
export interface Hostile {
  readonly port: number;
  /** Host and port of somebody else. */
  readonly elsewhere: string;
  /** How often somebody else was asked so far, and the first lines of the requests since the last time. */
  seen(): Promise<{ readonly hits: number; readonly targets: readonly string[] }>;
}

let running: Promise<Hostile> | undefined;

/** One for all attacks; it keeps no process alive. */
export const hostile = (): Promise<Hostile> => {
  running ??= start();
  return running;
};

async function start(): Promise<Hostile> {
  const thread = new Worker(new URL('./hostile-server.mjs', import.meta.url), { execArgv: [] });
  const [{ port, elsewhere }] = await once(thread, 'message');
  thread.unref();
  return {
    port,
    elsewhere,
    async seen() {
      thread.postMessage('seen');
      const [seen] = await once(thread, 'message');
      return seen;
    },
  };
}

/** What must not be shown. */
export interface Marked {
  readonly key: string;
  readonly prompt: string;
  readonly password: string;
}

const PIECE = 8;
const unescaped = (text: string): string =>
  text
    .replace(/\\+u([0-9a-f]{4})|%([0-9a-f]{2})/gi, (_, unicode, percent) =>
      String.fromCharCode(Number.parseInt(unicode ?? percent, 16)),
    )
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
const plain = (text: string): string =>
  unescaped(text)
    .toLowerCase()
    .replace(/\\+n|[^a-z0-9]/g, '');

/** Everything that prints an error shows. */
const printed = (error: unknown): readonly string[] => [
  inspect(error, { depth: 9 }),
  inspect(error, { depth: 9, showHidden: true }),
  JSON.stringify(error) ?? '',
  String(error),
  error instanceof Error ? `${error.stack}` : '',
];

/** @throws Error naming what of the call stands in the error, or which control. */
export const checkShown = (error: unknown, marked: Marked, where: string): void => {
  const encoded = [0, 1, 2].map((before) => Buffer.from('\0'.repeat(before) + marked.key).toString('base64'));
  const forms = [marked.key, marked.password, ...encoded.map((text) => text.slice(4, -4))];
  const secrets = [...forms.map(plain), Buffer.from(marked.key).toString('hex'), plain(marked.prompt)];
  for (const text of printed(error)) {
    const shown = plain(text);
    for (const secret of secrets) {
      const length = secret === plain(marked.prompt) ? 20 : PIECE;
      for (let at = 0; at + length <= secret.length; at++) {
        const piece = secret.slice(at, at + length);
        if (shown.includes(piece)) throw new Error(`${where}: "${piece}" is shown: ${text.slice(0, 2000)}`);
      }
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    const control = /[\0-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.exec(text)?.[0];
    if (control !== undefined)
      throw new Error(`${where}: ${JSON.stringify(control)} is shown: ${JSON.stringify(text)}`);
  }
};
