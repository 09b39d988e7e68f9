// How a program over Client asks the model: for chats, or for responses. Each call blocks the thread.
import type { ChatCompletion, ChatCompletionChunk, ModelResponse, ResponseStreamEvent } from '@g4f/core';
import type { ChatParams, CreateCompletion } from '../../surface/chat.ts';
import type { CallOptions } from '../../surface/options.ts';
import type { CreateResponse, ResponseParams } from '../../surface/responses.ts';
import { atOnce } from './at-once.ts';
import { GatheredAnswer } from './gathered-answer.ts';
import type { AskRules } from './program.ts';

/** The chunks of one answer, where it is streamed, and the answer at the end. */
export type AskSync<Chunk, Params, Answer> = (
  params: Params,
  options: CallOptions & { readonly signal: AbortSignal },
  rules: AskRules,
) => Generator<Chunk, Answer>;

/** @param stream whether answers are streamed. @param show a chunk as it is handed out. */
export const askForChats = <Chunk>(
  create: CreateCompletion<'sync'>,
  stream: boolean,
  show: (chunk: ChatCompletionChunk) => Chunk,
): AskSync<Chunk, ChatParams, ChatCompletion> =>
  function* (params, options, { isHidden = false, keep }) {
    if (!stream || isHidden) return create({ ...params, stream: false }, options);
    const gathered = new GatheredAnswer();
    for (const chunk of create({ ...params, stream: true }, options)) {
      gathered.add(chunk);
      if (keep !== undefined) atOnce(keep, keep.run(chunk));
      yield show(chunk);
    }
    return gathered.answer();
  };

/** @param stream whether responses are streamed. @param show an event as it is handed out. */
export const askForResponses = <Event>(
  create: CreateResponse<'sync'>,
  stream: boolean,
  show: (event: ResponseStreamEvent) => Event,
): AskSync<Event, ResponseParams, ModelResponse> =>
  function* (params, options) {
    if (!stream) return create({ ...params, stream: false }, options);
    const events = create({ ...params, stream: true }, options);
    for (const event of events) yield show(event);
    return events.finalResponse();
  };
