// One check of a provider, and what the kit is told of it.

/** One promise that a provider keeps, or breaks. */
export interface Check {
  readonly name: string;
  /** Why it says nothing of this provider; it is not run then. */
  readonly skipped?: string;
  /** @throws Error in one line: what was expected, and what was seen. */
  run(): Promise<void>;
}

/** What the kit is told besides. */
export interface TestOptions {
  /** The name of the provider's file, without extension, which must be its id. */
  readonly file?: string;
}
