// What one backend says, heard through: in order, under its own name, and only once it has really spoken.
import {
  type Batch,
  type ChatRequest,
  createGrammar,
  G4FError,
  isContent,
  type Provider,
  type StreamGrammar,
  withFields,
} from '@g4f/core';
import { type Attempt, toBackendError } from './attempt.ts';
import type { Candidate } from './route.ts';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What the backend answers, checked against the grammar, with its name stamped on the first event.
 * Batches without content before the first content are held, so that whoever reads anything has been spoken to.
 * A class and no async generator, because it stands between the socket and every chunk.
 *
 * `next` throws a G4FError whatever went wrong, and closes the backend's stream in every case.
 */
export class Speech implements AsyncIterator<Batch, undefined> {
  readonly #candidate: Candidate;
  readonly #request: ChatRequest;
  readonly #attempt: Attempt;
  readonly #grammar: StreamGrammar;
  readonly #stamp: (batch: Batch) => Batch;
  #held: Batch[] | undefined = [];
  #source: AsyncIterator<Batch> | undefined;
  /** What to throw after what was said before it. */
  #breach: { readonly thrown: unknown } | undefined;
  #isOver = false;

  constructor(candidate: Candidate, request: ChatRequest, attempt: Attempt) {
    const { id } = candidate.backend;
    this.#candidate = candidate;
    this.#request = request;
    this.#attempt = attempt;
    this.#grammar = createGrammar(id);
    this.#stamp = createStamp(id, attempt.warnings);
  }

  async next(): Promise<IteratorResult<Batch, undefined>> {
    if (this.#isOver) return DONE;
    const { deadlines } = this.#attempt;
    try {
      if (this.#breach !== undefined) throw this.#breach.thrown;
      const source = this.#source ?? (await this.#begin());
      for (;;) {
        const read = await deadlines.wait(source.next());
        const said = read.done ? this.#rest() : this.#heard(read.value);
        if (said !== undefined) return { done: false, value: said };
        if (read.done) return DONE;
      }
    } catch (error) {
      this.#leave();
      throw toBackendError(error, this.#candidate.backend.id, this.#request.model);
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#leave();
    return DONE;
  }

  async #begin(): Promise<AsyncIterator<Batch>> {
    const { deadlines, context } = this.#attempt;
    deadlines.enter('prepare');
    const provider = await deadlines.wait(this.#candidate.backend.load());
    deadlines.enter('first-content');
    const source = chatOf(provider)(this.#request, context)[Symbol.asyncIterator]();
    this.#source = source;
    return source;
  }

  /** What of this batch, and what was held before it, may be handed on; undefined if nothing yet. */
  #heard(batch: Batch): Batch | undefined {
    const { heard, content, breach } = listen(this.#grammar, batch);
    if (content) this.#attempt.deadlines.heard();
    const said = this.#stamp(heard);
    const held = this.#held;
    if (held !== undefined && !content) {
      if (breach !== undefined) throw breach.thrown;
      held.push(said);
      return undefined;
    }
    this.#held = undefined;
    this.#breach = breach;
    return held === undefined || held.length === 0 ? said : [...held.flat(), ...said];
  }

  /** What is left at the end. @throws G4FError when that is no good end. */
  #rest(): Batch | undefined {
    this.#source = undefined;
    this.#isOver = true;
    this.#grammar.end();
    this.#attempt.close();
    const rest = [...(this.#held?.flat() ?? []), ...this.#stamp([])];
    return rest.length === 0 ? undefined : rest;
  }

  #leave(): void {
    const source = this.#source;
    this.#source = undefined;
    if (this.#isOver && source === undefined) {
      this.#attempt.close();
      return;
    }
    this.#isOver = true;
    this.#attempt.abandon();
    if (source !== undefined) void leave(source);
  }
}

function chatOf(provider: Provider): NonNullable<Provider['chat']> {
  if (provider.chat !== undefined) return provider.chat.bind(provider);
  throw new G4FError(`${provider.id}: this backend cannot chat. Choose another provider.`, {
    code: 'invalid-request',
    provider: provider.id,
  });
}

/** Not waited for: a backend that is still computing is told by its signal, and might never answer this. */
async function leave(source: AsyncIterator<Batch>): Promise<void> {
  try {
    await source.return?.();
  } catch {
    // Its answer is no longer wanted, and neither is its trouble in ending it.
  }
}

interface Listened {
  /** The events up to the first that breaks the grammar. */
  readonly heard: Batch;
  readonly content: boolean;
  readonly breach: { readonly thrown: unknown } | undefined;
}

function listen(grammar: StreamGrammar, batch: Batch): Listened {
  let content = false;
  let at = 0;
  try {
    for (const event of batch) {
      grammar.accept(event);
      content ||= isContent(event);
      at += 1;
    }
    return { heard: batch, content, breach: undefined };
  } catch (thrown) {
    return { heard: batch.slice(0, at), content, breach: { thrown } };
  }
}

/** Puts the backend's name on the start of its answer, and its warnings on the first event after each. */
function createStamp(provider: string, warnings: readonly string[]): (batch: Batch) => Batch {
  let started = false;
  let told = 0;
  return (batch) => {
    const first = batch[0];
    const starts = first?.type === 'answer-start';
    started ||= starts;
    if (!started || (!starts && told === warnings.length)) return batch;
    const chunk = warnings.length === told ? undefined : { warnings: [...warnings] };
    told = warnings.length;
    if (!starts) return chunk === undefined ? batch : [{ type: 'aside', extra: { chunk } }, ...batch];
    const extra =
      chunk === undefined ? first.extra : { ...first.extra, chunk: { ...first.extra?.chunk, ...chunk } };
    const start = withFields(first, extra === undefined ? { provider } : { provider, extra });
    return [start, ...batch.slice(1)];
  };
}
