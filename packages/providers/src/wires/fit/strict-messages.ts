// Messages of a chat completion for services that check them closely: what others let pass costs an answer of 400 there.
// Sources: https://github.com/lobehub/lobehub/pull/8419 and https://github.com/BerriAI/litellm/issues/42186 (Moonshot),
// https://github.com/OpenHands/OpenHands/issues/8685 (Mistral), https://github.com/mcp-use/mcp-use/pull/94 (OpenAI), and the
// file of each other service that asks for it.
import type { ChatRequest } from '@g4f/core';
import { asList, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';
import type { Warn } from './warn.ts';

/** What no name of a speaker holds. Source: https://platform.openai.com/docs/api-reference/chat/create */
const NOT_IN_NAME = /[\s<|\\/>]+/g;
/** What no name of a function holds. */
const NOT_IN_FUNCTION = /[^\w-]/g;
const LONGEST_FUNCTION = 64;

/**
 * The body without what says nothing: messages of the assistant's with neither words nor calls, and empty texts. Names of
 * speakers, and those of functions that a model made up, are in the alphabet that is allowed; a tool's own name stays.
 */
export const strictMessages = (body: Json): Json => {
  // Most chats are nothing but texts.
  if (asList(body.messages).every(isPlain)) return body;
  const tools = new Set(objectsIn(body.tools).map((tool) => asObject(tool.function)?.name));
  const messages = objectsIn(body.messages)
    .map((message) => strict(message, tools))
    .filter(saysSomething);
  return messages.length === 0 ? body : { ...body, messages };
};

/** Whether nothing of it can need a change. */
function isPlain(message: unknown): boolean {
  const { role, content, name, tool_calls } = asObject(message) ?? {};
  const isText = typeof content === 'string' && (content !== '' || role !== 'assistant');
  return isText && name === undefined && tool_calls === undefined;
}

function strict(message: Json, tools: ReadonlySet<unknown>): Json {
  const { content, name, tool_calls } = message;
  return {
    ...message,
    ...(Array.isArray(content) && { content: withoutEmpty(content) }),
    ...(typeof name === 'string' && { name: name.trim().replace(NOT_IN_NAME, '_') || undefined }),
    ...(Array.isArray(tool_calls) && {
      tool_calls: tool_calls.map((call) => named(asObject(call) ?? {}, tools)),
    }),
  };
}

function withoutEmpty(parts: readonly unknown[]): readonly unknown[] | string {
  const full = parts.filter((part) => asObject(part)?.type !== 'text' || asObject(part)?.text !== '');
  return full.length === 0 ? '' : full;
}

function named(call: Json, tools: ReadonlySet<unknown>): Json {
  const fn = asObject(call.function);
  const name = asText(fn?.name);
  if (name === undefined || tools.has(name)) return call;
  return {
    ...call,
    function: { ...fn, name: name.replace(NOT_IN_FUNCTION, '_').slice(0, LONGEST_FUNCTION) },
  };
}

/** An empty `partial` (Moonshot) or `prefix` (DeepSeek, Mistral) says who goes on. */
const saysSomething = ({ role, content, tool_calls, audio, partial, prefix }: Json): boolean =>
  role !== 'assistant' ||
  partial === true ||
  prefix === true ||
  (content != null && content !== '') ||
  asList(tool_calls).length > 0 ||
  audio != null;

/** What a service wants besides texts that say something. */
interface Strictness {
  /** Each message has a content, though it be empty: null is none. */
  readonly contentBesideCalls?: boolean;
  /** Instructions are one message. */
  readonly oneInstruction?: boolean;
}

/** What a function returned that returned nothing. */
const NO_OUTPUT = 'There is no output.';

/**
 * Makes a body fit: what {@link strictMessages} does, no message of the user's and no instruction that is blank, a word for
 * a function that returned none, and what the service wants besides.
 */
export const stricterMessages =
  ({ contentBesideCalls = false, oneInstruction = false }: Strictness = {}) =>
  (body: Json): Json => {
    const strict = withoutBlankMessages(strictMessages(body));
    const messages = objectsIn(strict.messages).map((message) =>
      message.role === 'tool' && isBlank(message.content)
        ? { ...message, content: NO_OUTPUT }
        : contentBesideCalls && message.content === null
          ? { ...message, content: '' }
          : message,
    );
    return { ...strict, messages: oneInstruction ? withOneInstruction(messages) : messages };
  };

/** The body without instructions and messages of the user's that say nothing; all of them, where no user says more. */
export const withoutBlankMessages = (body: Json): Json => {
  const said = objectsIn(body.messages).filter(saysWords);
  return said.some(({ role }) => role === 'user') ? { ...body, messages: said } : body;
};

const ASKS: ReadonlySet<unknown> = new Set(['user', 'system', 'developer']);

const saysWords = ({ role, content }: Json): boolean => !ASKS.has(role) || !isBlank(content);

/** The request with something that the user says: a conversation without is refused, and blank words are none. */
export const withUserAsking = (request: ChatRequest, warn: Warn): ChatRequest => {
  if (!Array.isArray(request.messages)) return request;
  const messages = request.messages.filter((message) => saysWords(asObject(message) ?? {}));
  const roles = messages.map((message) => asObject(message)?.role);
  if (roles.length === 0 || roles.includes('user')) return request;
  const at = roles.findIndex((role) => role !== 'system' && role !== 'developer');
  if (at === -1) {
    warn('the conversation holds instructions only: they are sent as what the user says.');
    return {
      ...request,
      messages: messages.map((message) => ({ ...message, role: 'user' }) as typeof message),
    };
  }
  warn('somebody must ask here: "Go on." was put before what the assistant says first.');
  return { ...request, messages: messages.toSpliced(at, 0, { role: 'user', content: 'Go on.' }) };
};

function withOneInstruction(messages: readonly Json[]): readonly Json[] {
  const isInstruction = ({ role }: Json): boolean => role === 'system';
  const texts = messages.filter(isInstruction).map(({ content }) => textOf(content));
  if (texts.length < 2) return messages;
  return [{ role: 'system', content: texts.join('\n\n') }, ...messages.filter((one) => !isInstruction(one))];
}

const textOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : objectsIn(content)
        .map((part) => asText(part.text) ?? '')
        .join('\n');

/** Whether it has neither a word nor anything else to show. */
const isBlank = (content: unknown): boolean =>
  objectsIn(content).every(({ type }) => type === 'text') && textOf(content).trim() === '';
