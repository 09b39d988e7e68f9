// Writes what is over: many rows at once where many have gathered, again where the state was away, and none of it twice.
import { LIMITS } from '@g4f/core';
import type { Settlement, State } from '../state/state.ts';
import { RefusedValueError } from '../state/state-error.ts';
import { within } from '../state/within.ts';

/** Rows of one write. */
const BATCH = 500;
/** Between two tries while the state is away, in ms. */
const PAUSE = 500;

/** A row, and who waits for it. */
interface WaitingRow {
  readonly settlement: Settlement;
  readonly written: () => void;
}

/** The rows of a gateway on their way into its state. */
export class LedgerWriter {
  readonly #state: State;
  readonly #timeout: number;
  #waiting: WaitingRow[] = [];
  #running: Promise<void> | undefined;
  #isAway = false;
  #isClosing = false;
  #hasToldRefusal = false;
  #wake: (() => void) | undefined;
  #lost = 0;

  /** @param timeout how long one write may take, in ms */
  constructor(state: State, timeout: number) {
    this.#state = state;
    this.#timeout = timeout;
  }

  /**
   * Resolves when the row is written; where the state is away at once, or when the deadline has passed. It is then kept in memory, and
   * written when the state is there again.
   */
  write(settlement: Settlement): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ settlement, written: resolve });
      if (this.#isAway) resolve();
      if (this.#waiting.length > LIMITS.keptRows) this.#drop();
      this.#running ??= this.#run();
    });
  }

  /** Writes what is left; what cannot be written within the deadline is lost, and said to be. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wake?.();
    await this.#running;
    const lost = this.#lost + this.#waiting.length;
    if (lost > 0)
      console.error(
        `@g4f/server: ${lost} rows of the ledger are lost: ${this.#state.name} was away for too long.`,
      );
  }

  async #run(): Promise<void> {
    // What comes in the same turn is written together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH);
      try {
        await this.#settle(batch);
        this.#isAway = false;
      } catch (error) {
        if (!this.#isAway) console.error(`@g4f/server: rows of the ledger wait: ${messageOf(error)}`);
        this.#isAway = true;
        this.#waiting.unshift(...batch);
      }
      for (const { written } of this.#isAway ? this.#waiting : batch) written();
      if (this.#isAway && this.#isClosing) break;
      if (this.#isAway) await this.#pause();
    }
    this.#running = undefined;
  }

  /** A row that the state refuses is left out, and told of once; those beside it are written. */
  async #settle(batch: readonly WaitingRow[]): Promise<void> {
    const settlements = batch.map(({ settlement }) => settlement);
    try {
      await within(this.#state.settle(settlements), this.#timeout, this.#state.name);
    } catch (error) {
      if (!(error instanceof RefusedValueError)) throw error;
      if (batch.length > 1) {
        for (const row of batch) await this.#settle([row]);
        return;
      }
      if (!this.#hasToldRefusal) console.error(`@g4f/server: a row of the ledger is lost: ${error.message}`);
      this.#hasToldRefusal = true;
    }
  }

  /** Not a reason for a process to go on. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer: ReturnType<typeof setTimeout> & { unref?: () => void } = setTimeout(resolve, PAUSE);
      timer.unref?.();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #drop(): void {
    this.#waiting.shift()?.written();
    this.#lost += 1;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
