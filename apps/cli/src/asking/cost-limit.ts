// `--max-cost`: what the questions of one run may cost together. Each is counted before it is asked, and when it is over.
import type { Meter } from '@g4f/client/middleware';
import { G4FError } from '@g4f/core';
import { complain } from '../terminal/output.ts';
import type { PricedQuestion, TokenPrice } from './known-price.ts';

/** Counts calls, and stops the one that would pass the limit. */
export class CostLimit {
  readonly #limit: number;
  readonly #priceOf: (asked: PricedQuestion) => Promise<TokenPrice>;
  #used = 0;
  #reserved = 0;

  /** @param limit US dollars. @param findPrice throws G4FError where the price is not known. */
  constructor(limit: number, findPrice: (asked: PricedQuestion) => Promise<TokenPrice>) {
    this.#limit = limit;
    this.#priceOf = findPrice;
  }

  /** @throws G4FError `invalid-request` where what this model costs is not known; `model-not-found`. */
  async check(model: string): Promise<void> {
    await this.#priceOf({ model, providers: [], parameters: {} });
  }

  /**
   * A call begins if what it needs is left: its own tokens, and those of its answer where `max_tokens` bounds it, or by the longest
   * answer of the model so far. An answer that is under way is not cut: without a bound it may pass the limit, and that is told.
   */
  readonly meter: Meter = {
    begin: async ({ operation, request, options }, { prompt_tokens: read, tokens }) => {
      const { input, output } = await this.#priceOf({
        ...{ operation, model: request.model, providers: options.provider, fallback: options.fallback },
        parameters: { ...request },
      });
      const written = Number.isFinite(tokens.amount) ? tokens.amount - read : 0;
      const need = read * input + written * output;
      if (this.#used + this.#reserved + need > this.#limit) throw this.#tooMuch(need);
      this.#reserved += need;
      return ({ prompt_tokens: asked, completion_tokens: answered, dollars }) => {
        this.#reserved -= need;
        const before = this.#used;
        this.#used += dollars || asked * input + answered * output;
        if (this.#used > this.#limit && this.#used > before)
          complain(
            `this run has cost ${shown(this.#used)}, more than --max-cost ${this.#limit}: an answer is not cut. -o max_tokens=… bounds it.`,
          );
      };
    },
  };

  #tooMuch(need: number): G4FError {
    const others = this.#reserved > 0 ? `, ${shown(this.#reserved)} are kept for answers under way` : '';
    return new G4FError(
      `--max-cost: the limit is ${shown(this.#limit)}; ${shown(this.#used)} are used${others}, and this question may cost ${shown(need)}. It was not asked: raise --max-cost, or ask for less.`,
      { code: 'payment-required', scope: 'request' },
    );
  }
}

const shown = (dollars: number): string => `$${Number(dollars.toPrecision(3))}`;
