// Whether bytes say that the answer in them is whole: told from the protocols' documentation, by none of the wires' code.
import type { WireName } from '@g4f/providers';
import { asJson, eventsOf, field, type Json, list, type Payload, piecesOf, textOf } from './payloads.ts';

/**
 * Whether a reader may take these bytes for a whole answer. Wide where the protocol is: what could be read in two ways
 * counts in both.
 */
export const mayBeWhole = (wire: WireName, bytes: Buffer): boolean => {
  const text = textOf(bytes);
  if (text.startsWith('[')) return IN_A_LIST.test(text);
  const whole = asJson(text);
  if (whole !== undefined && ONE_PIECE[wire](whole)) return true;
  return SIGNS[wire]([...eventsOf(text), ...piecesOf(text)]);
};

const isWord = (value: unknown): boolean => typeof value === 'string' && value !== '';

type Sign = (payloads: readonly Payload[]) => boolean;
const anyOf =
  (sign: (payload: Payload) => boolean): Sign =>
  (payloads) =>
    payloads.some(sign);

/** https://platform.openai.com/docs/api-reference/chat-streaming: `[DONE]`, or a reason for every choice that has spoken. */
const chatSign: Sign = (payloads) => {
  if (payloads.some(({ data }) => data.trim() === '[DONE]')) return true;
  const choices = payloads.flatMap(({ json }) => list(json.choices));
  const finished = choices.filter((choice) => isWord(field(choice, 'finish_reason')));
  const numbers = new Set(finished.map((choice) => numberOf(choice)));
  const spoken = choices.filter((choice) => isWord(field(field(choice, 'delta'), 'content')));
  return finished.length > 0 && spoken.every((choice) => numbers.has(numberOf(choice)));
};
const numberOf = (choice: unknown): unknown => {
  const index = field(choice, 'index');
  return typeof index === 'number' && Number.isSafeInteger(index) && index > 0 ? index : 0;
};

const SIGNS: Readonly<Record<WireName, Sign>> = {
  'openai-chat': chatSign,
  // https://platform.openai.com/docs/api-reference/responses-streaming
  'openai-responses': anyOf(({ event, json }) =>
    /^response\.(completed|incomplete)$/.test(String(json.type ?? event)),
  ),
  // https://platform.claude.com/docs/en/build-with-claude/streaming
  'anthropic-messages': anyOf(
    ({ json }) =>
      json.type === 'message_stop' ||
      isWord(field(json.delta, 'stop_reason')) ||
      isWord(field(json.message, 'stop_reason')),
  ),
  // https://ai.google.dev/api/generate-content#v1beta.Candidate
  gemini: anyOf(({ json }) => list(json.candidates).some((one) => isWord(field(one, 'finishReason')))),
  // https://docs.ollama.com/api/chat
  'ollama-chat': anyOf(({ json }) => json.done === true),
  // https://docs.cohere.com/v2/docs/streaming
  'cohere-chat': anyOf(({ json }) => json.type === 'message-end'),
};

const IN_A_LIST = /"finishReason"\s*:\s*"/;
const isList = (name: string) => (body: Json) => Array.isArray(body[name]);
/** A body that is one JSON value cannot be cut and remain one: it says itself that it is whole. */
const ONE_PIECE: Readonly<Record<WireName, (body: Json) => boolean>> = {
  'openai-chat': isList('choices'),
  'openai-responses': isList('output'),
  'anthropic-messages': isList('content'),
  gemini: isList('candidates'),
  'ollama-chat': () => false,
  'cohere-chat': ({ message }) => typeof message === 'object' && message !== null,
};
