// The asynchronous face: chunks by `for await`, whole answers by promise.
import { fold } from '@g4f/core';
import { type Calls, createCalls } from './calls.ts';
import { createChunkStream } from './chunk-stream.ts';
import { settle } from './settings.ts';
import type {
  AsyncChunkStream,
  CallOptions,
  ChatParams,
  ClientOptions,
  CreateCompletion,
  Surface,
} from './surface.ts';

/**
 * Talks to language models over many services through one OpenAI-shaped surface.
 *
 * `create({ …, stream: true })` returns the chunks themselves, to be read with `for await`; awaiting it first is
 * harmless. Without `stream` it returns a promise of the whole answer. Every failure is a `G4FError`.
 *
 * @throws G4FError `invalid-request` when an option is not what it must be.
 */
export class AsyncClient implements Surface<'async'> {
  readonly chat: Surface<'async'>['chat'];
  readonly models: Surface<'async'>['models'];

  constructor(options: ClientOptions = {}) {
    settle(options);
    const calls = createCalls(options);
    this.chat = { completions: { create: createCompletion(calls) } };
    this.models = { list: (callOptions) => calls.listModels(callOptions) };
  }
}

function createCompletion(calls: Calls): CreateCompletion<'async'> {
  function create(params: ChatParams & { stream: true }, options?: CallOptions): AsyncChunkStream;
  function create(params: ChatParams, options?: CallOptions): never;
  function create(params: ChatParams, options?: CallOptions): unknown {
    if (params?.stream !== true) return fold(calls.chat(params, options));
    const controller = new AbortController();
    return createChunkStream(
      () => calls.chat(params, options, controller.signal)[Symbol.asyncIterator](),
      () => controller.abort(),
      params.stream_options?.include_usage === true,
    );
  }
  return create;
}
