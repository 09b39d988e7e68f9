// How a program over AsyncClient asks the model: for chats, or for responses.
import type { ChatCompletion, ChatCompletionChunk, ModelResponse, ResponseStreamEvent } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import { unlessAborted } from '../../attempt/unless-aborted.ts';
import type { ChatParams, CreateCompletion } from '../../surface/chat.ts';
import type { CallOptions } from '../../surface/options.ts';
import type { CreateResponse, ResponseParams } from '../../surface/responses.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import type { AskRules } from './program.ts';

/** The chunks of one answer, where it is streamed, and the answer at the end. */
export type AskAsync<Chunk, Params, Answer> = (
  params: Params,
  options: CallOptions & { readonly signal: AbortSignal },
  rules: AskRules,
) => AsyncGenerator<Chunk, Answer>;

/** @param stream whether answers are streamed. @param show a chunk as it is handed out. */
export const askForChats = <Chunk>(
  create: CreateCompletion<'async'>,
  stream: boolean,
  show: (chunk: ChatCompletionChunk) => Chunk,
): AskAsync<Chunk, ChatParams, ChatCompletion> =>
  async function* (params, options, { isHidden = false, keep }) {
    if (!stream || isHidden) return await create({ ...params, stream: false }, options);
    const gathered = new GatheredAnswer();
    for await (const chunk of create({ ...params, stream: true }, options)) {
      gathered.add(chunk);
      const kept = keep?.run(chunk);
      if (isPromise(kept)) await unlessAborted(options.signal, () => kept);
      yield show(chunk);
    }
    return gathered.answer();
  };

/** @param stream whether responses are streamed. @param show an event as it is handed out. */
export const askForResponses = <Event>(
  create: CreateResponse<'async'>,
  stream: boolean,
  show: (event: ResponseStreamEvent) => Event,
): AskAsync<Event, ResponseParams, ModelResponse> =>
  async function* (params, options) {
    if (!stream) return await create({ ...params, stream: false }, options);
    const events = create({ ...params, stream: true }, options);
    for await (const event of events) yield show(event);
    return await events.finalResponse();
  };
