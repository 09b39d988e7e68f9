// Providers that a test makes up, and a gateway in front of them over a real socket.
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Batch, ChatRequest, Context, EmbeddingRequest, Provider, StreamEvent } from '@g4f/core';
import { onTestFinished } from 'vitest';
import { type RunningServer, type ServeOptions, serve } from '../src/index.ts';

type Chat = NonNullable<Provider['chat']>;

export const start = (model = 'm'): StreamEvent => ({
  type: 'answer-start',
  id: 'answer-1',
  model,
  created: 1_700_000_000,
});
export const text = (words: string): StreamEvent => ({ type: 'text-delta', text: words });
export const stop: StreamEvent = { type: 'finish', reason: 'stop' };
export const usage = {
  type: 'usage',
  usage: {
    prompt_tokens: 11,
    completion_tokens: 7,
    total_tokens: 18,
    prompt_tokens_details: { cached_tokens: 3 },
  },
} as const satisfies StreamEvent;

/** What a made-up provider was asked. */
export interface Seen {
  readonly requests: ChatRequest[];
  readonly contexts: Context[];
  readonly embeddings: EmbeddingRequest[];
}

/** A provider that says these batches. */
export const saying = (...batches: Batch[]): Chat =>
  async function* () {
    yield* batches;
  };

/** A provider that throws this after what it said. */
export const failing = (error: Error, ...batches: Batch[]): Chat =>
  async function* () {
    yield* batches;
    throw error;
  };

/** A provider that says "Half" and then nothing, until it is left; and when that was. */
export const halfUntilLeft = (): { readonly chat: Chat; readonly left: Promise<void> } => {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return {
    left,
    async *chat(_, { signal }) {
      signal.addEventListener('abort', leave, { once: true });
      yield [start()];
      yield [text('Half')];
      await left;
    },
  };
};

/** A client's options with one made-up provider, and what it was asked. */
export const madeUp = (chat: Chat, more: Partial<Provider> = {}) => {
  const seen: Seen = { requests: [], contexts: [], embeddings: [] };
  const provider: Provider = {
    id: 'made-up',
    name: 'made up',
    website: 'https://example.com',
    key: 'none',
    models: { 'model-a': 'model-a' },
    chat(request, context) {
      seen.requests.push(request);
      seen.contexts.push(context);
      return chat(request, context);
    },
    async *embed(request) {
      seen.embeddings.push(request);
      const data = request.input.map((_, index) => ({
        object: 'embedding' as const,
        index,
        embedding: request.encoding_format === 'base64' ? base64Of([index, 0.5]) : [index, 0.5],
      }));
      yield { object: 'list', model: request.model, data, usage: { prompt_tokens: 4, total_tokens: 4 } };
    },
    async listModels() {
      return [{ id: 'model-a', ownedBy: 'maker', contextLength: 8192 }, { id: 'org/model-b' }];
    },
    ...more,
  };
  return { seen, options: { client: { provider, maxRetries: 0, env: {} } } };
};

const base64Of = (vector: readonly number[]): string =>
  Buffer.from(Float32Array.from(vector).buffer).toString('base64');

/** A gateway that ends with the test. */
export const gateway = async (options: ServeOptions): Promise<RunningServer> => {
  const server = await serve({ port: 0, ...options });
  onTestFinished(() => server.close(0));
  return server;
};

/** A gateway in front of one made-up provider. */
export const gatewayOf = async (chat: Chat, options: ServeOptions = {}) => {
  const { seen, options: made } = madeUp(chat);
  const server = await gateway({ ...made, ...options });
  return { ...server, seen };
};

/** A gateway in front of a provider that has these methods. */
export const gatewayWith = (methods: Partial<Provider>, options: ServeOptions = {}): Promise<RunningServer> =>
  gateway({ ...madeUp(saying([start()], [stop]), methods).options, ...options });

/** Sends JSON. */
export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** An answer to a request with headers that `fetch` does not let a program set. */
export const raw = (
  url: string,
  headers: Record<string, string>,
  { method = 'GET', body }: { method?: string; body?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; body: string }> =>
  new Promise((resolve, reject) => {
    const asked = httpRequest(url, { method, headers }, (answer) => {
      let said = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece: string) => {
        said += piece;
      });
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }),
      );
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** A port that is in use until the test ends. */
export const usedPort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
};

/** All that a stream yields. */
export const all = async <T>(stream: AsyncIterable<T>): Promise<T[]> => {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
};
