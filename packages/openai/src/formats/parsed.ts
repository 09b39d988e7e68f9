// What `parse` and streams read of an answer: its text and the arguments of its calls, by what `helpers/zod` makes.
// Source: https://github.com/openai/openai-node/blob/v6.30.1/src/lib/parser.ts
import type { ChatCompletion } from '@g4f/client';
import { ContentFilterFinishReasonError, LengthFinishReasonError } from '../errors/errors.ts';

/** The parameters that say how an answer is read. */
interface Asked {
  readonly response_format?: unknown;
  readonly tools?: unknown;
}

/** The calls of a message, with their arguments read. */
export interface WithArguments {
  readonly choices: readonly {
    readonly message: {
      readonly tool_calls?: readonly { readonly function: { readonly parsed_arguments?: unknown } }[];
    };
  }[];
}

type Read = (text: string) => unknown;

/** The same answer: `parsed_arguments` of each call of a function, null where nothing says how they are read. */
export const withArguments = <T extends ChatCompletion>(answer: T, { tools }: Asked): T & WithArguments => {
  const readers = readersOf(tools);
  for (const { message } of answer.choices)
    for (const { function: called } of message.tool_calls ?? [])
      Object.assign(called, { parsed_arguments: readers.get(called.name)?.(called.arguments) ?? null });
  return answer;
};

/**
 * The same answer, with `parsed` and `parsed_arguments`, where something says how they are read.
 * @throws LengthFinishReasonError, ContentFilterFinishReasonError and what the schema throws
 */
export const withParsed = <T extends ChatCompletion>(answer: T, asked: Asked): T & WithArguments => {
  const read = rawOf(asked.response_format);
  if (read === undefined && readersOf(asked.tools).size === 0) return answer;
  for (const { finish_reason: reason, message } of answer.choices) {
    if (reason === 'length')
      throw new LengthFinishReasonError('the answer was cut (finish_reason "length"), so it is not parsed.');
    if (reason === 'content_filter')
      throw new ContentFilterFinishReasonError('the answer was stopped by a filter, so it is not parsed.');
    const { content, refusal } = message;
    Object.assign(message, { parsed: read !== undefined && content && !refusal ? read(content) : null });
  }
  return withArguments(answer, asked);
};

/** By the names of the tools. */
const readersOf = (tools: unknown): ReadonlyMap<unknown, Read> =>
  new Map(
    (Array.isArray(tools) ? tools : []).flatMap((tool: unknown) => {
      const { name, strict } = Object(Object(tool).function);
      const read = rawOf(tool) ?? (strict === true ? (text: string): unknown => JSON.parse(text) : undefined);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );

function rawOf(made: unknown): Read | undefined {
  const { $parseRaw: read } = Object(made);
  return typeof read === 'function' ? (text) => read.call(made, text) : undefined;
}
