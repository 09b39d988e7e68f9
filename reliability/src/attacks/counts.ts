// Attacks on the counts that a service chooses: choices, calls, pieces of them, fields. Each is bounded, or costs the same
// for the last piece as for the first.
import {
  type Batch,
  type ChatRequest,
  createGrammar,
  createProjector,
  fold,
  isG4FError,
  LIMITS,
  type StreamEvent,
} from '@g4f/core';
import { loadWire, type WireName } from '@g4f/providers';
import type { Attack, Random } from './attack.ts';
import { isStrict, startTime } from './bounded-time.ts';

const BOUNDED =
  'Every number of things that a service may send in one answer has a limit, above which it is an error.';
const LINEAR = 'A piece of an answer costs the same, however many came before it.';

/** As many payloads as come with one read of a socket. */
const AT_ONCE = 200;
/** So many that one look at all before each takes longer than a test may. */
const MANY = 60_000;
/** An object of so many fields is still no work by itself. */
const FIELDS = 10_000;

type Payload = (at: number) => object;

interface Terms {
  /** How many payloads. */
  readonly count?: number;
  /** Whether they are put together to one answer as well, which has limits of its own. */
  readonly isFolded?: boolean;
  /** What is asked besides. */
  readonly asks?: Partial<ChatRequest>;
}

const ASKED = { provider: 'attacked', model: 'm', url: 'http://127.0.0.1:9/v1' };

/** The payloads on their way through a client, but for the network: what the wire says, checked, as chunks, and as one answer. */
const decode = async (
  name: string,
  wireName: WireName,
  payloads: Payload,
  { count = MANY, isFolded = true, asks = {} }: Terms = {},
): Promise<void> => {
  const wire = await loadWire(wireName);
  const request = { model: 'm', messages: [], stream: true, ...asks };
  const decoder = wire.endpoints.chat.createDecoder(request, ASKED, {}, () => undefined);
  const grammar = createGrammar('attacked');
  const project = createProjector();
  const textsFrom = (from: number): readonly string[] =>
    Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => JSON.stringify(payloads(from + at)));
  const read = (texts: readonly string[]): StreamEvent[] => {
    const events: StreamEvent[] = [];
    for (const text of texts) {
      decoder.payload(JSON.parse(text), 'message', events, text);
      // As a reader asks after each.
      decoder.finished();
    }
    for (const event of events) {
      grammar.accept(event);
      project(event);
    }
    return events;
  };
  const checkAll = startTime(name);
  const batches = async function* (): AsyncGenerator<Batch> {
    for (let from = 0; from < count; from += AT_ONCE) {
      const texts = textsFrom(from);
      const checkRead = startTime(`${name}, from ${from} on`);
      yield read(texts);
      checkRead();
    }
  };
  if (isFolded) await fold(batches());
  else for await (const _ of batches());
  // What blocks is one read; all together take their time.
  if (!isStrict()) checkAll();
};

/** Must be refused, and soon. */
const bounded = (
  what: string,
  most: number,
  wire: WireName,
  payloads: (random: Random) => Payload,
): Attack => ({
  name: `${MANY} ${what} over ${wire}`,
  promise: BOUNDED,
  async run(random) {
    const thrown: unknown = await decode(this.name, wire, payloads(random)).catch((error) => error);
    if (!isG4FError(thrown) || thrown.code !== 'bad-response')
      throw new Error(`above ${most} ${what} there was no bad-response, but ${String(thrown)}`);
  },
});

/** Must be read, at the same cost to the end. */
export const linear = (
  what: string,
  wire: WireName,
  payloads: (random: Random) => Payload,
  terms: Terms = {},
): Attack => ({
  name: `${terms.count ?? MANY} ${what} over ${wire}`,
  promise: LINEAR,
  run(random) {
    return decode(this.name, wire, payloads(random), terms);
  },
});

/** A number as some service writes it, and no number twice. */
const numbering = (random: Random): ((at: number) => unknown) => {
  const isText = random() < 0.5;
  const step = 1 + Math.floor(random() * 1000);
  return (at) => (isText ? String(at * step) : at * step);
};

/** A piece of a text over the Responses API. */
export const TEXT_DELTA = { type: 'response.output_text.delta', output_index: 0 };
/** A payload with one choice. */
export const choice = (fields: object): object => ({
  choices: [{ index: 0, finish_reason: null, ...fields }],
});
/** A piece of a call. */
export const call = (fields: object): object => choice({ delta: { tool_calls: [fields] } });
/** What a call says of its function. */
export const fn = (name: string, text: string): object => ({
  type: 'function',
  function: { name, arguments: text },
});

/** Arguments in pieces of one letter, whole only at their end. */
const letter =
  (random: Random): ((at: number) => string) =>
  (at) =>
    at === 0 ? '{"a":"' : String.fromCharCode(97 + Math.floor(random() * 26));

