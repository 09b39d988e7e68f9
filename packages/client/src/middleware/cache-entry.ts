// An answer as it is kept: written part by part while it is read, and read again only if nothing is wrong with it.
import type { Batch, Operation, Operations, ResponseStreamEvent } from '@g4f/core';
import { MAX_TIMER_MS } from '../attempt/deadlines.ts';
import { checkPlain, isFields, isPlain } from '../options/plain-value.ts';
import { isResponseState } from '../streams/response-stream.ts';
import type { MiddlewareCall } from '../surface/middleware.ts';
import { createPartCheck } from './part-check.ts';

/** Of the form below; an entry of another one is no entry. */
const VERSION = 1;

/** An answer that was kept. */
export interface CacheEntry<O extends Operation> {
  readonly parts: readonly Operations[O]['part'][];
  /** How long was waited before each part, in ms. */
  readonly pauses: readonly number[];
}

/** Writes an entry. */
export class EntryWriter {
  readonly #maxCharacters: number;
  readonly #texts: string[] = [];
  readonly #pauses: number[] = [];
  #last = performance.now();
  #characters = 0;
  #isFit = true;

  constructor(maxCharacters: number) {
    this.#maxCharacters = maxCharacters;
  }

  /** As text at once, because its reader may change what it is given. */
  add(part: unknown): void {
    if (!this.#isFit) return;
    const now = performance.now();
    this.#pauses.push(Math.round(now - this.#last));
    this.#last = now;
    const text = isData(part) ? JSON.stringify(part) : undefined;
    this.#characters += text?.length ?? 0;
    if (text === undefined || this.#characters > this.#maxCharacters) this.#drop();
    else this.#texts.push(text);
  }

  /** The entry; undefined if the answer is too long, or no plain data. @param ttl in ms */
  text(ttl: number | undefined): string | undefined {
    if (!this.#isFit) return undefined;
    const until = ttl === undefined ? null : Date.now() + ttl;
    const head = JSON.stringify({ version: VERSION, until, pauses: this.#pauses });
    const text = `${head.slice(0, -1)},"parts":[${this.#texts.join(',')}]}`;
    return text.length > this.#maxCharacters ? undefined : text;
  }

  #drop(): void {
    this.#isFit = false;
    this.#texts.length = 0;
    this.#pauses.length = 0;
  }
}

function isData(part: unknown): boolean {
  if (isPlain(part)) return true;
  try {
    checkPlain(part, 'part');
    return true;
  } catch {
    return false;
  }
}

/** The answer in a text; undefined for what is old, longer than any that is kept, of another version, or no whole answer to this call. */
export const readEntry = <O extends Operation>(
  text: unknown,
  { operation, request }: MiddlewareCall<O>,
  maxCharacters: number,
): CacheEntry<O> | undefined => {
  try {
    const isFit = typeof text === 'string' && text.length <= maxCharacters;
    const entry: unknown = isFit ? JSON.parse(text) : undefined;
    if (!isFields(entry) || entry.version !== VERSION) return undefined;
    const { until, parts, pauses } = entry;
    if (until !== null && !(typeof until === 'number' && until > Date.now())) return undefined;
    if (!Array.isArray(parts) || !arePauses(pauses) || pauses.length !== parts.length) return undefined;
    const check = createPartCheck(operation, request, 'the cache');
    for (const part of parts) {
      checkPlain(part, 'part');
      check.accept(part);
    }
    check.end();
    return { parts, pauses };
  } catch {
    return undefined;
  }
};

const arePauses = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((ms) => typeof ms === 'number' && ms >= 0 && ms <= MAX_TIMER_MS);

/** What a part tells beside the answer, for `warnings` and `cached`. */
type Beside = Readonly<Record<string, unknown>>;

/** What has to be known of an operation so that its answers can be kept. */
export interface Kept<O extends Operation> {
  /** Whether this part is of an answer that may be kept: the model's own, and not cut short by the service. */
  isGood(part: Operations[O]['part'], request: Operations[O]['request']): boolean;
  warnings(part: Operations[O]['part']): readonly unknown[];
  /** The parts as this call is answered with them, with this beside the first. */
  told(
    parts: readonly Operations[O]['part'][],
    request: Operations[O]['request'],
    beside: Beside,
  ): readonly Operations[O]['part'][];
}

/** Answers of one part: never of another model, and whole where there is one. */
const WHOLE = {
  isGood: () => true,
  warnings: ({ warnings = [] }: { readonly warnings?: readonly string[] }) => warnings,
  told: <Answer extends object>(answers: readonly Answer[], _request: unknown, beside: Beside) =>
    answers.map((answer) => ({ ...answer, ...beside })),
};

/** What has to be known of each operation whose answers are kept: images and sound are large, and files are not compared. */
export const KEPT: { readonly [O in Operation]?: Kept<O> } = {
  chat: {
    isGood: (batch, { max_tokens, max_completion_tokens }) =>
      batch.every(
        (event) =>
          (event.type !== 'answer-start' || event.requestedModel === undefined) &&
          (event.type !== 'finish' ||
            (event.reason !== 'content_filter' &&
              // Short by the caller's wish is whole.
              (event.reason !== 'length' || (max_tokens ?? max_completion_tokens) != null))),
      ),
    warnings: (batch) =>
      batch.flatMap(({ extra }) => (Array.isArray(extra?.chunk?.warnings) ? extra.chunk.warnings : [])),
    told: (batches, { stream_options }, beside) =>
      batches.map((batch, at) =>
        withBeside(
          at < batches.length - 1 ? batch : ended(batch, stream_options?.include_usage === true),
          beside,
        ),
      ),
  },
  embed: WHOLE,
  moderate: WHOLE,
  respond: {
    isGood: (events, { max_output_tokens, store, background, conversation }) =>
      // What a service keeps, too, is asked for there, and a conversation grows with each answer.
      conversation === undefined &&
      store !== true &&
      background !== true &&
      statesIn(events).every(
        ({ response: { requested_model, incomplete_details } }) =>
          requested_model === undefined &&
          (incomplete_details == null ||
            (incomplete_details.reason === 'max_output_tokens' && max_output_tokens !== undefined)),
      ),
    warnings: (events) => statesIn(events).flatMap(({ response: { warnings = [] } }) => warnings),
    told: (parts, _request, beside) =>
      parts.map((events) =>
        events.map((event) =>
          isResponseState(event) ? { ...event, response: { ...event.response, ...beside } } : event,
        ),
      ),
  },
  complete: {
    isGood: ({ choices }) => choices.every(({ finish_reason }) => finish_reason !== 'content_filter'),
    warnings: ({ warnings = [] }) => warnings,
    told: (chunks, _request, beside) =>
      chunks.map((chunk, at) => (at === 0 ? { ...chunk, ...beside } : chunk)),
  },
};

const statesIn = (events: readonly ResponseStreamEvent[]) => events.filter(isResponseState);

function withBeside(batch: Batch, beside: Beside): Batch {
  return batch.map((event) =>
    event.type === 'answer-start'
      ? { ...event, extra: { ...event.extra, chunk: { ...event.extra?.chunk, ...beside } } }
      : event,
  );
}

/** The last batch with the token counts where this reader expects them: in an event of their own, or in the finish. */
function ended(batch: Batch, usageAlone: boolean): Batch {
  const before = batch.slice(0, -1);
  const last = batch.at(-1);
  const finish = before.at(-1);
  if (usageAlone && last?.type === 'finish' && last.usage !== undefined) {
    const { usage, ...alone } = last;
    return [...before, alone, { type: 'usage', usage }];
  }
  if (!usageAlone && last?.type === 'usage' && finish?.type === 'finish')
    return [...before.slice(0, -1), { ...finish, usage: last.usage }];
  return batch;
}
