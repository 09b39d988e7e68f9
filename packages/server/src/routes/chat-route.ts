// How a chat is answered, whatever the dialect: the first content is awaited, so that an early failure has its own status.

import type { ChatCompletionChunk, ChatParams, StreamingParams } from '@g4f/client';
import { withFields } from '@g4f/core/internal';
import type { Answer } from '../answer/answer.ts';
import type { ChatCall, ReadChat } from '../dialects/dialect.ts';
import { jsonAnswer, sourceHeaders, streamHeaders } from '../exchange/answers.ts';
import { callOptions } from '../exchange/call-options.ts';
import { chunkBody } from '../exchange/chunk-body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { readBody } from '../exchange/read-body.ts';
import { untilContent } from '../exchange/until-content.ts';
import { ownFields } from '../guard/own-fields.ts';
import type { Json } from '../json/json.ts';
import { checkedByClient } from './checked-by-client.ts';

/** Answers a chat that is read by `read`. */
export const chatAnswer =
  (read: ReadChat) =>
  async (exchange: Exchange): Promise<Answer> =>
    answerChat(exchange, read(await readBody(exchange), exchange));

/** Answers a chat. @throws what the client or the dialect throws before the first content */
export const answerChat = async (exchange: Exchange, call: ChatCall): Promise<Answer> => {
  // A dialect may have made parameters of what stood inside others, and the model may stand in the path.
  const params = ownFields(call.params, exchange.nameable, exchange.caller);
  return call.stream ? streamed(exchange, call, params) : whole(exchange, call, params);
};

async function whole(exchange: Exchange, { whole: write }: ChatCall, params: Json): Promise<Answer> {
  const asked = withFields(checkedByClient<ChatParams>(params), { stream: false } as const);
  const answer = await exchange.client.chat.completions.create(asked, callOptions(exchange, params));
  return jsonAnswer(write(answer), sourceHeaders(answer));
}

async function streamed(exchange: Exchange, { streamType, writer }: ChatCall, params: Json): Promise<Answer> {
  const asked: StreamingParams = withFields(checkedByClient<ChatParams>(params), { stream: true } as const);
  const stream = exchange.client.chat.completions.create(asked, callOptions(exchange, params, true));
  const begun = await untilContent(stream, ({ choices }) => choices.some(saysSomething));
  const source = { ...(begun[0] ?? { model: '' }), attempts: stream.route.length };
  const headers = streamHeaders(streamType, source);
  return { status: 200, headers, body: chunkBody(begun, stream, writer(), exchange) };
}

const saysSomething = ({ delta, finish_reason }: ChatCompletionChunk['choices'][number]): boolean =>
  finish_reason !== null ||
  Object.entries(delta).some(([name, value]) => name !== 'role' && value !== '' && value != null);
