// The words in the bytes of an answer, read in the plainest way: what a reader of the whole answer must have heard.
import type { WireName } from '@g4f/providers';
import { eventsOf, type Json, linesOf, type Payload, textOf } from './payloads.ts';

/** The visible text; undefined where this plain reading does not tell it. */
export const wordsIn = (wire: WireName, bytes: Buffer): string | undefined => {
  const reading = READINGS[wire];
  const text = textOf(bytes);
  if (reading === undefined || !reading.begins.test(text)) return undefined;
  const payloads = reading.payloads(text);
  const end = payloads.findIndex(reading.isEnd);
  const said = payloads.slice(0, end === -1 ? undefined : end + 1);
  if (said.some(({ isPlain }) => !isPlain)) return undefined;
  try {
    const words = said
      .flatMap(({ json }) => reading.said(json))
      .map(plain)
      .join('');
    // A tag of reasoning may be in it.
    return words.includes('<') ? undefined : words;
  } catch (thrown) {
    if (thrown instanceof Odd) return undefined;
    throw thrown;
  }
};

/** Where a value is of another kind than the protocol says: what it counts for is the wire's to decide. */
class Odd extends Error {}

const field = (value: unknown, name: string): unknown => {
  if (value == null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw new Odd();
  return Object.entries(value).find(([own]) => own === name)?.[1];
};

const list = (value: unknown): readonly unknown[] => {
  if (value == null) return [];
  if (Array.isArray(value)) return value;
  throw new Odd();
};

/** Numbers and booleans count as they are written. */
const plain = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) throw new Odd();
  // Its digits are not in the value any more.
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) throw new Odd();
  return value == null ? '' : String(value);
};

interface Reading {
  /** What a stream begins with; anything else is a body in one piece. */
  readonly begins: RegExp;
  readonly payloads: (text: string) => readonly Payload[];
  readonly isEnd: (payload: Payload) => boolean;
  /** What a payload says. @throws Odd */
  readonly said: (payload: Json) => readonly unknown[];
}

const events = { begins: /^(?:data|event|id|retry)?:/, payloads: eventsOf } as const;
const contentOf = (content: unknown): readonly unknown[] =>
  Array.isArray(content) ? content.map((part) => field(part, 'text')) : [content];

const GOES_ON: ReadonlySet<unknown> = new Set(['tool_use', 'pause_turn']);

/** Of the wires whose text stands in one place only. */
const READINGS: Readonly<Partial<Record<WireName, Reading>>> = {
  'openai-chat': {
    ...events,
    isEnd: ({ data }) => data.trim() === '[DONE]',
    said: ({ choices }) =>
      list(choices).flatMap((choice) => contentOf(field(field(choice, 'delta'), 'content'))),
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
  // After a message that calls tools another may follow in the same stream: where one does is the wire's to decide.
  'anthropic-messages': {
    ...events,
    // An end before the beginning is none.
    payloads: (text) => {
      const said = eventsOf(text);
      const first = said.find(({ json }) => json.type !== undefined && json.type !== 'ping');
      return first?.json.type === 'message_start' ? said : said.map((one) => ({ ...one, isPlain: false }));
    },
    isEnd: ({ json }) => json.type === 'message_stop',
    said: ({ type, message, delta, content_block: block }) => {
      if (type === 'message_start' && list(field(message, 'content')).length > 0) throw new Odd();
      if (type === 'message_delta' && GOES_ON.has(field(delta, 'stop_reason'))) throw new Odd();
      if (type !== 'content_block_start' && type !== 'content_block_delta') return [];
      const piece = type === 'content_block_start' ? block : delta;
      const kind = field(piece, 'type');
      if (!/^(?:text|thinking|\w+_use|\w+_result|\w+_delta)$/.test(String(kind))) throw new Odd();
      return kind === 'text' || kind === 'text_delta' ? [field(piece, 'text')] : [];
    },
  },
  'ollama-chat': {
    begins: /^\{/,
    payloads: linesOf,
    isEnd: ({ json }) => json.done === true,
    said: ({ message }) => [field(message, 'content')],
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
