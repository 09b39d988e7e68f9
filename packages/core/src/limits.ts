// How much of anything a service may choose: above it an answer is `bad-response`, never more work or memory.

/** The most that is read of one answer. docs/limits.md is generated from it. */
export const LIMITS = {
  /** Choices in one answer. */
  choices: 128,
  /** Tool calls in one choice. */
  toolCalls: 1024,
  /** Characters of an answer in messages that are kept to tell a repetition; of a longer one all are pieces. */
  comparedCharacters: 1_000_000,
  /** Items of one response, or blocks of one message. */
  items: 4096,
  /** Lists and objects inside each other in one payload. */
  nesting: 200,
  /** A place in a list that a path of Gemini's partial arguments names. */
  pathIndex: 10_000,
  /** Bytes of the file that G4F_CONFIG names. */
  configurationBytes: 1_048_576,
} as const;
