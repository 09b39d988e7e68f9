// One attempt at one candidate: asked, read up to its first content, and then read to its end or abandoned.
import { type G4FError, toG4FError } from '@g4f/core';
import { isPromise } from '@g4f/core/internal';
import type { Bill } from '../costs/bill.ts';
import { toAbortError } from '../errors/abort-error.ts';
import { withReason } from '../errors/ended-model.ts';
import type { ProviderPlace, Watch } from '../memory/health.ts';
import type { Key } from '../memory/key-ring.ts';
import type { Candidate } from '../routing/candidate.ts';
import type { Received } from '../surface/received.ts';
import type { CallContext } from './call-context.ts';
import type { AttemptLog } from './call-log.ts';
import { checkAvailability } from './check-availability.ts';
import { isRehearsed } from './rehearsed.ts';
import { RequestScope } from './request-scope.ts';

/** What comes of asking. */
export type Outcome<Part> =
  /** It answers: the attempt has its first part, and this is what comes after that. */
  | {
      readonly kind: 'answers';
      readonly attempt: Attempt<Part>;
      readonly rest: AsyncIterator<Part, undefined>;
    }
  | { readonly kind: 'failed'; readonly attempt: Attempt<Part>; readonly error: G4FError }
  /** It cannot be asked: what is missing. */
  | { readonly kind: 'missing'; readonly attempt: Attempt<Part>; readonly missing: string };

/** Where a candidate answers: what is learnt of it there is learnt for one operation. */
export const placeOf = ({ backend, baseURL }: Candidate): ProviderPlace => ({
  provider: backend.id,
  baseURL,
  operation: backend.servesFor,
});

/** An attempt under way. */
export class Attempt<Part> {
  readonly candidate: Candidate;
  readonly key: Key;
  /** Never rejects. */
  readonly outcome: Promise<Outcome<Part>>;
  readonly #call: CallContext<Part>;
  readonly #log: AttemptLog;
  #scope: RequestScope | undefined;
  #parts: AsyncIterator<Part, undefined> | undefined;
  #watch: Watch | undefined;
  #bill: Bill | undefined;
  #first: IteratorResult<Part, undefined> | undefined;
  #hasSpoken = false;
  #isOver = false;

  /** Asks the candidate. @param key the one of its keys that it is asked with. */
  constructor(asked: Candidate, key: Key, call: CallContext<Part>, log: AttemptLog) {
    // A key from the environment is not handed on: the provider finds it there, and can say where it found it.
    this.candidate = asked.apiKey === undefined ? asked : { ...asked, apiKey: key };
    this.key = key;
    this.#call = call;
    this.#log = log;
    this.outcome = this.#ask();
  }

  /** The first part; once, so that nothing of a call holds it for as long as the answer lasts. */
  takeFirst(): IteratorResult<Part, undefined> {
    const first = this.#first;
    this.#first = undefined;
    return first ?? { done: true, value: undefined };
  }

  /** The headers of its service's answer. */
  get received(): Received | undefined {
    return this.#scope?.received;
  }

  /** Whether it sent one of several requests again by itself. */
  get hasRetried(): boolean {
    return this.#scope?.hasRetried ?? false;
  }

  /** Whether its failure was made up. */
  get isRehearsed(): boolean {
    return this.#scope !== undefined && isRehearsed(this.#scope.context.signal);
  }

  /** It has been read to its end. */
  ended(): void {
    this.#isOver = true;
    this.#watch?.ended();
    this.#spent('whole');
    this.#log.ended();
    this.#call.memory.keys.worked(placeOf(this.candidate), this.key);
  }

  /** It broke off with this. @returns the same as a G4FError */
  failed(thrown: unknown): G4FError {
    const error = toG4FError(thrown, { code: 'internal', provider: this.candidate.backend.id });
    this.#isOver = true;
    this.#spent('part');
    // A whole call that is over says nothing of the provider that happened to be asked.
    if (this.#call.signal.aborted || this.isRehearsed) this.#watch?.left();
    else this.#watch?.failed(error);
    if (this.#call.readerSignal?.aborted) this.#log.abandoned(error.message);
    else this.#log.failed(error);
    return error;
  }

  /** It is no longer read: its connection is closed at once. @param why for the log; its reader left, unless given. */
  abandon(why?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#scope?.abandon();
    void this.#parts?.return?.();
    this.#watch?.left();
    this.#spent('part');
    const { id } = this.candidate.backend;
    if (why === undefined) this.#log.abandoned(`${id}: its reader left.`);
    else this.#log.failed({ code: 'aborted', message: `${id}: ${why}.` });
  }

  /** Once: what of it was asked at all is added up. */
  #spent(end: 'whole' | 'part'): void {
    const bill = this.#bill;
    if (bill === undefined) return;
    this.#bill = undefined;
    const { backend, model } = this.candidate;
    const used = { provider: backend.id, model, operation: backend.servesFor };
    this.#call.books?.add(used, end === 'whole' || this.#hasSpoken ? end : 'none', bill.used);
  }

  async #ask(): Promise<Outcome<Part>> {
    try {
      const { request, settings, signal, endsAt, memory, books, warnings } = this.#call;
      // Before anything is awaited: until then no other call chooses it as well.
      const watch = memory.health.begin(placeOf(this.candidate));
      this.#watch = watch;
      const looked = this.#missing();
      const missing = isPromise(looked) ? await looked : looked;
      if (missing !== undefined) {
        watch.left();
        return { kind: 'missing', attempt: this, missing };
      }
      if (this.candidate.announcement !== undefined) this.#call.announce(this.candidate.announcement);
      this.#log.started();
      watch.sent();
      this.#scope = new RequestScope(this.candidate, settings, signal, warnings, endsAt);
      if (request.storedId === undefined)
        this.#bill = books?.bill({
          candidate: this.candidate,
          parameters: request.parameters,
          extraBody: settings.extraBody,
        });
      this.#scope.bill = this.#bill;
      const rest = request.open(this.candidate, this.#scope);
      this.#parts = rest;
      this.#first = await rest.next();
      this.#hasSpoken = !this.#first.done;
      if (!this.#first.done) watch.spoke(this.#log.firstContent());
      return { kind: 'answers', attempt: this, rest };
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
