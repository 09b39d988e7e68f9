// `POST /v1/completions`: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/completions/create

import type { TextParams } from '@g4f/client';
import type { TextCompletion } from '@g4f/core';
import type { Answer } from '../answer/answer.ts';
import { doneWriter } from '../dialects/openai/writers.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { readStream } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';
import { eventAnswer } from './event-answer.ts';

/** Answers a completion of a text. */
export const answerText = async (exchange: Exchange): Promise<Answer> => {
  const body = await readBody(exchange);
  const { completions } = exchange.client;
  const options = callOptions(exchange, body);
  const params = checkedByClient<TextParams>(body);
  if (readStream(body.stream, false)) {
    const stream = completions.create({ ...params, stream: true }, options);
    return eventAnswer(exchange, stream, { writer: doneWriter, saysSomething, source });
  }
  const answer = await completions.create({ ...params, stream: false }, options);
  return jsonAnswer(answer, sourceHeaders(answer));
};

const source = (chunk: TextCompletion): TextCompletion => chunk;

const saysSomething = ({ choices }: TextCompletion): boolean =>
  choices.some(({ text, finish_reason }) => text !== '' || finish_reason !== null);
