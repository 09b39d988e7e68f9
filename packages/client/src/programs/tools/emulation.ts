// Tools for models that know none: described in words, called by JSON in the text of the answer.
import { type ChatCompletion, type CompletionChoice, G4FError, type Message, type ToolCall } from '@g4f/core';
import { wrong } from '../../options/check-option.ts';
import { type Fields, isFields } from '../../options/plain-value.ts';
import type { ChatParams } from '../../surface/chat.ts';
import { fromFences } from '../parse/emulation.ts';
import { partialJson } from '../parse/partial-json.ts';
import { fieldOf } from '../running/validate.ts';
import { allowedBy } from './tool-choice.ts';

/** The parameters of one step. */
type StepParams = ChatParams & { readonly messages: readonly Message[] };

/** How tools are asked for in words. */
export interface ToolEmulation {
  /** The parameters of a step without tools: with the instruction, and with the form of the answer as JSON Schema. */
  asked(params: StepParams): ChatParams;
  /** The answer with the call that its text is. @param place the place of the message in the conversation, for the id of the call. */
  read(answer: ChatCompletion, place: number): ChatCompletion;
}

/** @param format the caller's `response_format`. @throws G4FError `invalid-request` for another value of `emulate`, or both */
export const toolEmulation = (given: unknown, format?: unknown): ToolEmulation | undefined => {
  if (given == null || given === false) return undefined;
  if (given !== true && given !== 'words') throw wrong('emulate', 'true, false or "words"', given);
  if (given === true && format != null)
    throw new G4FError(
      'runTools: emulate: true sends a response_format of its own, so yours cannot be sent. Leave one of them out, or use emulate: "words".',
      { code: 'invalid-request' },
    );
  return { asked: (params) => inWords(params, given === true), read: withCall };
};

/** A tool as it is described: its parameters are a JSON Schema. */
interface Described {
  readonly name: unknown;
  readonly description?: unknown;
  readonly parameters?: unknown;
}

function inWords(
  { tools, tool_choice, parallel_tool_calls: _, messages, ...others }: StepParams,
  isHeld: boolean,
): ChatParams {
  const { mayCall, mayAnswer } = allowed(describedBy(tools), tool_choice);
  return {
    ...others,
    messages: [instruction(mayCall, mayAnswer), ...messages.map(told)],
    ...(isHeld && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'step', schema: schemaOf(mayCall, mayAnswer) },
      },
    }),
  };
}

const describedBy = (tools: unknown): readonly Described[] =>
  (Array.isArray(tools) ? tools : []).map((tool: unknown) => {
    const fn = fieldOf(tool, 'function');
    return {
      name: fieldOf(fn, 'name'),
      description: fieldOf(fn, 'description'),
      parameters: fieldOf(fn, 'parameters'),
    };
  });

/** What `tool_choice` leaves. */
function allowed(tools: readonly Described[], choice: unknown) {
  const { names, mayAnswer } = allowedBy(choice);
  return {
    mayCall: names === undefined ? tools : tools.filter(({ name }) => names.includes(name)),
    mayAnswer,
  };
}

const CALL = '{"tool": "<name>", "arguments": {…}} to call a tool, whose result you are then given';
const ANSWER = '{"answer": "<text>"} to answer the user';

function instruction(tools: readonly Described[], mayAnswer: boolean): Message {
  const forms = [...(tools.length > 0 ? [CALL] : []), ...(mayAnswer ? [ANSWER] : [])];
  return {
    role: 'system',
    content:
      `Write one JSON object and nothing else: no explanation, no code fence. It is ${forms.join(', or ')}. ${
        tools.length > 0 ? `The tools, with the JSON Schema of their arguments: ${JSON.stringify(tools)}` : ''
      }`.trim(),
  };
}

/** One call, or an answer. */
const schemaOf = (tools: readonly Described[], mayAnswer: boolean): Fields => {
  const calls = tools.map(({ name, parameters = { type: 'object', properties: {} } }, at) =>
    closed({ tool: { const: name }, arguments: moved(parameters, `#/anyOf/${at}/properties/arguments`) }),
  );
  return { anyOf: [...calls, ...(mayAnswer ? [closed({ answer: { type: 'string' } })] : [])] };
};

const closed = (properties: Fields): Fields => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** A schema at another place: what its `$ref`s point at is below that place now. */
function moved(schema: unknown, place: string): unknown {
  if (Array.isArray(schema)) return schema.map((one: unknown) => moved(one, place));
  if (!isFields(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string' && value.startsWith('#')
        ? place + value.slice(1)
        : moved(value, place),
    ]),
  );
}

/** A message of a conversation with calls and results, as the model that knows none has written and read them. */
function told(message: Message): Message {
  if (message.role === 'tool')
    return { role: 'user', content: `The result of the tool: ${textOf(message.content)}` };
  if (message.role !== 'assistant' || (message.tool_calls ?? []).length === 0) return message;
  const calls = (message.tool_calls ?? []).map(({ function: { name, arguments: args } }) =>
    JSON.stringify({ tool: name, arguments: parsed(args) ?? args }),
  );
  return { role: 'assistant', content: [textOf(message.content ?? ''), ...calls].filter(Boolean).join('\n') };
}

const textOf = (content: Message['content'] & {}): string =>
  typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('');

function withCall(answer: ChatCompletion, place: number): ChatCompletion {
  const [choice, ...others] = answer.choices;
  return choice === undefined ? answer : { ...answer, choices: [choiceWithCall(choice, place), ...others] };
}

/** What the text of an answer says: a call, something for the user, or both. */
interface Said {
  readonly content: string | null;
  readonly tool?: string;
  readonly args?: unknown;
}

/**
 * A text that is no such object is for the user as it stands: many models write none where they call nothing. Of an answer that was
 * cut, or has words after it, its own text is.
 */
export const saidIn = (text: string): Said => {
  const json = fromFences(text);
  const said = parsed(json);
  if (!isFields(said)) {
    const begun = fieldOf(partialJson().write(json), 'answer');
    return { content: typeof begun === 'string' ? begun : text };
  }
  const { tool, arguments: args = {}, answer } = said;
  const content = typeof answer === 'string' ? answer : null;
  if (typeof tool === 'string') return { content, tool, args };
  return { content: content ?? text };
};

function choiceWithCall(choice: CompletionChoice, place: number): CompletionChoice {
  const { content, tool, args } = saidIn(choice.message.content ?? '');
  const message = { ...choice.message, content: choice.message.content === null ? null : content };
  if (tool === undefined) return { ...choice, message };
  const called = { name: tool, arguments: JSON.stringify(args) };
  const call: ToolCall = { id: `call_${place}`, type: 'function', function: called };
  return {
    ...choice,
    message: { ...message, tool_calls: [call] },
    // One that was cut keeps its reason, so that the tool is not run.
    finish_reason: choice.finish_reason === 'stop' ? 'tool_calls' : choice.finish_reason,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
