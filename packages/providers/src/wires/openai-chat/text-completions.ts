// OpenAI's older completions: `POST {base}/completions`. They are read as chats are, because their streams end, break and fail alike.
// Source: https://platform.openai.com/docs/api-reference/completions/create
import {
  type ChatCompletionChunk,
  createGrammar,
  createProjector,
  G4FError,
  type TextChoice,
  type TextCompletion,
} from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { Answer } from '../../http/reading/answer.ts';
import { asObject } from '../decoding/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { createTextDecoder } from './chat-decoder.ts';
import type { TextQuirks } from './text-quirks.ts';
import { toTextRequest } from './text-request.ts';

/** Completions of one service. */
export const textCompletions = (quirks: TextQuirks): Endpoint<'complete'> =>
  async function* (request, exchange) {
    const { model, prompt, suffix, stop, stream, stream_options } = request;
    const { body, texts } = toTextRequest(request, quirks, exchange);
    const { response, asked } = await exchange.send({
      path: quirks.path ?? '/completions',
      json: body,
      accept: stream ? 'text/event-stream' : 'application/json',
      hides: { prompt, suffix, stop },
    });
    const decoder = createTextDecoder({ model, messages: [], stream, n: texts }, asked, response.headers);
    const grammar = createGrammar(exchange.provider);
    const ended = new Set<number>();
    const countsAlone = stream_options?.include_usage === true;
    const project = createProjector(countsAlone);
    /** The end of the last text: where nobody asked for token counts in a chunk of their own, they stand in this one. */
    let end: TextCompletion | undefined;
    for await (const batch of new Answer(response, decoder, asked)) {
      for (const event of batch) {
        grammar.accept(event);
        const chunk = toText(project(event));
        if (event.type === 'finish') ended.add(event.choice ?? 0);
        // A beginning alone says nothing.
        if (event.type === 'answer-start') continue;
        if (event.type === 'usage' && end !== undefined) end = { ...end, ...counted(chunk) };
        else if (event.type === 'finish' && ended.size === texts && !countsAlone) end = chunk;
        else yield chunk;
      }
    }
    grammar.end();
    if (end !== undefined) yield end;
    if (ended.size < texts) throw tooFew(asked, texts, ended.size);
  };

/** Some servers pass over `n`, or over all prompts but the first. */
const tooFew = ({ provider, model }: RequestFacts, texts: number, came: number): G4FError =>
  new G4FError(
    `${provider}: ${texts} texts were asked for, and ${came} came. Ask for one at a time, or choose another provider.`,
    { code: 'bad-response', provider, model },
  );

const counted = ({ usage }: TextCompletion) => usage !== undefined && { usage };

const toText = ({
  id,
  created,
  model,
  choices,
  usage,
  system_fingerprint,
}: ChatCompletionChunk): TextCompletion => ({
  id,
  object: 'text_completion',
  created,
  model,
  choices: choices.map(toTextChoice),
  ...(usage !== undefined && { usage }),
  ...(system_fingerprint !== undefined && { system_fingerprint }),
});

const toTextChoice = ({
  index,
  delta,
  finish_reason,
  logprobs,
}: ChatCompletionChunk['choices'][number]): TextChoice => ({
  index,
  text: delta.content ?? '',
  logprobs: asObject(logprobs) ?? null,
  finish_reason:
    finish_reason === 'length' || finish_reason === 'content_filter'
      ? finish_reason
      : finish_reason && 'stop',
});
