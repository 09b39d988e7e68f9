// What one provider says, heard through: in order, under its own name, and only once it has really spoken.

import {
  type Batch,
  type BatchResult,
  type ChatRequest,
  createGrammar,
  type G4FError,
  isContent,
  type Provider,
  type StreamGrammar,
} from '@g4f/core';
import { isPromise, newCompletionId, nowInSeconds, withFields } from '@g4f/core/internal';
import { closeParts } from '../attempt/close-parts.ts';
import { askProvider } from '../attempt/provider-operation.ts';
import type { RequestScope } from '../attempt/request-scope.ts';
import { providerOf } from '../catalog/provider-entry.ts';
import { toProviderError } from '../errors/provider-error.ts';
import type { Candidate } from '../routing/candidate.ts';
import { Ending } from './stream-ending.ts';

/** Who is heard. */
type StreamSource = Pick<Candidate, 'backend' | 'headers' | 'insteadOf'>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * What the provider answers, checked against the grammar, with its name stamped on the first event.
 * Batches without content before the first content are held, so that whoever reads anything has been spoken to.
 * A class with handlers of its own and no async generator, because it stands between the socket and every chunk.
 *
 * `next` throws a G4FError whatever went wrong, and closes the provider's stream in every case. It is called again only
 * when it has been answered.
 */
export class CheckedStream implements AsyncIterator<Batch, undefined> {
  readonly #candidate: StreamSource;
  readonly #request: ChatRequest;
  readonly #attempt: RequestScope;
  readonly #grammar: StreamGrammar;
  readonly #stamp: (batch: Batch) => Batch;
  readonly #ending: Ending;
  #held: Batch[] | undefined = [];
  #source: AsyncIterator<Batch> | undefined;
  /** What to throw after what was said before it. */
  #breach: { readonly thrown: unknown } | undefined;
  #isOver = false;
  // Of the read under way.
  #resolve: ((read: BatchResult) => void) | undefined;
  #reject: ((error: G4FError) => void) | undefined;

  constructor(candidate: StreamSource, request: ChatRequest, attempt: RequestScope) {
    const { id } = candidate.backend;
    this.#candidate = candidate;
    this.#request = request;
    this.#attempt = attempt;
    this.#grammar = createGrammar(id);
    this.#stamp = createStamp(id, candidate.insteadOf, attempt.warnings);
    this.#ending = new Ending(request.stream_options?.include_usage === true, attempt);
  }

