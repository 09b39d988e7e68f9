// The options of withLimits.

/** How many requests a provider gets. */
export interface ProviderLimit {
  /** At once; a stream counts until it ends or is left. */
  readonly concurrency?: number;
  /** In any span of `perMs`; the two are given together. */
  readonly requests?: number;
  /** In ms, at most a day. */
  readonly perMs?: number;
}

/** The options of `withLimits`: what holds for each provider by itself, and for some in its place. */
export interface LimitsOptions extends ProviderLimit {
  /** By the ids of providers. */
  readonly providers?: Readonly<Record<string, ProviderLimit>>;
}
