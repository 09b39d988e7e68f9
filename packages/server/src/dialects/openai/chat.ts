// OpenAI's chat completions: the client's own shapes. Source: https://platform.openai.com/docs/api-reference/chat/create
import { readStream, without } from '../../json/json.ts';
import type { ReadChat } from '../dialect.ts';
import { EVENT_STREAM } from '../server-sent-event.ts';
import { chunkWriter } from './chunk-writer.ts';

const STREAM: ReadonlySet<string> = new Set(['stream']);

/** Parameters go to the client as they are, those that it does not know as well. */
export const readOpenaiChat: ReadChat = (body) => ({
  params: without(body, STREAM),
  stream: readStream(body.stream, false),
  streamType: EVENT_STREAM,
  writer: chunkWriter,
  whole: (answer) => answer,
});
