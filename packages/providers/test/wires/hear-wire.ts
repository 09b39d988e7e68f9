// A wire that hears what the test says, in pieces of any size, and remembers what was asked and warned of.
import {
  type ChatCompletion,
  type ChatRequest,
  type Context,
  createGrammar,
  fold,
  G4FError,
  type HttpRequest,
  type StreamEvent,
} from '@g4f/core';
import { overWire } from '../../src/provider/over-wire.ts';
import type { ChatWire } from '../../src/wires/wire.ts';

/** What the service answers: 200 and the body, in one piece and to its end, unless said otherwise. */
export interface Said {
  readonly status?: number;
  readonly type?: string;
  /** Bytes in one read, or the places where it is cut. */
  readonly cut?: number | readonly number[];
  /** Breaks the connection after the body's bytes. */
  readonly breaks?: boolean;
}

/** All events that came, the error that ended them, and what went out. */
export interface HeardOverWire {
  readonly events: readonly StreamEvent[];
  readonly error: G4FError | undefined;
  readonly requests: readonly HttpRequest[];
  readonly warnings: readonly string[];
}

/** Asks once and reads to the end; the events must keep the stream grammar. */
export const hearWire = async (
  wire: ChatWire,
  body: string,
  { status = 200, type = wire.endpoints.chat.streamType, cut, breaks = false }: Said = {},
  request: Partial<ChatRequest> = {},
): Promise<HeardOverWire> => {
  const requests: HttpRequest[] = [];
  const warnings: string[] = [];
  const context: Context = {
    signal: new AbortController().signal,
    env: {},
    enter: () => undefined,
    warn: (message) => void warnings.push(message),
    send: async (sent) => {
      requests.push(sent);
      const headers = { 'content-type': type };
      return { status, headers, release: () => undefined, body: pieces(Buffer.from(body), cut, breaks) };
    },
  };
  const events: StreamEvent[] = [];
  const grammar = createGrammar('acme');
  const asked = { ...asking, ...request };
  let error: G4FError | undefined;
  try {
    for await (const batch of overWire(wire, {
      id: 'acme',
      baseURL: 'http://127.0.0.1:1',
      apiKey: 'acme-secret-1',
    }).chat(asked, context)) {
      for (const event of batch) {
        grammar.accept(event);
        events.push(event);
      }
    }
    grammar.end();
  } catch (thrown) {
    if (!(thrown instanceof G4FError)) throw thrown;
    error = thrown;
  }
  return { events, error, requests, warnings };
};

const asking: ChatRequest = {
  model: 'asked-for',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
};

async function* pieces(
  bytes: Buffer,
  cut: number | readonly number[] = bytes.length,
  breaks: boolean,
): AsyncGenerator<Uint8Array> {
  const places =
    typeof cut === 'number'
      ? Array.from({ length: Math.ceil(bytes.length / Math.max(1, cut)) }, (_, at) => at * cut)
      : [0, ...[...cut].map((at) => at % (bytes.length + 1)).sort((a, b) => a - b)];
  for (const [index, from] of places.entries()) yield bytes.subarray(from, places[index + 1]);
  if (breaks) throw new G4FError('acme: the connection broke. Try again.', { code: 'network' });
}

/** What these events are, as one answer. */
export const folded = ({ events }: Pick<HeardOverWire, 'events'>): Promise<ChatCompletion> =>
  fold(
    (async function* () {
      yield events;
    })(),
  );

/** All text of a kind. */
export const textOf = (
  { events }: Pick<HeardOverWire, 'events'>,
  type: 'text-delta' | 'reasoning-delta' = 'text-delta',
): string => events.map((event) => (event.type === type ? event.text : '')).join('');

/** The same value, in which nothing can be changed. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};
