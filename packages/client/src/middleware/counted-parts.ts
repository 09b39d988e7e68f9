// What counts of the parts of an answer, for each operation by its own shape: the service's counts, and characters where there are none.
import type {
  Batch,
  Operation,
  Operations,
  ResponseBatch,
  TextCompletion,
  TranscriptionPart,
} from '@g4f/core';
import type { Counts } from '../costs/counts.ts';
import { type Fields, isFields, isPlainObject } from '../options/plain-value.ts';
import { isResponseState, LAST_STATES } from '../streams/response-stream.ts';

/** What counts of one answer. */
export interface Counted {
  /** Whether anything has come. */
  hasCome: boolean;
  /** Characters of the texts that have come. */
  characters: number;
  usage: Counts | undefined;
  /** Whether nobody was asked. */
  isCached: boolean;
}

/** Nothing has come. */
export const nothingCounted = (): Counted => ({
  hasCome: false,
  characters: 0,
  usage: undefined,
  isCached: false,
});

type Counting = { readonly [O in Operation]: (part: Operations[O]['part'], counted: Counted) => void };

/** What tells its counts in its field `usage`, if it does. */
interface PartWithCounts {
  readonly usage?: object | null;
  readonly cached?: true;
}

function told({ usage, cached }: PartWithCounts, counted: Counted): void {
  counted.usage = usage ?? counted.usage;
  counted.isCached ||= cached === true;
}

const COUNTING: Counting = {
  chat: countBatch,
  respond: countResponse,
  complete: countText,
  transcribe: countTranscription,
  // Vectors, verdicts, images and sound have no characters: what was asked counts where nothing is counted.
  embed: told,
  moderate: told,
  image: told,
  speech() {},
  // It was counted when it was made.
  storedResponse() {},
};

/** Adds a part of an answer of this operation. */
export const count = <O extends Operation>(
  operation: O,
  part: Operations[O]['part'],
  counted: Counted,
): void => {
  const counting: Counting[O] = COUNTING[operation];
  counted.hasCome = true;
  counting(part, counted);
};

function countBatch(batch: Batch, counted: Counted): void {
  for (const event of batch) {
    if (event.type === 'text-delta' || event.type === 'reasoning-delta')
      counted.characters += event.text.length;
    else if (event.type === 'tool-call-delta') counted.characters += event.arguments?.length ?? 0;
    else if (event.type === 'usage' || event.type === 'finish') counted.usage = event.usage ?? counted.usage;
    else if (event.type === 'answer-start') counted.isCached = event.extra?.chunk?.cached === true;
  }
}

/** The last event holds the whole answer, which in a stream has come in pieces before. */
function countResponse(events: ResponseBatch, counted: Counted): void {
  for (const event of events) {
    if ('delta' in event && typeof event.delta === 'string') counted.characters += event.delta.length;
    if (!isResponseState(event)) continue;
    told(event.response, counted);
    if (LAST_STATES.has(event.type))
      counted.characters = Math.max(counted.characters, writtenIn(event.response.output));
  }
}

/** What a model writes: texts, refusals, the arguments of calls. */
const WRITTEN: ReadonlySet<string> = new Set(['text', 'refusal', 'arguments', 'input', 'code']);

function writtenIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + writtenIn(item), 0);
  if (!isPlainObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [field, held]) =>
      sum + (typeof held === 'string' ? (WRITTEN.has(field) ? held.length : 0) : writtenIn(held)),
    0,
  );
}

function countText(part: TextCompletion, counted: Counted): void {
  told(part, counted);
  for (const { text } of part.choices) counted.characters += text.length;
}

/** The last event of a stream has the whole text again. */
function countTranscription(part: TranscriptionPart, counted: Counted): void {
  const { delta, text, usage, cached }: Fields = { ...part };
  told({ ...(isFields(usage) && { usage }), ...(cached === true && { cached }) }, counted);
  if (typeof delta === 'string') counted.characters += delta.length;
  if (typeof text === 'string') counted.characters = Math.max(counted.characters, text.length);
}
