// Plays the bytes of an answer to AsyncClient, over a network that is not there, and hears what it makes of them.
import { AsyncClient, G4FError } from '@g4f/client';
import type { Batch, Provider, StreamEvent } from '@g4f/core';
import { loadWire, overWire } from '@g4f/providers';
import { addChunk, nothingHeard } from '../heard.ts';
import type { Ending } from '../verdict.ts';
import type { Framing, StreamedAnswer } from './answers.ts';

/** How the bytes come. */
export interface Delivery {
  /** How many at once, by turns; a read may be empty. */
  readonly sizes: readonly number[];
  /** What comes after them. */
  readonly ends: 'end' | 'reset';
}

/** What came of it, and the wire's own events. */
export interface Played extends Ending {
  readonly events: readonly StreamEvent[];
}

/** All bytes are there from the beginning, so it settles at once, or it hangs: so long is waited to tell, in ms. */
const HANGS_MS = 20_000;
const HUNG = new Error('it hung');

/** Whether this is what {@link play} throws when nothing comes any more. */
export const isHang = (thrown: unknown): boolean => thrown === HUNG;

const client = new AsyncClient({ env: {}, maxRetries: 0 });

/** What a reader hears of these bytes. */
export const play = async (
  answer: StreamedAnswer,
  bytes: Buffer,
  delivery: Delivery,
  makeProvider = providerOf,
): Promise<Played> => {
  const heard = nothingHeard();
  const events: StreamEvent[] = [];
  const provider = tapped(await makeProvider(answer, bytes, delivery), events);
  const read = async (): Promise<void> => {
    const params = { model: 'm', messages: 'hi', provider, stream: true } as const;
    for await (const chunk of client.chat.completions.create(params)) addChunk(heard, chunk);
  };
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(HUNG), HANGS_MS);
  });
  try {
    await Promise.race([read(), hangs]);
    return { heard, events, thrown: undefined };
  } catch (thrown) {
    return { heard, events, thrown };
  } finally {
    clearTimeout(timer);
  }
};

/** Writes down what the wire says before the client hears it. */
const tapped = (provider: Provider, events: StreamEvent[]): Provider => {
  const { chat } = provider;
  if (chat === undefined) return provider;
  return {
    ...provider,
    async *chat(request, context): AsyncGenerator<Batch> {
      for await (const batch of chat(request, context)) {
        events.push(...batch);
        yield batch;
      }
    },
  };
};

const CONTENT_TYPES: Readonly<Record<Framing, string>> = {
  events: 'text/event-stream',
  lines: 'application/x-ndjson',
  list: 'application/json',
};

/** A provider of that wire, whose service answers with these bytes. */
export const providerOf = async (
  { wire, framing }: StreamedAnswer,
  bytes: Buffer,
  delivery: Delivery,
): Promise<Provider> => {
  const service = overWire(await loadWire(wire), { id: 'fuzzed', baseURL: 'http://127.0.0.1:9/v1' });
  return {
    ...service,
    chat: (request, context) =>
      service.chat(request, {
        ...context,
        send: async () => ({
          status: 200,
          headers: { 'content-type': CONTENT_TYPES[framing] },
          body: inPieces(bytes, delivery),
          release: () => undefined,
        }),
      }),
  };
};

async function* inPieces(bytes: Buffer, { sizes, ends }: Delivery): AsyncGenerator<Uint8Array> {
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const size = sizes[piece % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
  if (ends === 'reset') throw new G4FError('fuzzed: the connection broke.', { code: 'network' });
}
