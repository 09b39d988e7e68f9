// Candidates are asked until one answers: the next when one fails, the same again when its failure may have passed, and
// two at once when the first is silent for too long and the caller wants that.
import { type G4FError, scopeOf, toG4FError } from '@g4f/core';
import { LightAbort } from '@g4f/core/internal';
import { Attempt, type Outcome, placeOf } from '../attempt/attempt.ts';
import type { CallContext } from '../attempt/call-context.ts';
import type { AttemptLog } from '../attempt/call-log.ts';
import { retryDelay } from '../attempt/retry-delay.ts';
import { sleep } from '../attempt/sleep.ts';
import { toAbortError } from '../errors/abort-error.ts';
import type { Key } from '../memory/key-ring.ts';
import type { Candidate, Unusable } from '../routing/candidate.ts';
import { type Failures, withAllAttempts } from './no-provider-error.ts';

/** The attempt that answers, and what comes after its first part. */
export type Winner<Part> = Extract<Outcome<Part>, { kind: 'answers' }>;

interface Entry {
  readonly candidate: Candidate;
  readonly log: AttemptLog;
  readonly triedKeys: Key[];
  /** With which it may be asked next. */
  keys: readonly Key[];
  retries: number;
  /** On the clock of `performance.now()`. */
  dueAt: number;
  error?: G4FError;
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
  /** How many are asked at once. */
  #atOnce = 1;

  constructor(candidates: readonly Candidate[], call: CallContext<Part>) {
    this.#call = call;
    this.#entries = candidates.map((candidate) => ({
      candidate,
      log: call.log.attempt(candidate.backend.id, candidate.model),
      triedKeys: [],
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
          if (await this.#waitForNext()) continue;
          break;
        }
        const outcome = await this.#firstOutcome();
        // Also where a second one is due again: then there are two already.
        if (outcome === undefined) this.#atOnce = 2;
        else if (outcome.kind !== 'answers') this.#drop(outcome);
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
      const { candidate, log, triedKeys, keys } = entry;
      const key = this.#call.memory.keys.pick(placeOf(candidate), keys);
      triedKeys.push(key);
      this.#running.push({ attempt: new Attempt(candidate, key, this.#call, log), entry });
    }
  }

  /** The first of those who wait whose time has come; it waits no longer. */
  #takeDue(): Entry | undefined {
    const now = performance.now();
    const at = this.#waiting.findIndex(({ dueAt }) => dueAt <= now);
    return at === -1 ? undefined : this.#waiting.splice(at, 1)[0];
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

  /** After how many ms another begins besides those who are running; undefined if none does. */
  #patience(): number | undefined {
    if (this.#waiting.length === 0) return undefined;
    if (this.#running.length < this.#atOnce) return this.#nextDueAt() - performance.now();
    const { request, settings } = this.#call;
    return this.#atOnce === 1 && !request.answersOnce ? settings.hedge?.afterMs : undefined;
  }

  #nextDueAt(): number {
    return Math.min(...this.#waiting.map(({ dueAt }) => dueAt));
  }

  #drop(outcome: Exclude<Outcome<Part>, Winner<Part>>): void {
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
    // What is wrong with the request would be wrong everywhere; and what cannot be sent again is not sent to anybody.
    const { request, signal } = this.#call;
    if (scopeOf(error) === 'request' || signal.aborted || request.isSpent?.() === true) throw error;
    entry.error = error;
    const now = performance.now();
    const fresh = attempt.isRehearsed ? [] : this.#freshKeys(attempt.key, entry, error);
    if (fresh.length > 0) {
      entry.keys = fresh;
      entry.dueAt = now;
      this.#waiting.unshift(entry);
      return;
    }
    const delay = attempt.hasRetried ? undefined : this.#delay(entry, error);
    if (delay === undefined) return;
    entry.retries += 1;
    entry.keys = entry.candidate.keys;
    entry.dueAt = now + delay;
    this.#waiting.push(entry);
  }

  /** The keys with which it can be asked again at once: where its key failed, those that this call has not tried. */
  #freshKeys(key: Key, { candidate, triedKeys }: Entry, error: G4FError): readonly Key[] {
    const isKeys = this.#call.memory.keys.failed(placeOf(candidate), key, error);
    return isKeys ? candidate.keys.filter((other) => !triedKeys.includes(other)) : [];
  }

  /** After how many ms it is asked again; undefined if it is out. */
  #delay({ candidate, retries }: Entry, error: G4FError): number | undefined {
    const { memory, settings } = this.#call;
    if (retries >= settings.maxRetries) return undefined;
    // Where there is another, it is asked instead.
    if (this.#entries.length > 1 && memory.health.isResting(placeOf(candidate))) return undefined;
    return retryDelay(error, retries);
  }
}
