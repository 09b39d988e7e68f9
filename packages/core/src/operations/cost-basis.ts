// What the cost of an answer rests on.

/**
 * What a cost rests on: what the service itself says of this request, or the maker's price in US dollars per million tokens as it
 * was read on a day (ISO 8601). `at_most` where tokens were read from a cache, whose lower price is not known.
 */
export type CostBasis =
  | { readonly source: 'service' }
  | {
      readonly source: 'maker';
      readonly input: number;
      readonly output: number;
      readonly date: string;
      readonly at_most?: true;
    };