const BOUNDED_ATTACKS: readonly Attack[] = [
  bounded('choices', LIMITS.choices, 'openai-chat', (random) => {
    const number = numbering(random);
    return (at) => ({ choices: [{ index: number(at), delta: { content: 'a' } }] });
  }),
  bounded('calls', LIMITS.toolCalls, 'openai-chat', (random) => {
    const number = numbering(random);
    return (at) => call({ index: number(at), id: `c${at}`, ...fn('f', '{}') });
  }),
  bounded('calls without ids', LIMITS.toolCalls, 'openai-chat', () => (at) => call(fn(`f${at}`, '{"a":1}'))),
  bounded('calls', LIMITS.toolCalls, 'ollama-chat', () => (at) => ({
    message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f', arguments: { at } } }] },
    done: false,
  })),
  bounded('calls', LIMITS.toolCalls, 'cohere-chat', (random) => {
    const number = numbering(random);
    return (at) => ({
      type: 'tool-call-start',
      index: number(at),
      delta: { message: { tool_calls: { id: `c${at}`, ...fn('f', '{}') } } },
    });
  }),
  bounded('places of texts', LIMITS.items, 'openai-responses', (random) => {
    const number = numbering(random);
    return (at) => ({ ...TEXT_DELTA, content_index: number(at), delta: 'a' });
  }),
  bounded('choices', LIMITS.choices, 'gemini', (random) => {
    const number = numbering(random);
    return (at) => ({ candidates: [{ index: number(at), content: { parts: [{ text: 'a' }] } }] });
  }),
  bounded('calls', LIMITS.toolCalls, 'gemini', () => (at) => ({
    candidates: [{ index: 0, content: { parts: [{ functionCall: { name: 'f', args: { at } } }] } }],
  })),
];

const LINEAR_ATTACKS: readonly Attack[] = [
  linear('names of one call', 'openai-chat', (random) => {
    const piece = letter(random);
    return (at) => call({ index: 0, ...fn('f', piece(at)) });
  }),
  linear('names of one call', 'cohere-chat', (random) => {
    const piece = letter(random);
    return (at) => ({
      type: 'tool-call-delta',
      index: 0,
      delta: { message: { tool_calls: fn('f', piece(at)) } },
    });
  }),
  linear(
    'closing brackets of one call',
    'openai-chat',
    () => (at) => call({ index: 0, id: 'c', ...fn('f', at === 0 ? '{"a":"' : '}') }),
  ),
  linear('repetitions of whole arguments', 'openai-chat', (random) => {
    const whole = random() < 0.5 ? '{"a":1}' : '{ "a" : [1, 2] }';
    return (at) => call({ index: 0, ...fn('f', at % 2 === 0 ? whole : `${whole}\n`) });
  }),
  linear('messages that may be pieces', 'openai-chat', (random) => {
    const word = random() < 0.5 ? 'ha' : 'hm';
    return () => choice({ message: { content: word } });
  }),
  linear(
    'fields beside the choices',
    'openai-chat',
    () => (at) => ({ ...choice({ delta: { content: 'a' } }), [`field_${at}`]: at }),
    { count: FIELDS },
  ),
  linear(
    'fields before the choices',
    'openai-chat',
    () => (at) =>
      at === FIELDS - 1 ? choice({ delta: { content: 'a' } }) : { choices: [], [`field_${at}`]: at },
    { count: FIELDS },
  ),
  linear('fields of the message', 'openai-chat', () => (at) => choice({ delta: { [`field_${at}`]: at } }), {
    count: FIELDS,
  }),
  linear('citations', 'openai-chat', () => (at) => choice({ delta: { annotations: [{ at }] } })),
  linear(
    'log probabilities',
    'openai-chat',
    () => (at) => choice({ delta: { content: 'a' }, logprobs: { content: [{ token: 'a', logprob: -at }] } }),
  ),
  linear(
    'kinds of tokens',
    'openai-chat',
    () => (at) => ({
      ...choice({ delta: { content: 'a' } }),
      usage: { prompt_tokens: 1, completion_tokens: at, [`kind_${at}_tokens`]: 1 },
    }),
    { count: FIELDS },
  ),
  linear('citations', 'cohere-chat', () => (at) => ({
    type: 'citation-start',
    index: at,
    delta: { message: { citations: { start: at, end: at + 1, text: 'a', sources: [] } } },
  })),
  linear(
    'kinds of tokens',
    'gemini',
    () => (at) => ({
      candidates: [{ index: 0, content: { parts: [{ text: 'a' }] } }],
      usageMetadata: { promptTokenCount: 1, [`kind${at}TokenCount`]: 1 },
    }),
    { count: FIELDS },
  ),
];

export const COUNT_ATTACKS: readonly Attack[] = [...BOUNDED_ATTACKS, ...LINEAR_ATTACKS];
