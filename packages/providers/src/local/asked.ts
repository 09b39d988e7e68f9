// Turns a chat request into what the embedded model takes, and says what it cannot do.
import type { ChatRequest, Content, ContentPart, Message } from '@g4f/core';
import type { Choosing } from './engine/engine-messages.ts';
import type { TemplateMessage } from './engine/runtime.ts';
import { localError } from './failures/failure.ts';
import { schemaGrammar } from './grammar/schema-grammar.ts';

/** One request in the engine's words. */
export interface LocalRequest {
  readonly messages: readonly TemplateMessage[];
  readonly choosing: Choosing;
  readonly maxTokens: number;
  readonly stops: readonly string[];
  /** How many answers. */
  readonly answers: number;
  /** What each must look like, in GBNF. */
  readonly grammar?: string;
}

/** Temperature, top_p and repeat penalty are what the model card and trials recommend for so small a model. */
const DEFAULTS = { temperature: 0.2, topP: 0.9, repeatPenalty: 1.1 };
/** A small model that has found no end by then will not find one. */
const DEFAULT_MAX_TOKENS = 1024;

const HONOURED: ReadonlySet<string> = new Set([
  ...[
    'model',
    'messages',
    'stream',
    'temperature',
    'top_p',
    'top_k',
    'min_p',
    'repeat_penalty',
    'n',
    'seed',
    'stop',
  ],
  ...['max_tokens', 'max_completion_tokens', 'presence_penalty', 'frequency_penalty', 'response_format'],
]);
/** They change nothing about the answer. */
const HARMLESS: ReadonlySet<string> = new Set([
  'stream_options',
  'user',
  'metadata',
  'store',
  'parallel_tool_calls',
]);
/** Without them the answer would be of another kind than was asked for. */
const NEEDED: Readonly<Record<string, string>> = {
  tools: 'calls no tools; tool_choice: "none" lets it answer in words',
  tool_choice: 'calls no tools',
  functions: 'calls no functions; function_call: "none" lets it answer in words',
  function_call: 'calls no functions',
  audio: 'does not speak',
  modalities: 'answers in text only',
  web_search_options: 'searches nothing',
};

/**
 * Reads the request.
 * @param warn is told of every parameter that has no effect here.
 * @throws G4FError `invalid-request` for pictures, sound and files, for tools, for a response_format that no grammar holds,
 *   and for numbers that are none.
 */
export const readRequest = (request: ChatRequest, warn: (message: string) => void): LocalRequest => {
  for (const [name, value] of Object.entries(request)) {
    if (value === undefined || value === null || isNeutral(name, value, request)) continue;
    const why = NEEDED[name];
    if (why !== undefined) {
      throw localError('invalid-request', `${name}: the embedded model ${why}. Or choose another provider.`);
    }
    warn(`local: the embedded model cannot honour "${name}"; it was ignored.`);
  }
  if (request.messages.some((message) => message.role !== 'tool' && message.name))
    warn('local: the embedded model takes no names of speakers: the name of a message was not sent.');
  const grammar = grammarFor(request.response_format);
  const number = (name: string, otherwise: number): number => readNumber(request, name, otherwise);
  const seed = number('seed', Math.floor(Math.random() * 2 ** 31));
  return {
    messages: request.messages.map(toTemplate).concat({ type: 'model', response: [] }),
    choosing: {
      temperature: Math.max(0, number('temperature', DEFAULTS.temperature)),
      topP: number('top_p', DEFAULTS.topP),
      topK: number('top_k', 0),
      minP: number('min_p', 0),
      repeatPenalty: number('repeat_penalty', DEFAULTS.repeatPenalty),
      presencePenalty: number('presence_penalty', 0),
      frequencyPenalty: number('frequency_penalty', 0),
      // The sampler takes 32 bits.
      seed: Math.trunc(seed) >>> 0,
    },
    maxTokens: Math.max(1, number('max_completion_tokens', number('max_tokens', DEFAULT_MAX_TOKENS))),
    stops: typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []),
    answers: Math.max(1, number('n', 1)),
    ...(grammar !== undefined && { grammar }),
  };
};

const isNeutral = (name: string, value: unknown, request: ChatRequest): boolean => {
  if (HONOURED.has(name) || HARMLESS.has(name) || value === false) return true;
  if (name === 'tools') return isEmpty(value) || request.tool_choice === 'none';
  if (name === 'functions') return isEmpty(value) || request.function_call === 'none';
  if (name === 'tool_choice' || name === 'function_call') return value === 'none' || value === 'auto';
  if (name === 'modalities') return Array.isArray(value) && value.every((kind) => kind === 'text');
  return isEmpty(value);
};

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** The grammar for a response_format; none for text. @throws G4FError `invalid-request` */
function grammarFor(format: ChatRequest['response_format']): string | undefined {
  switch (format?.type) {
    case undefined:
    case 'text':
      return undefined;
    case 'json_object':
      return schemaGrammar({ type: 'object' }, 'response_format');
    case 'json_schema':
      return schemaGrammar(format.json_schema?.schema ?? true, 'response_format.json_schema.schema');
    default:
      throw localError(
        'invalid-request',
        'response_format.type must be text, json_object or json_schema for the embedded model.',
      );
  }
}

function readNumber(request: ChatRequest, name: string, otherwise: number): number {
  const value = request[name] ?? otherwise;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw localError('invalid-request', `${name} must be a number, not ${JSON.stringify(value)}.`);
}

function toTemplate(message: Message, index: number): TemplateMessage {
  const text = textOf(message.content, `messages[${index}].content`);
  switch (message.role) {
    case 'system':
    case 'developer':
      return { type: 'system', text };
    case 'assistant':
      return { type: 'model', response: [text + callsOf(message.tool_calls)] };
    default:
      // The model knows no tools: what one returned, in another service's part of the conversation, it is told as a
      // person would tell it.
      return { type: 'user', text };
  }
}

const callsOf = (
  calls: readonly { readonly function: { readonly name: string; readonly arguments: string } }[] = [],
): string => calls.map((call) => `\n${call.function.name}(${call.function.arguments})`).join('');

const textOf = (content: Content | null | undefined, path: string): string =>
  typeof content === 'string'
    ? content
    : (content ?? []).map((part, at) => partText(part, `${path}[${at}]`)).join('');

function partText(part: ContentPart, path: string): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'refusal') return part.refusal;
  throw localError(
    'invalid-request',
    `${path} is of type ${part.type}, but the embedded model reads text only. Choose a provider whose model takes it.`,
  );
}
