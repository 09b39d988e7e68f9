// Providers that a test makes up, and what they say.
import {
  type Batch,
  type ChatCompletionChunk,
  type ChatRequest,
  type Context,
  type ErrorCode,
  G4FError,
  type Provider,
  type StreamEvent,
} from '@g4f/core';

type Chat = NonNullable<Provider['chat']>;

/** A provider that offers the family `family` as `<id>-model`. */
export const fakeProvider = (id: string, chat: Chat, facts: Partial<Provider> = {}): Provider => ({
  id,
  name: id,
  website: 'https://example.com',
  key: 'none',
  models: { family: `${id}-model` },
  chat,
  ...facts,
});

export const start = (model = 'm'): StreamEvent => ({ type: 'answer-start', model });
export const text = (words: string): StreamEvent => ({ type: 'text-delta', text: words });
export const stop: StreamEvent = { type: 'finish', reason: 'stop' };

/** Says these words, each in a batch of its own, and ends well. */
export const saying = (...words: string[]): Chat =>
  async function* (request) {
    yield [start(request.model)];
    for (const word of words) yield [text(word)];
    yield [stop];
  };

/** Fails after it has said these batches. */
export const failing = (code: ErrorCode, ...before: Batch[]): Chat =>
  async function* () {
    yield* before;
    throw new G4FError(`it failed by ${code}.`, { code });
  };

/** Fails so many times, and then answers. */
export const failingFirst = (times: number, error: () => G4FError, then: Chat = saying('at last')): Chat => {
  let asked = 0;
  return (request, context) => {
    asked += 1;
    if (asked <= times) throw error();
    return then(request, context);
  };
};

/** Never says anything after these batches, and does not even listen to its signal. */
export const deaf = (...before: Batch[]): Chat =>
  async function* () {
    yield* before;
    await new Promise(() => undefined);
  };

/** Remembers what it was asked. */
export const recording =
  (asked: { request: ChatRequest; context: Context }[], chat: Chat = saying('ok')): Chat =>
  (request, context) => {
    asked.push({ request, context });
    return chat(request, context);
  };

/** The words in chunks. */
export const wordsOf = (chunks: readonly ChatCompletionChunk[]): string =>
  chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('');

/** Reads a stream into `into`, so that what came before a failure is known. */
export const collect = async <T>(stream: AsyncIterable<T>, into: T[] = []): Promise<T[]> => {
  for await (const item of stream) into.push(item);
  return into;
};

/** The G4FError something fails with. */
export const failureOf = async (doing: Promise<unknown> | (() => unknown)): Promise<G4FError> => {
  try {
    await (typeof doing === 'function' ? doing() : doing);
  } catch (error) {
    if (error instanceof G4FError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};
