// A limit of a period: what is used of it, and what is reserved for calls under way.
import { G4FError } from '@g4f/core';
import type { BudgetOptions, Meter, Need } from '../surface/middleware.ts';

/** A limit, and of what. */
export interface BudgetTerms {
  readonly limit: number;
  readonly unit: 'dollars' | 'tokens';
  readonly per: BudgetOptions['per'];
}

/** What was reserved for a call. */
interface Reservation {
  readonly amount: number;
  readonly period: number;
}

/** Of so many periods it is known what was used: a clock that is set goes to another one, and back. */
const PERIODS = 8;

/** Keeps calls within these terms. */
export const budgetMeter = (terms: BudgetTerms): Meter => {
  const shared = new Budget(terms);
  const { unit } = terms;
  return {
    async begin({ signal }, need) {
      const budget = terms.per === 'call' ? new Budget(terms) : shared;
      const reservation = await budget.enter(need[unit], signal);
      return ({ prompt_tokens: read, completion_tokens: written, dollars }) =>
        budget.settle(reservation, unit === 'tokens' ? read + written : dollars);
    },
  };
};

const LENGTHS: Readonly<Record<BudgetTerms['per'], number>> = {
  call: Number.POSITIVE_INFINITY,
  process: Number.POSITIVE_INFINITY,
  hour: 3_600_000,
  day: 86_400_000,
};

/** A budget of one limit. Periods are those of UTC. */
class Budget {
  readonly #terms: BudgetTerms;
  #period = 0;
  /** By their periods: each has its own, whatever the clock says next. The one looked at longest ago stands first. */
  readonly #used = new Map<number, number>();
  #reserved = 0;
  #underWay = 0;
  #waiting: (() => void)[] = [];

  constructor(terms: BudgetTerms) {
    this.#terms = terms;
  }

  /**
   * Waits until a call may begin. Where nobody knows what it needs, or when it is the only one, it has all that is left.
   * @throws G4FError `payment-required` if that is too little; the signal's reason
   */
  async enter(need: Need, signal: AbortSignal): Promise<Reservation> {
    for (;;) {
      signal.throwIfAborted();
      this.#begin();
      const left = this.#terms.limit - this.#spent;
      if (left <= 0) throw this.#tooMuch(need);
      if (need.amount <= left - this.#reserved) return this.#reserve(need.amount);
      if (this.#underWay === 0) {
        if (need.isBound && need.amount > left) throw this.#tooMuch(need);
        return this.#reserve(left);
      }
      await this.#settled(signal);
    }
  }

  /** The call is over. @param amount what it used */
  settle({ amount: reserved, period }: Reservation, amount: number): void {
    this.#begin();
    this.#reserved -= reserved;
    this.#underWay -= 1;
    // Without what adding binary fractions leaves.
    if (this.#underWay === 0) this.#reserved = 0;
    this.#used.set(period, (this.#used.get(period) ?? 0) + amount);
    for (const go of this.#waiting.splice(0)) go();
  }

  get #spent(): number {
    return this.#used.get(this.#period) ?? 0;
  }

  #begin(): void {
    const length = LENGTHS[this.#terms.per];
    const now = length === Number.POSITIVE_INFINITY ? 0 : Math.floor(Date.now() / length);
    const used = this.#used.get(now) ?? 0;
    this.#used.delete(now);
    this.#used.set(now, used);
    for (const oldest of this.#used.keys()) if (this.#used.size > PERIODS) this.#used.delete(oldest);
    this.#period = now;
  }

  #reserve(amount: number): Reservation {
    this.#reserved += amount;
    this.#underWay += 1;
    return { amount, period: this.#period };
  }

  /** Until another call is over, or this one is given up. */
  #settled(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        signal.removeEventListener('abort', go);
        resolve();
      };
      signal.addEventListener('abort', go);
      this.#waiting.push(go);
    });
  }

  #tooMuch({ amount, isBound }: Need): G4FError {
    const { limit, unit, per } = this.#terms;
    const length = LENGTHS[per];
    const reset = (this.#period + 1) * length;
    const anew =
      reset === Number.POSITIVE_INFINITY ? '' : ` It begins anew at ${new Date(reset).toISOString()}.`;
    const more = isBound && amount > 0 ? `, and this call may use ${shown(amount)}` : '';
    return new G4FError(
      `withBudget: the limit is ${shown(limit)} ${unit} per ${per}; ${shown(this.#spent)} are used${more}.${anew} Nobody was asked.`,
      {
        code: 'payment-required',
        scope: 'request',
        ...(anew !== '' && { retryAfterMs: Math.max(0, reset - Date.now()) }),
      },
    );
  }
}

const shown = (amount: number): string => String(Number(amount.toPrecision(6)));
