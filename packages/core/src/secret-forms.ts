// Finds known secrets in a text whatever form they were given: escaped, encoded, in other case, cut into pieces or cut short.

/** So many characters of a secret in a row count as the secret. */
const PIECE = 8;
/** Only the beginning of a longer secret is looked for. */
const LONGEST_SECRET = 4096;

/** A character in one of its escaped forms (`\u002d`, `%2D`, `%252D`, `&#45;`, `&amp;#45;`), backslashes, or plain characters. */
const TOKEN =
  /\\+u([0-9a-f]{4})|%(?:25)*([0-9a-f]{2})|&#x([0-9a-f]{1,5});|&#(\d{1,6});|&(amp);|\\+[nrt]?|[!-$'-[\]-~]+|[%&]/gi;

interface Comparable {
  readonly text: string;
  /** Where each character stood in the original. */
  readonly from: readonly number[];
  /** Where it ended. */
  readonly to: readonly number[];
}

/** How many escapes are looked for around each other: an entity in an address in a string of JSON. */
const LAYERS = 4;
const AMPERSAND = 38;
const ESCAPE = /%[0-9a-f]{2}|&(?:#[0-9x]|amp;)|\\/i;

/** The printable characters of ASCII alone, unescaped, in lower case, with one alphabet for both kinds of base64. */
function toComparable(original: string): Comparable {
  let outer = withoutEscapes(original);
  for (let layer = 1; layer < LAYERS && ESCAPE.test(outer.text); layer++) {
    const { from, to } = outer;
    const inner = withoutEscapes(outer.text);
    outer = {
      text: inner.text,
      from: inner.from.map((at) => from[at] ?? 0),
      to: inner.to.map((end) => to[end - 1] ?? original.length),
    };
  }
  return outer;
}

/** One layer of escapes less. */
function withoutEscapes(original: string): Comparable {
  const from: number[] = [];
  const to: number[] = [];
  let text = '';
  for (const match of original.matchAll(TOKEN)) {
    const [token, unicode, percent, hex, decimal, amp] = match;
    const digits = unicode ?? percent ?? hex;
    const code = digits === undefined ? Number(amp ? AMPERSAND : decimal) : Number.parseInt(digits, 16);
    const isEscape = !Number.isNaN(code);
    if (!isEscape && token.startsWith('\\')) continue;
    const plain = isEscape ? String.fromCharCode(code) : token;
    if (isEscape && !/[!-~]/.test(plain)) continue;
    text += plain;
    for (let at = 0; at < plain.length; at++) {
      from.push(match.index + at);
      to.push(match.index + (isEscape ? token.length : at + 1));
    }
  }
  return { text: text.toLowerCase().replaceAll('-', '+').replaceAll('_', '/'), from, to };
}

/** Only so much of a secret is looked for in two encodings at once: a word of base64 or hexadecimal is hidden as a whole. */
const TWICE = 256;

/** In base64, once and twice, as hexadecimal bytes, both also of UTF-16, and as a list of bytes; as {@link toComparable} gives them. */
function encodingsOf(secret: string): readonly string[] {
  // Not by TextEncoder, which not every environment has (jsdom): an error must be cleaned everywhere.
  const binary = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /%(..)/g,
    (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const wide = binary.slice(0, TWICE).replace(/./gs, '$&\0');
  const once = inBase64(binary);
  return [
    ...once,
    ...once.flatMap((form) => inBase64(form.slice(0, TWICE))),
    ...inBase64(wide),
    inHex(binary),
    inHex(wide),
    Array.from(binary, (byte) => byte.charCodeAt(0)).join(),
  ].map((form) => form.toLowerCase());
}

/** With no, one or two bytes before it (`user:key`), without the characters that depend on what stands before and after. */
const inBase64 = (binary: string): readonly string[] =>
  [0, 2, 3].map((from, before) =>
    btoa('\0'.repeat(before) + binary).slice(from, Math.floor(((binary.length + before) * 4) / 3)),
  );

const inHex = (binary: string): string =>
  Array.from(binary, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');

let last: { readonly secrets: readonly string[]; readonly pieces: ReadonlySet<string> } | undefined;

/** All pieces by which the secrets are known; the last ones are kept, because an error is cleaned text by text. */
function piecesOf(secrets: readonly string[]): ReadonlySet<string> {
  if (last?.secrets.length === secrets.length && secrets.every((one, at) => one === last?.secrets[at]))
    return last.pieces;
  const pieces = new Set<string>();
  for (const secret of secrets) {
    const known = secret.slice(0, LONGEST_SECRET);
    for (const text of [toComparable(known).text, ...encodingsOf(known)])
      for (let at = 0; at + PIECE <= text.length; at++) pieces.add(text.slice(at, at + PIECE));
  }
  last = { secrets, pieces };
  return pieces;
}

/** What may belong to the same key or the same base64. */
const OF_WORD = /[\w+-]/;

/**
 * The text with `mark` in the place of each secret and of any eight characters in a row of it, also in base64, hexadecimal,
 * percent signs, escapes of JSON and HTML, other case, and with anything in between that is no printable ASCII.
 */
export const hideSecrets = (text: string, secrets: readonly string[], mark: string): string => {
  const pieces = piecesOf(secrets);
  if (pieces.size === 0) return text;
  const { text: plain, from, to } = toComparable(text);
  let clean = '';
  let done = 0;
  for (let at = 0; at + PIECE <= plain.length; at++) {
    if (!pieces.has(plain.slice(at, at + PIECE))) continue;
    let last = at + PIECE - 1;
    while (pieces.has(plain.slice(last - PIECE + 2, last + 2))) last += 1;
    let begin = from[at] ?? 0;
    let end = to[last] ?? text.length;
    while (begin > done && OF_WORD.test(text.charAt(begin - 1))) begin -= 1;
    while (end < text.length && OF_WORD.test(text.charAt(end))) end += 1;
    while (text.charAt(end) === '=') end += 1;
    clean += text.slice(done, begin) + mark;
    done = end;
    // What the word took along is not looked at again.
    while (at + 1 < from.length && (from[at + 1] ?? 0) < end) at += 1;
  }
  return clean + text.slice(done);
};
