// One try at one candidate: asked, heard up to its first content, and then heard out or left.
import { type Batch, type G4FError, toG4FError } from '@g4f/core';
import { isPromise, withFields } from '@g4f/core/internal';
import { toAbortError } from '../errors/abort-error.ts';
import type { ProviderPlace, Watch } from '../memory/health.ts';
import type { Key } from '../memory/key-ring.ts';
import { withReason } from '../routing/retirement.ts';
import type { Candidate } from '../routing/route.ts';
import type { Received } from '../surface/received.ts';
import type { CallContext } from './call-context.ts';
import type { AttemptLog } from './call-log.ts';
import { checkAvailability } from './check-availability.ts';
import { CheckedStream } from './checked-stream.ts';
import { RequestScope } from './request-scope.ts';

/** What comes of asking. */
export type Outcome =
  /** It speaks: its attempt has what it said first, and this is what comes after that. */
  | { readonly kind: 'spoke'; readonly attempt: Attempt; readonly rest: AsyncIterator<Batch> }
  | { readonly kind: 'failed'; readonly attempt: Attempt; readonly error: G4FError }
  /** It cannot be asked: what is missing. */
  | { readonly kind: 'missing'; readonly attempt: Attempt; readonly missing: string };

/** Where a candidate answers. */
export const placeOf = ({ backend, baseURL }: Candidate): ProviderPlace => ({
  provider: backend.id,
  baseURL,
});

/** A try under way. */
export class Attempt {
  readonly candidate: Candidate;
  readonly key: Key;
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
  readonly #call: CallContext;
  readonly #step: AttemptLog;
  #scope: RequestScope | undefined;
  #speech: CheckedStream | undefined;
  #watch: Watch | undefined;
  #said: IteratorResult<Batch> | undefined;
  #isOver = false;

  /** Asks the candidate. @param key the one of its keys that it is asked with. @param step its place in the log. */
  constructor(asked: Candidate, key: Key, call: CallContext, step: AttemptLog) {
    // A key from the environment is not handed on: the backend finds it there, and can say where it found it.
    this.candidate = asked.apiKey === undefined ? asked : { ...asked, apiKey: key };
    this.key = key;
    this.#call = call;
    this.#step = step;
    this.outcome = this.#ask();
  }

  /** What it said first; once, so that nothing of a call holds it for as long as the answer lasts. */
  takeFirst(): IteratorResult<Batch> {
    const said = this.#said;
    this.#said = undefined;
    return said ?? { done: true, value: undefined };
  }

  /** What its service said before its answer. */
  get received(): Received | undefined {
    return this.#scope?.received;
  }

  /** It has been heard to its end. */
  ended(): void {
    this.#isOver = true;
    this.#watch?.ended();
    this.#step.ended();
    this.#call.memory.keys.worked(placeOf(this.candidate), this.key);
  }

  /** It broke off with this. @returns the same as a G4FError */
  failed(thrown: unknown): G4FError {
    const error = toG4FError(thrown, { code: 'internal', provider: this.candidate.backend.id });
    this.#isOver = true;
    // A whole call that is over says nothing of the backend that happened to be asked.
    if (this.#call.signal.aborted) this.#watch?.left();
    else this.#watch?.failed(error);
    if (this.#call.readerSignal?.aborted) this.#step.abandoned(error.message);
    else this.#step.failed(error);
    return error;
  }

  /** It is no longer listened to: its connection is closed at once. @param why another is, for the log; its reader left, unless given. */
  abandon(why?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#scope?.abandon();
    void this.#speech?.return();
    this.#watch?.left();
    const { id } = this.candidate.backend;
    if (why === undefined) this.#step.abandoned(`${id}: its reader left.`);
    else this.#step.failed({ code: 'aborted', message: `${id}: ${why}.` });
  }

  async #ask(): Promise<Outcome> {
    try {
      const looked = this.#missing();
      const missing = isPromise(looked) ? await looked : looked;
      if (missing !== undefined) return { kind: 'missing', attempt: this, missing };
      const { request, settings, signal, memory, warnings } = this.#call;
      const { model } = this.candidate;
      if (this.candidate.announcement !== undefined) this.#call.announce(this.candidate.announcement);
      this.#step.started();
      this.#watch = memory.health.begin(placeOf(this.candidate));
      this.#scope = new RequestScope(this.candidate, settings, signal, warnings);
      const asked = request.model === model ? request : withFields(request, { model });
      const rest = new CheckedStream(this.candidate, asked, this.#scope);
      this.#speech = rest;
      this.#said = await rest.next();
      if (!this.#said.done) this.#watch.spoke(this.#step.firstContent());
      return { kind: 'spoke', attempt: this, rest };
    } catch (thrown) {
      return {
        kind: 'failed',
        attempt: this,
        error: this.failed(withReason(thrown, this.candidate.endNote)),
      };
    }
  }

  /** What is missing before it can be asked. One whom the caller named is asked anyway, and will tell. */
  #missing(): undefined | Promise<string | undefined> {
    const { signal } = this.#call;
    if (signal.aborted) throw toAbortError(signal);
    return this.candidate.named ? undefined : this.#missingNow();
  }

  async #missingNow(): Promise<string | undefined> {
    const missing = await checkAvailability(this.candidate, this.#call, (checking) => {
      this.#scope = checking;
    });
    return missing ?? (this.#isOver ? 'it was left' : undefined);
  }
}
