// A Context whose `send` answers with what the test says, and remembers what it was asked.
import type { Context, HttpRequest } from '@g4f/core';

/** What the fake service answers; 200 and an empty list of models unless the test says otherwise. */
export interface FakeAnswer {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
}

/** The context, and every request that went through it. */
export interface FakeContext extends Context {
  readonly requests: HttpRequest[];
}

/** @param lent what the caller lends: a key, an address, the environment. */
export const createFakeContext = (
  answer: FakeAnswer = {},
  lent: Partial<Pick<Context, 'apiKey' | 'baseURL' | 'env'>> = {},
): FakeContext => {
  const requests: HttpRequest[] = [];
  return {
    env: {},
    ...lent,
    requests,
    signal: new AbortController().signal,
    send: async (request) => {
      requests.push(request);
      const { status = 200, type = 'application/json', body = '{"object":"list","data":[]}' } = answer;
      return {
        status,
        headers: { 'content-type': type },
        body: (async function* () {
          yield Buffer.from(body);
        })(),
        release: () => undefined,
      };
    },
    enter: () => undefined,
    warn: () => undefined,
  };
};

/** A chat completion, streamed: it says "Hello", and why it stopped. */
export const HELLO: FakeAnswer = {
  type: 'text/event-stream',
  body: [
    '{"id":"1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"Hel"}}]}',
    '{"id":"1","model":"m","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}',
    '[DONE]',
  ]
    .map((data) => `data: ${data}\n\n`)
    .join(''),
};

/** Everything a stream yields, one event after the other. */
export const collect = async <T>(batches: AsyncIterable<readonly T[]>): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
};
