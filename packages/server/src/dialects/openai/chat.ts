// OpenAI's chat completions: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/chat/create
import { readStream, without } from '../../json/json.ts';
import type { ChunkWriter, ReadChat } from '../dialect.ts';
import { dataEvent, EVENT_STREAM } from '../server-sent-event.ts';
import { openaiError } from './openai.ts';

const STREAM: ReadonlySet<string> = new Set(['stream']);

/** Parameters go to the client as they are, those that it does not know as well. */
export const readOpenaiChat: ReadChat = (body) => ({
  params: without(body, STREAM),
  stream: readStream(body.stream, false),
  streamType: EVENT_STREAM,
  writer: () => WRITER,
  whole: (answer) => answer,
});

const WRITER: ChunkWriter = {
  write: dataEvent,
  end: () => 'data: [DONE]\n\n',
  fail: (failure) => dataEvent({ error: openaiError(failure) }),
};
