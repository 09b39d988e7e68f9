// Where a service departs from OpenAI's older completions.

/** What it has otherwise. */
export interface TextQuirks {
  /** Below the base; `/completions` unless given. */
  readonly path?: string;
  /** The parameters besides `model`, `prompt` and `stream` that it takes; all unless given. The others of OpenAI's are left out, and warned of. */
  readonly takes?: readonly string[];
  /** OpenAI's name of a parameter → its own. */
  readonly names?: Readonly<Record<string, string>>;
  /** Whether it takes one prompt alone, and that as a text. */
  readonly onePrompt?: true;
}
