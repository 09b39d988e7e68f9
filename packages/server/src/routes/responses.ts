// The routes of `/v1/responses`: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/responses

import type { ResponseParams, StreamingResponseParams, WholeResponseParams } from '@g4f/client';
import type { ModelResponse, ResponseStreamEvent } from '@g4f/core';
import type { Answer } from '../answer/answer.ts';
import { responseWriter } from '../dialects/openai/writers.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { refuse } from '../failure/refusal.ts';
import { ownerOf } from '../guard/keys.ts';
import { asList, asObject, type Json, readStream, readText } from '../json/json.ts';
import { type Keeping, keeping, keptEvents, storedKey } from '../stored/kept-response.ts';
import { checkedByClient } from './checked-by-client.ts';
import { eventAnswer } from './event-answer.ts';

/** `POST /v1/responses`. The client hands out no event before the first content. */
export const answerResponse = async (exchange: Exchange): Promise<Answer> => {
  const body = await readBody(exchange);
  const kept = await keptOf(exchange, body);
  const { responses } = exchange.client;
  const options = callOptions(exchange, body);
  const params = checkedByClient<ResponseParams>(kept.params);
  if (readStream(body.stream, false)) {
    const asked: StreamingResponseParams = { ...params, stream: true };
    const stream = responses.create(asked, options);
    return eventAnswer(exchange, stream, { writer: responseWriter(), source }, keptEvents(stream, kept));
  }
  const asked: WholeResponseParams = { ...params, stream: false };
  const answer = await kept.keep(kept.told(await responses.create(asked, options)));
  return jsonAnswer(answer, sourceHeaders(answer));
};

/** Whose responses these are: a virtual key stays the same when its secret is changed. */
const ownerIn = async ({ caller, request }: Exchange): Promise<string> =>
  caller === undefined ? ownerOf(request) : caller.key.id;

/** Where nothing is kept, the request and its answer are as they are. @throws Refusal 400, 404 for what may be another caller's */
const keptOf = async (exchange: Exchange, body: Json): Promise<Keeping> => {
  const kept: Keeping =
    exchange.stored === undefined
      ? { params: body, told: (response) => response, keep: async (response) => response }
      : await keeping(exchange.stored, await ownerIn(exchange), body);
  if (exchange.isKeyed) checkForeign(kept.params);
  return kept;
};

/** A service knows all that was made with the operator's key, and not whose it is here. */
function checkForeign({ previous_response_id: previous, conversation, input }: Json): void {
  if (previous != null) throw notKept(readText(previous, 'previous_response_id'), 'previous_response_id');
  const isReference = (item: unknown): boolean => {
    const { type, id, ...others } = asObject(item) ?? {};
    return type === 'item_reference' || (id != null && type == null && Object.keys(others).length === 0);
  };
  const [param] = [
    conversation == null ? [] : 'conversation',
    asList(input).some(isReference) ? 'input' : [],
  ].flat();
  if (param === undefined) return;
  throw refuse(
    400,
    'invalid-request',
    `${param} names what a service keeps, and this gateway cannot tell whose it is: send the items themselves, or previous_response_id.`,
    { param },
  );
}

const source = (event: ResponseStreamEvent) =>
  'response' in event && typeof event.response === 'object' && event.response !== null ? event.response : {};

/** `GET /v1/responses/{id}` */
export const answerStored = async (exchange: Exchange): Promise<Answer> =>
  jsonAnswer((await find(exchange)).response);

/** `DELETE /v1/responses/{id}` */
export const deleteStored = async (exchange: Exchange): Promise<Answer> => {
  const { key, response } = await find(exchange);
  await exchange.stored?.delete(key);
  return jsonAnswer({ id: response.id, object: 'response', deleted: true });
};

async function find(exchange: Exchange): Promise<{ readonly key: string; readonly response: ModelResponse }> {
  const { id = '' } = exchange.path;
  const key = storedKey(await ownerIn(exchange), id);
  const found = await exchange.stored?.get(key);
  if (found !== undefined) return { key, response: found.response };
  throw notKept(id, 'id');
}

const notKept = (id: string, param: string) =>
  refuse(
    404,
    'not-found',
    `No response ${JSON.stringify(id.slice(0, 100))} (${param}) is kept for this key: it was never made, not to be stored, or gave way to newer ones.`,
    { param },
  );
