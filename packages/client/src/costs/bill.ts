// What one attempt used, and what that cost.
import { withFields } from '@g4f/core/internal';
import { costOf, type PricedRequest } from './cost-of.ts';
import type { Counts } from './counts.ts';

/** Told what a service counts. A class, so that all have one shape: each attempt has one. */
export class Bill implements PricedRequest {
  readonly candidate: PricedRequest['candidate'];
  readonly parameters: PricedRequest['parameters'];
  readonly extraBody: PricedRequest['extraBody'];
  #used: Counts | undefined;

  constructor({ candidate, parameters, extraBody }: PricedRequest) {
    this.candidate = candidate;
    this.parameters = parameters;
    this.extraBody = extraBody;
  }

  /** The last counts that came, with their cost; undefined if none did. */
  get used(): Counts | undefined {
    return this.#used;
  }

  /**
   * The counts with what they cost, where that is known.
   * @param words the same in the words of a chat, in which prices are told
   */
  told<Counted extends Counts>(usage: Counted, words: Counts = usage): Counted {
    const known = costOf(words === usage ? usage : { ...usage, ...words }, this);
    const isOther = usage.cost !== undefined && known?.cost_basis.source !== 'service';
    const told = isOther ? withoutOther(usage) : usage;
    this.#used = known === undefined ? told : withFields(told, known);
    return this.#used as Counted;
  }
}

/** Under `cost` some services tell the parts of a cost, credits, or money of another country. */
const withoutOther = ({ cost, ...others }: Counts) => ({ ...others, cost_details: cost });
