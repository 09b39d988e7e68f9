// Messages of a chat completion for services that check them closely: what others let pass costs an answer of 400 there.
// Sources: https://github.com/lobehub/lobehub/pull/8419 and https://github.com/BerriAI/litellm/issues/42186 (Moonshot),
// https://github.com/OpenHands/OpenHands/issues/8685 (Mistral), https://github.com/mcp-use/mcp-use/pull/94 (OpenAI)
import { asList, asObject, asText, type Json, objectsIn } from '../decoding/json.ts';

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
  const tools = new Set(objectsIn(body.tools).map((tool) => asObject(tool.function)?.name));
  const messages = objectsIn(body.messages)
    .map((message) => strict(message, tools))
    .filter(saysSomething);
  return messages.length === 0 ? body : { ...body, messages };
};

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
