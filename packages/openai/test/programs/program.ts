// What a program is, and what many of them need.
import type * as Ours from '../../src/index.ts';
import { type Answer, chatting, chunks } from '../service.ts';

/** Either library, by the types of this one. */
export type Library = typeof Ours;

/** One program. */
export interface Program {
  readonly name: string;
  readonly answer: Answer;
  /** Who this library asks, where it is not a server of one's own. */
  readonly provider?: 'openai';
  /** Gives what the user of the library sees. */
  run(library: Library, client: Ours.OpenAI): Promise<unknown>;
}

/** What all programs ask. */
export const model = 'model-1';

/** The first two chunks of an answer. */
export const begun = (content: string): string =>
  `${chunks([{ content }]).split('\n\n').slice(0, 2).join('\n\n')}\n\n`;

/** The conversation of all programs. */
export const messages = [{ role: 'user' as const, content: 'Hello' }];

/** What the service says unless a program needs something else. */
export const hello = chatting('Hello', ', ', 'world');

/** What a program that handles errors looks at. */
export const failure = async (library: Library, promise: PromiseLike<unknown>): Promise<unknown> => {
  try {
    return { no: await promise };
  } catch (error) {
    const names = Object.entries(library).filter(
      ([name, type]) => name.endsWith('Error') && typeof type === 'function' && error instanceof type,
    );
    const { status, code, type, param, requestID } = Object(error);
    return {
      classes: names.map(([name]) => name).sort(),
      same: error instanceof library.default.APIError,
      status,
      code,
      type,
      param: param ?? null,
      requestID,
      header: Object(error).headers?.get('x-own'),
    };
  }
};

/** The texts of a stream of chunks. */
export const texts = async (
  stream: AsyncIterable<Ours.OpenAI.ChatCompletionChunk>,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta?.content;
    if (text) found.push(text);
  }
  return found;
};
