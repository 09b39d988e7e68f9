// A quick look at the parameters of a call: most are plainly right, and the schema takes time to load and to run.
import { type Fields, isPlain, isPlainObject } from '../options/plain-value.ts';
import type { CheckedParams } from './request-of.ts';

const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant']);

type Check = (value: unknown) => boolean;

const isNothing: Check = (value) => value === undefined;
const isNumber: Check = (value) => value === undefined || Number.isFinite(value);
const isBoolean: Check = (value) => value === undefined || typeof value === 'boolean';
const isWords: Check = (value) => value === undefined || typeof value === 'string';
/** Null is absent where it is an optional parameter's, which is not judged here. */
const isOther: Check = (value) => value === undefined || (value !== null && isPlain(value));

/** Of the fields that the schema knows, or that are translated; the others have to be plain data. */
const CHECKS: ReadonlyMap<string, Check> = new Map([
  // Looked at by themselves.
  ['model', () => true],
  ['messages', () => true],
  ['stream', (value) => value == null || typeof value === 'boolean'],
  ['temperature', isNumber],
  ['top_p', isNumber],
  ['max_tokens', isNumber],
  ['max_completion_tokens', isNumber],
  ['seed', isNumber],
  ['presence_penalty', isNumber],
  ['frequency_penalty', isNumber],
  ['top_logprobs', isNumber],
  ['logprobs', isBoolean],
  ['parallel_tool_calls', isBoolean],
  ['reasoning_effort', isWords],
  ['user', isWords],
  ['stream_options', (value) => value === undefined || isStreamOptions(value)],
  // What only the schema judges, or what is translated.
  ...['n', 'stop', 'tools', 'tool_choice', 'response_format', 'functions', 'function_call'].map(
    (name): [string, Check] => [name, isNothing],
  ),
  ...['logit_bias', 'metadata', 'modalities'].map((name): [string, Check] => [name, isNothing]),
]);

const isStreamOptions: Check = (value) =>
  typeof value === 'object' && value !== null && 'include_usage' in value
    ? typeof value.include_usage === 'boolean' && isPlain(value)
    : false;

/** The fields of messages that are texts wherever they are given. */
const WORDS_IN_MESSAGE: ReadonlySet<string> = new Set(['name', 'reasoning', 'refusal']);
/** The fields of messages that only the schema judges, or that are translated. */
const JUDGED_IN_MESSAGE: ReadonlySet<string> = new Set(['tool_calls', 'function_call', 'reasoning_details']);

/**
 * Whether they are right beyond doubt: messages of text, and numbers that are numbers. It may doubt what is right, and never
 * passes what the schema would refuse, or what would be translated.
 */
export const arePlain = (params: Fields): params is Fields & CheckedParams =>
  isText(params.model) &&
  (isText(params.messages) || arePlainMessages(params.messages)) &&
  areOthersPlain(params);

// What is there is looked at, and not what could be: that is less, and found faster.
function areOthersPlain(params: Fields): boolean {
  for (const name in params) if (!(CHECKS.get(name) ?? isOther)(params[name])) return false;
  return true;
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const arePlainMessages = (messages: unknown): boolean =>
  // A hole in the list is passed over by "every".
  Array.isArray(messages) &&
  messages.length > 0 &&
  !messages.includes(undefined) &&
  messages.every(isPlainMessage);

const isPlainMessage = (message: unknown): boolean => {
  if (!isPlainObject(message)) return false;
  const { role, content } = message;
  if (!ROLES.has(role) || typeof content !== 'string') return false;
  for (const name in message) {
    if (name === 'role' || name === 'content') continue;
    const value = message[name];
    if (value === undefined) continue;
    if (JUDGED_IN_MESSAGE.has(name)) return false;
    if (WORDS_IN_MESSAGE.has(name) ? typeof value !== 'string' : !isOther(value)) return false;
  }
  return true;
};
