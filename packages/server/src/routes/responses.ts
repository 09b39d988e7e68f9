// `POST /v1/responses`: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/responses/create
import type { ResponseParams, StreamingResponseParams, WholeResponseParams } from '@g4f/client';
import type { ResponseStreamEvent } from '@g4f/core';
import { responseWriter } from '../dialects/openai/writers.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { leavingOf } from '../exchange/leaving.ts';
import { readBody } from '../exchange/read-body.ts';
import { readStream } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';
import { eventAnswer } from './event-answer.ts';

/** Answers a response. The client hands out no event before the first content. */
export const answerResponse = async (exchange: Exchange): Promise<Response> => {
  const body = await readBody(exchange);
  const { responses } = exchange.client;
  const options = { signal: leavingOf(exchange) };
  const params = checkedByClient<ResponseParams>(body);
  if (readStream(body.stream, false)) {
    const asked: StreamingResponseParams = { ...params, stream: true };
    return eventAnswer(responses.create(asked, options), { writer: responseWriter(), source });
  }
  const asked: WholeResponseParams = { ...params, stream: false };
  const answer = await responses.create(asked, options);
  return jsonAnswer(answer, sourceHeaders(answer));
};

const source = (event: ResponseStreamEvent) =>
  'response' in event && typeof event.response === 'object' && event.response !== null ? event.response : {};
