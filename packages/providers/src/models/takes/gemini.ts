// How each line of Gemini is told to think: told by the version in its id, so that the next model is like the last.
// Source: https://ai.google.dev/gemini-api/docs/thinking

/** What a Gemini model takes. */
export interface GeminiTakes {
  /** A number of tokens within these bounds, one of these levels, or nothing: it does not think. */
  readonly thinking: readonly string[] | { readonly least: number; readonly most: number } | undefined;
  /** It refuses a call of the model's that bears no signature. Source: https://ai.google.dev/gemini-api/docs/thought-signatures */
  readonly wantsSignatures: boolean;
  /** It takes penalties: later models refuse any but 0. Source: https://github.com/google-gemini/cookbook/issues/1290 */
  readonly penalties: boolean;
}

const LEVELS = ['low', 'medium', 'high'] as const;

/** What the model of this id takes, whatever a service writes around it. */
export const geminiTakes = (model: string): GeminiTakes => {
  const [, major, minor = 0] = /gemini-(\d+)(?:\.(\d+))?/.exec(model) ?? [];
  if (major === undefined) return { thinking: LEVELS, wantsSignatures: false, penalties: true };
  const version = Number(major) + Number(minor) / 10;
  if (version < 2.5) return { thinking: undefined, wantsSignatures: false, penalties: true };
  if (version < 3) return { thinking: budgetOf(model), wantsSignatures: false, penalties: false };
  // The professional models, and Flash from 3.7 on, have no level below `low`.
  const minimal = /flash/.test(model) && version < 3.7;
  return { thinking: minimal ? ['minimal', ...LEVELS] : LEVELS, wantsSignatures: true, penalties: false };
};

const budgetOf = (model: string) =>
  /-pro/.test(model) ? { least: 128, most: 32_768 } : { least: 0, most: 24_576 };
