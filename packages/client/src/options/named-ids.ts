// The ids of providers that a middleware or a wrap was given: only the client that uses it knows which ids there are.

/** By name: a program may have two copies of this package. */
const NAMED_IDS = Symbol.for('g4f.named-ids');

/** Where they stand, for errors, and which. */
export type NamedIds = readonly [option: string, ids: readonly string[]];

/** The same, with the ids that it names. */
export const withNamedIds = <Made extends object>(made: Made, ...named: NamedIds): Made =>
  Object.defineProperty(made, NAMED_IDS, { value: named });

/** Those of what may be any function, or an object of them. */
export const namedIdsOf = (made: object): NamedIds | undefined =>
  (made as { readonly [NAMED_IDS]?: NamedIds })[NAMED_IDS];
