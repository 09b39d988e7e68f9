// The routes of `/v1/images`: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/images

import type {
  CallOptions,
  ImageEditParams,
  ImageGenerateParams,
  ImageStream,
  ImageVariationParams,
} from '@g4f/client';
import type { ImageStreamEvent, ImagesResponse } from '@g4f/core';
import type { Answer } from '../answer/answer.ts';
import { imageWriter } from '../dialects/openai/writers.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { readForm } from '../exchange/read-form.ts';
import { refuse } from '../failure/refusal.ts';
import { type Json, readStream, without } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';
import { eventAnswer } from './event-answer.ts';

/** A method that draws by a prompt. */
interface Draw<Params> {
  (params: Params & { readonly stream: true }, options: CallOptions): ImageStream<'async'>;
  (params: Params & { readonly stream: false }, options: CallOptions): Promise<ImagesResponse>;
}

const answerDrawn = async <Params extends object>(
  exchange: Exchange,
  body: Json,
  draw: Draw<Params>,
): Promise<Answer> => {
  const options = callOptions(exchange, body);
  const params = checkedByClient<Params>(body);
  if (readStream(body.stream, false))
    return eventAnswer(exchange, draw({ ...params, stream: true } as const, options), {
      writer: imageWriter,
      source,
    });
  const answer = await draw({ ...params, stream: false } as const, options);
  return jsonAnswer(answer, sourceHeaders({ provider: answer.provider }));
};

const source = ({ provider }: ImageStreamEvent) => ({ provider });

/** `POST /v1/images/generations`: JSON, in which there are no files. */
export const answerGenerations = async (exchange: Exchange): Promise<Answer> => {
  const body = await readBody(exchange);
  for (const param of ['image', 'mask'])
    if (body[param] != null)
      throw refuse(400, 'invalid-request', `${param} must be a file in a form to /v1/images/edits.`, {
        param,
      });
  return answerDrawn<ImageGenerateParams>(exchange, body, exchange.client.images.generate);
};

/** `POST /v1/images/edits`: a form. */
export const answerEdits = async (exchange: Exchange): Promise<Answer> => {
  const { edit } = exchange.client.images;
  return answerDrawn<ImageEditParams>(exchange, await readForm(exchange), edit);
};

const NO_STREAM: ReadonlySet<string> = new Set(['stream']);

/** `POST /v1/images/variations`: a form. */
export const answerVariations = async (exchange: Exchange): Promise<Answer> => {
  const form = without(await readForm(exchange), NO_STREAM);
  const params = checkedByClient<ImageVariationParams>(form);
  const answer = await exchange.client.images.createVariation(params, callOptions(exchange, form));
  return jsonAnswer(answer, sourceHeaders({ provider: answer.provider }));
};
