// What a step is: one runtime or bundler, and how the packed packages are run on it.
import type { Lab } from './lab.ts';
import type { TOOLS } from './tools.ts';

/** Which clients answer there: `async` alone where no thread can block. */
export type Faces = 'both' | 'async' | 'sync';

/** One row of the table. */
export interface Step {
  readonly name: string;
  /** The tool whose version is shown, or the version. */
  readonly on: keyof typeof TOOLS | { readonly version: string };
  readonly faces: Faces;
  /** What is particular there. */
  readonly note?: string;
  /** In the long form only. */
  readonly isLong?: boolean;
  /** Runs it. @returns what the program printed */
  readonly run: (lab: Lab) => Promise<unknown>;
}
