// How a chat is answered, whatever the dialect: the first content is awaited, so that an early failure has its own status.
import type { ChatCompletionChunk, ChatParams, StreamingParams } from '@g4f/client';
import type { ChatCall, ReadChat } from '../dialects/dialect.ts';
import { jsonAnswer, sourceHeaders } from '../exchange/answers.ts';
import { chunkBody } from '../exchange/chunk-body.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { leavingOf } from '../exchange/leaving.ts';
import { readBody } from '../exchange/read-body.ts';
import { ownFields } from '../guard/own-fields.ts';

/** Answers a chat that is read by `read`. */
export const chatAnswer =
  (read: ReadChat) =>
  async (exchange: Exchange): Promise<Response> =>
    answerChat(exchange, read(await readBody(exchange), exchange));

/** Answers a chat. @throws what the client or the dialect throws before the first content */
export const answerChat = async (exchange: Exchange, call: ChatCall): Promise<Response> => {
  // A dialect may have made parameters of what stood inside others, and the model may stand in the path.
  const asked = { ...call, params: ownFields(call.params, exchange.nameable) };
  return asked.stream ? streamed(exchange, asked) : whole(exchange, asked);
};

async function whole(
  { client, ...exchange }: Exchange,
  { params, whole: write }: ChatCall,
): Promise<Response> {
  const asked = { ...checkedByClient(params), stream: false } as const;
  const answer = await client.chat.completions.create(asked, { signal: leavingOf(exchange) });
  return jsonAnswer(write(answer), sourceHeaders(answer));
}

async function streamed({ client, ...exchange }: Exchange, call: ChatCall): Promise<Response> {
  const asked: StreamingParams = { ...checkedByClient(call.params), stream: true };
  const stream = client.chat.completions.create(asked, { signal: leavingOf(exchange) });
  const begun = await untilContent(stream);
  return new Response(chunkBody(begun, stream, call.writer()), {
    headers: {
      'content-type': call.streamType,
      'cache-control': 'no-cache, no-transform',
      // nginx would keep the answer until it is complete.
      'x-accel-buffering': 'no',
      ...sourceHeaders(begun[0] ?? { model: '' }),
    },
  });
}

/** What a caller writes is unknown until the client has checked it, which it does before anything is sent. */
const checkedByClient = (params: ChatCall['params']): ChatParams => params as unknown as ChatParams;

async function untilContent(
  stream: AsyncIterator<ChatCompletionChunk>,
): Promise<readonly ChatCompletionChunk[]> {
  const begun: ChatCompletionChunk[] = [];
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return begun;
    begun.push(value);
    if (value.choices.some(saysSomething)) return begun;
  }
}

const saysSomething = ({ delta, finish_reason }: ChatCompletionChunk['choices'][number]): boolean =>
  finish_reason !== null ||
  Object.entries(delta).some(([name, value]) => name !== 'role' && value !== '' && value != null);
