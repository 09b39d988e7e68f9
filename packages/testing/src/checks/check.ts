// One check of a backend, and what the kit is told of it.

/** One promise that a backend keeps, or breaks. */
export interface Check {
  readonly name: string;
  /** Why it says nothing of this backend; it is not run then. */
  readonly skipped?: string;
  /** @throws Error in one line: what was expected, and what was seen. */
  run(): Promise<void>;
}

/** What the kit is told besides. */
export interface TestOptions {
  /** The name of the backend's file, without extension, which must be its id. */
  readonly file?: string;
}
