// JSON text as it crosses the network: a value, or nothing where it is not JSON, and numbers with all their digits.

/** The value, or undefined if the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What no text holds by chance, and nobody outside can know: it tells the digits of a number from a string. */
let mark: string | undefined;

/** A number that may lose digits: sixteen of them, or an exponent. */
const MAY_LOSE = /\d[\d.]{15}|\d[eE]/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The value, or undefined if the text is not JSON. A number that JavaScript would round (an id above 2^53) becomes a
 * marked string, which {@link writeJson} writes as the number that stood there: for values that are only sent on.
 */
export const parseExactly = (text: string): unknown => {
  const value = parseJson(text);
  if (value === undefined || !MAY_LOSE.test(text)) return value;
  return parseJson(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || keepsItsDigits(token) ? token : `"${marked(token)}"`,
    ),
  );
};

/** Fifteen digits always come back as they were. */
const keepsItsDigits = (number: string): boolean => {
  const digits = number
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  const value = Number(number);
  if (String(value) === number) return true;
  return digits.length <= 15 && Number.isFinite(value) && (value !== 0 || digits === '');
};

const marked = (number: string): string => {
  // Made late: some platforms have no random numbers while a module is loaded.
  mark ??= `number-${crypto.randomUUID()}:`;
  return mark + number;
};

/**
 * The value as JSON text that every service can read: half of a surrogate pair, which is no character, becomes U+FFFD.
 * @throws TypeError for what has no JSON: an object that contains itself, a bigint.
 */
export const writeJson = (value: unknown): string => {
  const text = JSON.stringify(value);
  const exact =
    mark === undefined || !text.includes(mark)
      ? text
      : text.replace(new RegExp(`"${mark}(-?\\d[\\d.eE+-]*)"`, 'g'), '$1');
  if (!exact.includes('\\ud')) return exact;
  // Escapes are read in order, so that a backslash that is itself escaped begins none.
  return exact.replace(/\\(?:u(d[89a-f][\da-f]{2})|.)/g, (written, half) =>
    half === undefined ? written : '\ufffd',
  );
};