  next(): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      const breach = this.#breach;
      this.#breach = undefined;
      if (breach !== undefined) this.#fail(breach.thrown);
      else if (this.#isOver) this.#tell(DONE);
      else if (this.#source === undefined) this.#begin();
      else this.#ask(this.#source);
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#breach = undefined;
    this.#leave();
    return DONE;
  }

  #begin(): void {
    this.#attempt.deadlines.enter('prepare');
    try {
      const provider = providerOf(this.#candidate.backend);
      if (isPromise(provider)) this.#attempt.deadlines.wait(provider).then(this.#onLoaded, this.#fail);
      else this.#onLoaded(provider);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  readonly #onLoaded = (provider: Provider): void => {
    try {
      this.#attempt.deadlines.enter('first-content');
      this.#source = askProvider(provider, 'chat', this.#request, this.#attempt.context);
      this.#ask(this.#source);
    } catch (thrown) {
      this.#fail(thrown);
    }
  };

  /** Asks the provider for more. What comes of it is heard by handlers made once: an async function costs each read several promises. */
  #ask(source: AsyncIterator<Batch>): void {
    try {
      const { deadlines } = this.#attempt;
      deadlines.begin(this.#fail);
      if (this.#isOver) return;
      source.next().then(this.#onRead, this.#fail);
      deadlines.watch();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  readonly #onRead = (read: IteratorResult<Batch>): void => {
    // It was given up, and is heard all the same.
    if (this.#isOver) return;
    try {
      const said = read.done ? this.#rest() : this.#heard(read.value);
      if (said !== undefined) this.#tell({ done: false, value: said });
      else if (read.done) this.#tell(DONE);
      else if (this.#source !== undefined) this.#ask(this.#source);
    } catch (thrown) {
      this.#fail(thrown);
    }
  };

  readonly #fail = (thrown: unknown): void => {
    const held = this.#held === undefined && !this.#isOver ? this.#ending.take() : [];
    const resolve = this.#resolve;
    if (held.length === 0 || resolve === undefined) {
      this.#break(thrown);
      return;
    }
    // What was held back of its end has been said: the failure is told after it. Leaving tells this handler as well.
    this.#resolve = undefined;
    this.#reject = undefined;
    this.#leave();
    this.#breach = { thrown };
    resolve({ done: false, value: held });
  };

  #break(thrown: unknown): void {
    const reject = this.#reject;
    this.#resolve = undefined;
    this.#reject = undefined;
    this.#leave();
    const { secrets: secretly, received } = this.#attempt;
    reject?.(toProviderError(thrown, secretly, { model: this.#request.model, received }));
  }

  #tell(read: BatchResult): void {
    const resolve = this.#resolve;
    // What has been told is not held by these: of many streams it would be most of what lives.
    this.#resolve = undefined;
    this.#reject = undefined;
    resolve?.(read);
  }

  /** What of this batch, and what was held before it, may be handed on; undefined if nothing yet. */
  #heard(batch: Batch): Batch | undefined {
    const { heard, content, ends, breach } = checkBatch(this.#grammar, batch);
    if (content) this.#attempt.deadlines.contentCame();
    else this.#attempt.deadlines.end();
    const stamped = this.#stamp(heard);
    const said = this.#ending.passes(ends) ? stamped : this.#ending.arrange(stamped);
    const held = this.#held;
    if (held !== undefined && !content) {
      if (breach !== undefined) throw breach.thrown;
      held.push(said);
      return undefined;
    }
    this.#held = undefined;
    this.#breach = breach;
    // Only its end, which is held: nothing to be told yet.
    if (said.length === 0 && breach === undefined && batch.length > 0) return undefined;
    return held === undefined || held.length === 0 ? said : [...held.flat(), ...said];
  }

  /** What is left at the end. @throws G4FError when that is no good end. */
  #rest(): Batch | undefined {
    this.#source = undefined;
    this.#isOver = true;
    this.#attempt.deadlines.end();
    this.#grammar.end();
    this.#attempt.close();
    const rest = [...this.#stamp([]), ...this.#ending.take()];
    const said = this.#held === undefined ? rest : [...this.#held.flat(), ...rest];
    return said.length === 0 ? undefined : said;
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
    if (source !== undefined) void closeParts(source);
  }
}

interface CheckedBatch {
  /** The events up to the first that breaks the grammar. */
  readonly heard: Batch;
  readonly content: boolean;
  /** Whether there is a finish or token counts among them. */
  readonly ends: boolean;
  readonly breach: { readonly thrown: unknown } | undefined;
}

function checkBatch(grammar: StreamGrammar, batch: Batch): CheckedBatch {
  let content = false;
  let ends = false;
  let at = 0;
  try {
    for (const event of batch) {
      grammar.accept(event);
      content ||= isContent(event);
      ends ||= event.type === 'finish' || event.type === 'usage';
      at += 1;
    }
    return { heard: batch, content, ends, breach: undefined };
  } catch (thrown) {
    return { heard: batch.slice(0, at), content, ends, breach: { thrown } };
  }
}

/** Puts the provider's name on the start of its answer, an id and a date where it has none, and its warnings on the first event after each. */
function createStamp(
  provider: string,
  requestedModel: string | undefined,
  warnings: readonly string[],
): (batch: Batch) => Batch {
  const requested = requestedModel === undefined ? undefined : { requestedModel };
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
    const stamped = batch.slice();
    // Here and not where chunks are made, because there may be several readers of one answer.
    stamped[0] = withFields(first, {
      provider,
      ...requested,
      id: first.id || newCompletionId(),
      created: first.created || nowInSeconds(),
      ...(extra !== undefined && { extra }),
    });
    return stamped;
  };
}
