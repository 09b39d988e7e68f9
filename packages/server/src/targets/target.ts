// What a name of a model leads to at this gateway: providers and their models, in order.

/** A provider and its model, and for which requests. */
export interface ModelTarget {
  /** The id of a provider. */
  readonly provider: string;
  /** The model there, by its family's name or the provider's own id; the name that was asked for unless given. */
  readonly model?: string;
  /** Its share of the requests, where any target of the name has one: who is asked first is drawn by it. 1 unless given; 0 is asked last. */
  readonly weight?: number;
  /** Which requests it takes; all unless given. */
  readonly when?: Condition;
}

/** What must hold of a request. All that are given must. */
export interface Condition {
  /** Whether it brings tools. */
  readonly tools?: boolean;
  /** Whether there is a picture in it. */
  readonly images?: boolean;
  /** Whether it asks for JSON. */
  readonly json?: boolean;
  /** Whether it asks for a stream. */
  readonly stream?: boolean;
  /** Fewest tokens of its texts, estimated as characters divided by four. */
  readonly minTokens?: number;
  /** Most tokens of its texts, estimated in the same way. */
  readonly maxTokens?: number;
}

/** Names of models of this gateway's own, each with its targets: a text is `provider`, or `provider:model`. */
export type ModelTargets = Readonly<Record<string, readonly (string | ModelTarget)[]>>;

/** The targets of each name, read. */
export type TargetTable = ReadonlyMap<string, readonly ModelTarget[]>;

/** A target that may be written as a text. */
export const targetOf = (given: string | ModelTarget): ModelTarget => {
  if (typeof given !== 'string') return given;
  const at = given.indexOf(':');
  return at === -1 ? { provider: given } : { provider: given.slice(0, at), model: given.slice(at + 1) };
};
