// Candidates are asked until one speaks: the next when one fails, the same again when its failure may have passed, and
// two at once when the first is silent for too long and the caller wants that.
import { type Batch, type ErrorCode, type G4FError, LightAbort } from '@g4f/core';
import { toAbortError } from './abort-error.ts';
import { retryDelay } from './backoff.ts';
import type { Call } from './call.ts';
import type { Key } from './memory/key-ring.ts';
import type { Losses } from './nobody-answered.ts';
import type { Candidate, Unusable } from './route.ts';
import { sleep } from './sleep.ts';
import type { Step } from './trail.ts';
import { beginTurn, type Outcome, placeOf, type Turn } from './turn.ts';

/** Failures that another backend need not share; anything else would fail everywhere and ends the call. */
const MOVES_ON: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'auth',
  'bad-response',
  'model-not-found',
  'network',
  'no-provider',
  'payment-required',
  'rate-limit',
  'server',
  'stream-truncated',
  'timeout',
]);

/** Who speaks, what was said first, and what comes after that. */
export interface Winner {
  readonly turn: Turn;
  readonly said: IteratorResult<Batch>;
  readonly rest: AsyncIterator<Batch>;
}

interface Entry {
  readonly candidate: Candidate;
  readonly step: Step;
  readonly triedKeys: Set<Key>;
  retries: number;
  /** On the clock of `performance.now()`. */
  dueAt: number;
  error?: G4FError;
}

/** The candidates of one call, who are asked in their order. */
export class Contest {
  readonly #unusable: Unusable[] = [];
  readonly #call: Call;
  readonly #entries: readonly Entry[];
  /** Those who may be asked, or asked again; the others are running, or out. */
  #waiting: readonly Entry[];
  readonly #running = new Map<Turn, Entry>();
  /** How many are asked at once. */
  #atOnce = 1;

  constructor(candidates: readonly Candidate[], call: Call) {
    this.#call = call;
    this.#entries = candidates.map((candidate) => ({
      candidate,
      step: call.trail.step(candidate.backend.id, candidate.model),
      triedKeys: new Set(),
      retries: 0,
      dueAt: 0,
    }));
    this.#waiting = this.#entries;
  }

  /** The last failure of each that was asked, and who could not be. */
  get losses(): Losses {
    return { failures: this.#entries.flatMap(({ error }) => error ?? []), unusable: this.#unusable };
  }

  /**
   * The first to speak; undefined if none does. The others are left.
   * @throws G4FError a failure that all would share; `aborted` or `timeout` when the whole call is over.
   */
  async winner(): Promise<Winner | undefined> {
    for (;;) {
      this.#begin();
      if (this.#running.size === 0) {
        if (await this.#waitForNext()) continue;
        return undefined;
      }
      const ended = await this.#firstOutcome();
      if (ended === undefined) {
        // Also where a second one is due again: then there are two already.
        this.#atOnce = 2;
        continue;
      }
      const { turn, outcome } = ended;
      if (outcome.kind === 'spoke') {
        this.leave(`${turn.candidate.backend.id} spoke first`, turn);
        return { turn, said: outcome.said, rest: outcome.rest };
      }
      this.#drop(turn, outcome);
    }
  }

  /** Leaves all that are still running. @param but this one. */
  leave(why: string, but?: Turn): void {
    for (const turn of this.#running.keys()) if (turn !== but) turn.leave(why);
  }

  #begin(): void {
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= performance.now());
    for (const entry of due.slice(0, this.#atOnce - this.#running.size)) {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
      const { candidate, step, triedKeys } = entry;
      const key = this.#keyFor(entry);
      triedKeys.add(key);
      this.#running.set(beginTurn(candidate, key, this.#call, step), entry);
    }
  }

  /** A key that has not been tried in this call, as long as there is one. */
  #keyFor({ candidate, triedKeys }: Entry): Key {
    const fresh = candidate.keys.filter((key) => !triedKeys.has(key));
    const { keys } = this.#call.memory;
    return keys.pick(placeOf(candidate), fresh.length > 0 ? fresh : candidate.keys);
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
  async #firstOutcome(): Promise<{ readonly turn: Turn; readonly outcome: Outcome } | undefined> {
    const turns = [...this.#running.keys()];
    const [turn] = turns;
    const patience = this.#patience();
    if (turn !== undefined && turns.length === 1 && patience === undefined)
      return { turn, outcome: await turn.outcome };
    const outcomes = turns.map(async (one) => ({ turn: one, outcome: await one.outcome }));
    if (patience === undefined) return Promise.race(outcomes);
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
    if (this.#running.size < this.#atOnce) return this.#nextDueAt() - performance.now();
    return this.#atOnce === 1 ? this.#call.settings.hedge?.afterMs : undefined;
  }

  #nextDueAt(): number {
    return Math.min(...this.#waiting.map(({ dueAt }) => dueAt));
  }

  #drop(turn: Turn, outcome: Exclude<Outcome, { kind: 'spoke' }>): void {
    const entry = this.#running.get(turn);
    this.#running.delete(turn);
    if (entry === undefined) return;
    if (outcome.kind === 'missing') {
      this.#unusable.push({ id: entry.candidate.backend.id, missing: outcome.missing });
      return;
    }
    const { error } = outcome;
    if (!MOVES_ON.has(error.code) || this.#call.signal.aborted) throw error;
    entry.error = error;
    const now = performance.now();
    if (this.#hasAnotherKey(turn.key, entry, error)) {
      entry.dueAt = now;
      this.#waiting = [entry, ...this.#waiting];
      return;
    }
    const delay = this.#delay(entry, error);
    if (delay === undefined) return;
    entry.retries += 1;
    entry.dueAt = now + delay;
    this.#waiting = [...this.#waiting, entry];
  }

  /** Whether it can be asked again at once, with a key that has not been tried. */
  #hasAnotherKey(key: Key, { candidate, triedKeys }: Entry, error: G4FError): boolean {
    const isKeys = this.#call.memory.keys.failed(placeOf(candidate), key, error);
    return isKeys && candidate.keys.some((other) => !triedKeys.has(other));
  }

  /** After how many ms it is asked again; undefined if it is out. */
  #delay({ candidate, retries }: Entry, error: G4FError): number | undefined {
    const { memory, settings } = this.#call;
    if (retries >= settings.maxRetries || memory.health.isResting(placeOf(candidate))) return undefined;
    return retryDelay(error, retries);
  }
}
