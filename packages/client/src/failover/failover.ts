// Candidates are asked until one answers: the next when one fails, the same again when its failure may have passed, and
// two at once when the first is silent for too long and the caller wants that.
import { type G4FError, scopeOf, toG4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { Attempt, type Outcome, placeOf } from '../attempt/attempt.ts';
import type { CallContext } from '../attempt/call-context.ts';
import type { AttemptLog } from '../attempt/call-log.ts';
import { type Passing, retryDelay } from '../attempt/retry-delay.ts';
import { sleep } from '../attempt/sleep.ts';
import { toAbortError } from '../errors/abort-error.ts';
import type { Candidate, Unusable } from '../routing/candidate.ts';
import { isResting } from './candidate-order.ts';
import { type Failures, withAllAttempts } from './no-provider-error.ts';
import type { Keyed } from './several-keys.ts';

/** The attempt that answers, and what comes after its first part. */
export type Winner<Part> = Extract<Outcome<Part>, { kind: 'answers' }>;

interface Entry extends Keyed {
  readonly candidate: Candidate;
  readonly log: AttemptLog;
  retries: number;
  /** On the clock of `performance.now()`. */
  dueAt: number;
}

/** An attempt under way, and whose it is. */
interface Running<Part> {
  readonly attempt: Attempt<Part>;
  readonly entry: Entry;
}

/** The candidates of one call, who are asked in their order. Most often one is, once: that way is kept short. */
export class Failover<Part> {
  readonly #unusable: Unusable[] = [];
  readonly #call: CallContext<Part>;
  readonly #entries: readonly Entry[];
  /** Those who may be asked, or asked again; the others are running, or out. */
  readonly #waiting: Entry[];
  readonly #running: Running<Part>[] = [];
  /** A failure that all would share: nobody else is asked, but whoever has been may answer yet. */
  #verdict: G4FError | undefined;
  /** How many are asked at once. */
  #atOnce = 1;

  constructor(candidates: readonly Candidate[], call: CallContext<Part>) {
    this.#call = call;
    this.#entries = candidates.map((candidate) => ({
      candidate,
      log: call.log.attempt(candidate.backend.id, candidate.model),
      keys: candidate.keys,
      retries: 0,
      dueAt: 0,
    }));
    this.#waiting = [...this.#entries];
  }

  /**
   * The first to speak; the others are left. Without one, whom `otherwise` finds.
   *
   * @param otherwise is told the last failure of each that was asked, and who could not be.
   * @throws G4FError a failure that all would share; `aborted` or `timeout` when the whole call is over. It knows all attempts.
   */
  async winner(otherwise: (losses: Failures) => Promise<Winner<Part>>): Promise<Winner<Part>> {
    try {
      for (;;) {
        this.#begin();
        if (this.#running.length === 0) {
          if (this.#verdict) throw this.#verdict;
          if (await this.#waitForNext()) continue;
          break;
        }
        const outcome = await this.#firstOutcome();
        if (outcome === undefined) this.#atOnce = 2;
        else if (outcome.kind !== 'answers') await this.#drop(outcome);
        else {
          this.#leave(outcome.attempt);
          return outcome;
        }
      }
    } catch (thrown) {
      this.#leave(undefined);
      throw withAllAttempts(toG4FError(thrown, { code: 'internal' }), this.#call);
    }
    const failures = this.#entries.flatMap(({ error, candidate }) =>
      error === undefined ? [] : [{ error, candidate }],
    );
    return await otherwise({ failures, unusable: this.#unusable });
  }

  /** Leaves all that are still running. @param but who spoke first, if anybody did. */
  #leave(but: Attempt<Part> | undefined): void {
    for (const { attempt } of this.#running)
      if (attempt !== but)
        attempt.abandon(but === undefined ? 'the call was over' : `${but.candidate.backend.id} spoke first`);
  }

  #begin(): void {
    while (this.#running.length < this.#atOnce) {
      const entry = this.#takeDue();
      if (entry === undefined) return;
      const { candidate, log, keys } = entry;
      const key = this.#call.memory.keys.pick(placeOf(candidate), keys);
      this.#running.push({ attempt: new Attempt(candidate, key, this.#call, log), entry });
    }
  }

  /** The first of those who wait whose time has come; it waits no longer. Nobody is asked again while another may answer. */
  #takeDue(): Entry | undefined {
    const now = performance.now();
    const isAlone = this.#running.length === 0;
    const due = this.#waiting.filter(({ dueAt, retries }) => dueAt <= now && (isAlone || retries === 0));
    const entry = due.length > 1 ? this.#wellOf(due) : due[0];
    if (entry !== undefined) this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    return entry;
  }

  /** The first who is still well: since they were put in order another call may have become the probe of one of them. */
  #wellOf(due: readonly Entry[]): Entry | undefined {
    const [first] = due;
    return (
      due.find(
        ({ candidate }) =>
          candidate.insteadOf === first?.candidate.insteadOf && !isResting(candidate, this.#call),
      ) ?? first
    );
  }

  /** Waits until somebody may be asked again; false if nobody is left, or the call would be over before. */
  async #waitForNext(): Promise<boolean> {
    const { signal, endsAt } = this.#call;
    const dueAt = this.#nextDueAt();
    if (dueAt >= endsAt || this.#waiting.length === 0) return false;
    await sleep(dueAt - performance.now(), signal);
    if (signal.aborted) throw toAbortError(signal);
    return true;
  }

  /** Of those who are running; undefined when it is time for another to begin instead. */
  #firstOutcome(): Promise<Outcome<Part> | undefined> {
    const patience = this.#patience();
    const [first] = this.#running;
    if (first !== undefined && this.#running.length === 1 && patience === undefined)
      return first.attempt.outcome;
    const outcomes = this.#running.map(({ attempt }) => attempt.outcome);
    return patience === undefined ? Promise.race(outcomes) : this.#outcomeWithin(patience, outcomes);
  }

  async #outcomeWithin(
    patience: number,
    outcomes: readonly Promise<Outcome<Part>>[],
  ): Promise<Outcome<Part> | undefined> {
    const decided = new LightAbort();
    const enough = sleep(patience, decided).then(() => undefined);
    try {
      return await Promise.race([...outcomes, enough]);
    } finally {
      decided.abort();
    }
  }

  /** After how many ms another begins besides the one that is running; undefined if none does. */
  #patience(): number | undefined {
    const { request, settings } = this.#call;
    // Those who were asked already are the last.
    const isNext = this.#waiting[0]?.retries === 0;
    return isNext && this.#atOnce === 1 && !request.answersOnce ? settings.hedge?.afterMs : undefined;
  }

  #nextDueAt(): number {
    return Math.min(...this.#waiting.map(({ dueAt }) => dueAt));
  }

  async #drop(outcome: Exclude<Outcome<Part>, Winner<Part>>): Promise<void> {
    const { attempt } = outcome;
    const at = this.#running.findIndex((running) => running.attempt === attempt);
    const entry = this.#running[at]?.entry;
    if (entry === undefined) return;
    this.#running.splice(at, 1);
    if (outcome.kind === 'missing') {
      this.#unusable.push({ id: entry.candidate.backend.id, missing: outcome.missing });
      return;
    }
    const { error } = outcome;
    const { request, signal } = this.#call;
    if (signal.aborted) throw error;
    // What is wrong with the request would be wrong everywhere; and what cannot be sent again is not sent to anybody.
    if (scopeOf(error) === 'request' || request.isSpent?.()) this.#verdict ??= error;
    if (this.#verdict) {
      this.#waiting.length = 0;
      return;
    }
    const cause = await this.#causeOf(attempt, entry, error);
    entry.dueAt = performance.now();
    if (cause === undefined) {
      this.#waiting.unshift(entry);
      return;
    }
    const delay = attempt.hasRetried ? undefined : this.#delay(entry, cause);
    if (delay === undefined) return;
    entry.retries += 1;
    entry.dueAt += delay;
    this.#waiting.push(entry);
  }

  /** What keeps it from being asked again, and sets with which keys it is; undefined if nothing does. */
  async #causeOf(
    { key, isRehearsed }: Attempt<Part>,
    entry: Entry,
    error: G4FError,
  ): Promise<Passing | undefined> {
    const { keys } = this.#call.memory;
    const { candidate } = entry;
    const place = placeOf(candidate);
    entry.error = error;
    entry.keys = candidate.keys;
    if (isRehearsed || !keys.failed(place, key, error) || candidate.keys.length < 2) return error;
    const { nextKey } = await import('./several-keys.ts');
    return nextKey(entry, candidate.keys, [key, error], place, keys);
  }

  /** After how many ms it is asked again; undefined if it is out. */
  #delay({ candidate, retries }: Entry, error: Passing): number | undefined {
    const { memory, settings } = this.#call;
    if (retries >= settings.maxRetries) return undefined;
    // Where there is another, it is asked instead.
    if (this.#entries.length > 1 && memory.health.isResting(placeOf(candidate))) return undefined;
    return retryDelay(error, retries);
  }
}
