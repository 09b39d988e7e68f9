// What one attempt used, and what that cost.
import type { Usage } from '@g4f/core';
import { costOf, type PricedRequest } from './cost-of.ts';

/** Told what a service counts. A class, so that all have one shape: each attempt has one. */
export class Bill {
  readonly #request: PricedRequest;
  #used: Partial<Usage> | undefined;

  constructor(request: PricedRequest) {
    this.#request = request;
  }

  /** The last counts that came, with their cost; undefined if none did. */
  get used(): Partial<Usage> | undefined {
    return this.#used;
  }

  /** The counts with what they cost, where that is known. */
  told<Counted extends Partial<Usage>>(usage: Counted): Counted {
    const { cost, ...others } = usage;
    const known = costOf(usage, this.#request);
    // What is no amount is no cost: some services tell its parts under this name.
    const parts = known === undefined && cost !== undefined ? { cost_details: cost } : undefined;
    const told = { ...others, ...parts, ...known } as unknown as Counted;
    this.#used = told;
    return told;
  }
}
