// The words in the bytes of an answer, read in the plainest way: what a reader of the whole answer must have heard.
import type { WireName } from '@g4f/providers';
import { eventsOf, field, type Json, linesOf, list, type Payload, textOf } from './payloads.ts';

/** The visible text; undefined where this plain reading does not tell it. */
export const wordsIn = (wire: WireName, bytes: Buffer): string | undefined => {
  const reading = READINGS[wire];
  const text = textOf(bytes);
  if (reading === undefined || !reading.begins.test(text)) return undefined;
  const payloads = reading.payloads(text);
  const end = payloads.findIndex(reading.isEnd);
  const said = payloads.slice(0, end === -1 ? undefined : end + 1);
  const words = said
    .flatMap(({ json }) => reading.said(json))
    .map(plain)
    .join('');
  // A tag of reasoning may be in it.
  return words.includes('<') ? undefined : words;
};

interface Reading {
  /** What a stream begins with; anything else is a body in one piece. */
  readonly begins: RegExp;
  readonly payloads: (text: string) => readonly Payload[];
  readonly isEnd: (payload: Payload) => boolean;
  /** What a payload says, in JSON of any kind. */
  readonly said: (payload: Json) => readonly unknown[];
}

const events = { begins: /^(?:data|event|id|retry)?:/, payloads: eventsOf } as const;

/** The text of what should be a string: numbers and booleans as they are written, lists joined, objects by their `text`. */
const plain = (value: unknown): string => {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? value.map(plain).join('') : plain(field(value, 'text'));
  return value == null ? '' : String(value);
};

/** Of the wires whose text stands in one place only. */
const READINGS: Readonly<Partial<Record<WireName, Reading>>> = {
  'openai-chat': {
    ...events,
    isEnd: ({ data }) => data.trim() === '[DONE]',
    said: ({ choices }) => list(choices).map((choice) => field(field(choice, 'delta'), 'content')),
  },
  gemini: {
    ...events,
    isEnd: () => false,
    said: ({ candidates }) =>
      list(candidates)
        .flatMap((candidate) => list(field(field(candidate, 'content'), 'parts')))
        .filter((part) => field(part, 'thought') !== true)
        .map((part) => field(part, 'text')),
  },
  'ollama-chat': {
    begins: /^\{/,
    payloads: linesOf,
    isEnd: ({ json }) => json.done === true,
    said: ({ message }) => [typeof message === 'object' ? field(message, 'content') : message],
  },
  'cohere-chat': {
    ...events,
    isEnd: ({ json }) => json.type === 'message-end',
    said: ({ type, delta }) =>
      type === 'content-start' || type === 'content-delta'
        ? [field(field(field(delta, 'message'), 'content'), 'text')]
        : [],
  },
};
