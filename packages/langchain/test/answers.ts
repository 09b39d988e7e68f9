// What services answer in the tests of this model, and how its streams are read.
import type { AIMessageChunk } from '@langchain/core/messages';
import { concat } from '@langchain/core/utils/stream';
import { type Answer, chunks, events, json } from '../../openai/test/service.ts';

/** A failure. */
export const down: Answer = (response) => json(response, { error: { message: 'Down.' } }, 500);

/** Answers with these deltas, whether a stream is asked for or not. */
export const saying =
  (deltas: readonly object[], finish = 'stop'): Answer =>
  (response) => {
    const text = chunks(deltas).replaceAll('"finish_reason":"stop"', `"finish_reason":"${finish}"`);
    events(response, text);
    response.end('data: [DONE]\n\n');
  };

/** A delta with a call. */
export const calling = (args: string): object => ({
  tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: args } }],
});

/** The message that all chunks make. */
export async function whole(stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let sum: AIMessageChunk | undefined;
  for await (const chunk of stream) sum = sum === undefined ? chunk : concat(sum, chunk);
  if (sum === undefined) throw new Error('there was no chunk');
  return sum;
}
