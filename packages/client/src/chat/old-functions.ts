// OpenAI's deprecated `functions`, `function_call` and messages of the role `function`, as tools.
// Source: https://platform.openai.com/docs/api-reference/chat/create#chat-create-functions
import { G4FError } from '@g4f/core';
import { type Fields, isPlainObject } from '../options/plain-value.ts';

/** What the caller is told: the answer does not have the old form. */
export const OLD_FUNCTIONS =
  "functions and function_call are OpenAI's old form: they were sent as tools, and calls come back as tool_calls.";

/**
 * The parameters with tools in the place of functions; the same object if there are none.
 * @throws G4FError `invalid-request` for both forms at once, and for a result without its call.
 */
export const withTools = (params: Fields): Fields => {
  const { functions, function_call: choice, ...others } = params;
  const messages = messagesOf(params.messages);
  if (functions === undefined && choice === undefined && messages === params.messages) return params;
  if (functions !== undefined && others.tools !== undefined)
    throw wrong('functions: tools are given too; give tools alone');
  if (functions !== undefined && (!Array.isArray(functions) || functions.includes(undefined)))
    throw wrong('functions: a list of functions was expected');
  if (choice !== undefined && others.tool_choice !== undefined)
    throw wrong('function_call: tool_choice is given too; give tool_choice alone');
  return {
    ...others,
    messages,
    ...(functions !== undefined && {
      tools: Array.from(functions, (fn: unknown) => ({ type: 'function', function: fn })),
    }),
    ...(choice !== undefined && {
      tool_choice: isPlainObject(choice) ? { type: 'function', function: choice } : choice,
    }),
  };
};

/** The ids are ours: the old form has none. A result belongs to the last call of its name that has none yet. */
function messagesOf(messages: unknown): unknown {
  if (!Array.isArray(messages) || messages.includes(undefined) || !messages.some(isOld)) return messages;
  const open = new Map<unknown, string[]>();
  return messages.map((message: unknown, at) => {
    if (!isPlainObject(message) || !isOld(message)) return message;
    const { function_call: call, ...others } = message;
    if (message.role === 'function') return resultOf(message, open, at);
    const id = `call_${at}`;
    const name = isPlainObject(call) ? call.name : undefined;
    open
      .set(name, open.get(name) ?? [])
      .get(name)
      ?.push(id);
    return {
      ...others,
      tool_calls: [...listOf(others.tool_calls), { id, type: 'function', function: call }],
    };
  });
}

/** @param open ids of the calls of each name that have no result yet. */
function resultOf({ name, content }: Fields, open: ReadonlyMap<unknown, string[]>, at: number): Fields {
  const id = open.get(name)?.pop();
  if (id === undefined)
    throw wrong(
      `messages[${at}].name: the name of a function_call in an earlier message was expected, got ${JSON.stringify(name)}`,
    );
  return { role: 'tool', tool_call_id: id, content: content ?? '' };
}

const isOld = (message: unknown): boolean =>
  isPlainObject(message) &&
  (message.role === 'function' || (message.role === 'assistant' && message.function_call !== undefined));

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const wrong = (what: string): G4FError => new G4FError(`${what}.`, { code: 'invalid-request' });
