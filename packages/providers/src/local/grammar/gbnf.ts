// Writes the pieces of a grammar in GBNF, the notation of llama.cpp, and the rules that every JSON text needs.
// Source: https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md

/** The digits that a whole number, or a fraction, may have: more than a double keeps would be rounded by its reader. */
export const MOST_DIGITS = 15;

/** Matches exactly this text. */
export const literal = (text: string): string =>
  text === '' ? '""' : `"${text.replace(/[\\"]/g, (sign) => `\\${sign}`)}"`;

/** Matches exactly this value, as `JSON.stringify` writes it. */
export const literalJSON = (value: unknown): string => literal(JSON.stringify(value));

/** Matches one of them. */
export const anyOf = (alternatives: readonly string[]): string =>
  alternatives.length === 1 ? `${alternatives[0]}` : `(${alternatives.join(' | ')})`;

/** Matches the expression so many times; without `most`, any number of times. */
export const repeat = (expression: string, least: number, most?: number): string => {
  if (most === 0) return '""';
  return `(${expression}){${least},${most ?? ''}}`;
};

/** The expression `item` so many times with commas between. */
export const list = (item: string, least: number, most?: number): string => {
  if (most === 0) return '""';
  const more = repeat(`${COMMA} ${item}`, Math.max(0, least - 1), most === undefined ? undefined : most - 1);
  return least > 0 ? `${item} ${more}` : `(${item} ${more})?`;
};

/** A comma, and the blank after it if the model likes one. A fixed layout: in free white space a small model gets lost. */
export const COMMA = 'comma';
/** What stands between a name and its value. */
export const COLON = 'colon';

/** The rules that others refer to by name. */
export const BASE_RULES: Readonly<Record<string, string>> = {
  [COMMA]: '"," " "?',
  [COLON]: '":" " "?',
  value: 'object | array | string | number | boolean | null',
  object: `"{" (string ${COLON} value (${COMMA} string ${COLON} value)*)? "}"`,
  array: `"[" (value (${COMMA} value)*)? "]"`,
  string: '"\\"" char* "\\""',
  char: '[^"\\\\\\x00-\\x1F\\x7F] | "\\\\" (["\\\\/bfnrt] | "u00" [0-9a-f] [0-9a-f])',
  number: '"-"? natural fraction?',
  integer: '"-"? natural',
  natural: `"0" | [1-9] [0-9]{0,${MOST_DIGITS - 1}}`,
  fraction: `"." [0-9]{1,${MOST_DIGITS}}`,
  boolean: '"true" | "false"',
  null: '"null"',
};
