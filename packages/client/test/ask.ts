// Asks the calls beneath both faces, and gathers all that a reader and the person at the terminal would see.
import { type ChatCompletionChunk, createProjector } from '@g4f/core';
import { CallLog } from '../src/attempt/call-log.ts';
import { ChunkReader } from '../src/streams/chunk-stream.ts';
import type { ClientOptions } from '../src/surface/options.ts';
import { createChatEngine } from './chat-engine.ts';
import { collect, failureOf, wordsOf } from './fake-provider.ts';

/** Streams an answer; the chunks that came, the failure if it failed, and what was announced. */
export const ask = async (options: ClientOptions, model = 'family', into: ChatCompletionChunk[] = []) => {
  const announced: string[] = [];
  const calls = createChatEngine({ env: {}, ...options }, (line) => announced.push(line));
  const log = new CallLog();
  const batches = calls.chat({ model, messages: 'x', stream: true }, undefined, undefined, log);
  const stream = new ChunkReader({
    name: 'AsyncChunkStream',
    project: createProjector(),
    open: async () => batches[Symbol.asyncIterator](),
    abort: () => undefined,
    route: () => log.attempts,
    received: () => log.received,
  });
  const failed = await collect(stream, into).then(
    () => undefined,
    (error: unknown) => error,
  );
  const error = failed === undefined ? undefined : await failureOf(Promise.reject(failed));
  return { chunks: into, words: wordsOf(into), error, announced, route: stream.route };
};
