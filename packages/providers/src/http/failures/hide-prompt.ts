// Takes what the caller said out of a service's words: some services repeat the request in their errors.
import { visible } from '@g4f/core/internal';

const MARK = '[prompt]';

/** A text that is shorter is a word of other texts. */
const SHORTEST = 8;
/** So many characters in a row, white space not counted, are no chance. */
const WINDOW = 16;

/** Fields of a request, and of its messages, that hold what somebody said. */
const SAYING: ReadonlySet<string> = new Set(
  'content text input arguments output refusal thinking reasoning_content parts prompt stop filename'.split(
    ' ',
  ),
);

/** White space, and what nobody sees: a service may leave it out, and of an error's message it is taken out. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /\udb40[\udc00-\udfff]?|[\s\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb]/g;

/** A line, as it is or as JSON: the characters of it that are seen, and where each stands in the line. */
interface Reading {
  readonly text: string;
  readonly spots: readonly { readonly begin: number; readonly end: number }[];
}

/** Where pieces of the line stand that are not hidden yet. */
type Places = Map<string, [Reading, number][]>;

/**
 * The line without what stands in these messages as well, as it is or as JSON. Answers of others are streaming
 * meanwhile: it takes the time of reading the messages once, whatever they say.
 */
export const hidePrompt = (line: string, messages: unknown): string => {
  const readings = [
    read(line, /\udb40[\udc00-\udfff]|./gs),
    read(line, /\\udb40\\ud[c-f]..|\\u[\da-f]{4}|\\.|\udb40[\udc00-\udfff]|./gis),
  ];
  const isHidden = new Uint8Array(line.length);
  // What is found is not looked for again.
  const hide = (places: Places, said: string): boolean => {
    for (const [{ spots }, at] of places.get(said) ?? [])
      isHidden.fill(1, spots[at]?.begin, spots[at + said.length - 1]?.end);
    return places.delete(said);
  };
  const windows = placesIn(readings, WINDOW);
  const hashes = new Set<number>();
  // By the first half of them: nearly all of a long text is none of them, and a set is slow.
  const isSome = new Uint8Array(2 ** 16);
  for (const { text } of readings)
    eachWindow(text, (hash) => {
      isSome[hash >>> 16] = 1;
      hashes.add(hash);
    });
  const shorter = new Map<number, Places>();
  const lookFor = (text: string, said: string): void => {
    eachWindow(said, (hash, from) => {
      if (isSome[hash >>> 16] && hashes.has(hash) && hide(windows, said.slice(from, from + WINDOW)))
        hashes.delete(hash);
    });
    const { length } = said;
    if (length >= WINDOW || (length < SHORTEST && text.replace(/\s+/g, ' ').trim().length < SHORTEST)) return;
    const places = shorter.get(length) ?? placesIn(readings, length);
    shorter.set(length, places);
    hide(places, said);
  };
  for (const text of textsIn(messages)) {
    lookFor(text, text.replace(UNSEEN, ''));
    // Of a terminal's sequences more is taken out.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    if (/[\x1b\x9b]/.test(text)) lookFor(text, visible(text).replace(UNSEEN, ''));
  }
  let clean = '';
  for (let at = 0; at < line.length; at += 1)
    clean += isHidden[at] ? (isHidden[at - 1] ? '' : MARK) : line[at];
  return clean;
};

function read(line: string, units: RegExp): Reading {
  const spots = [...line.matchAll(units)]
    .map(({ 0: unit, index }) => ({ said: unescaped(unit), begin: index, end: index + unit.length }))
    .filter(({ said }) => said.replace(UNSEEN, ''));
  return { text: spots.map(({ said }) => said).join(''), spots };
}

function unescaped(unit: string): string {
  if (unit.length > 2) return String.fromCharCode(Number.parseInt(unit.slice(2), 16));
  return /\\[bfnrt]/.test(unit) ? '' : unit.replace(/\\(?=.)/, '');
}

/** Where each piece of so many characters stands. */
function placesIn(readings: readonly Reading[], length: number): Places {
  const places: Places = new Map();
  for (const reading of readings)
    for (let at = 0; at + length <= reading.text.length; at += 1) {
      const piece = reading.text.slice(at, at + length);
      const same = places.get(piece);
      if (same) same.push([reading, at]);
      else places.set(piece, [[reading, at]]);
    }
  return places;
}

/** Each WINDOW characters in a row, by a hash that goes along: what comes is added, and what is left behind taken off. */
function eachWindow(text: string, use: (hash: number, from: number) => void): void {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    // What would stand before the text is NaN, of which Math.imul makes 0.
    const left = Math.imul(text.charCodeAt(at - WINDOW), OLDEST);
    hash = (Math.imul(hash, BASE) + text.charCodeAt(at) - left) | 0;
    if (at + 1 >= WINDOW) use(hash, at + 1 - WINDOW);
  }
}

const BASE = 0x01000193;
/** BASE to the power of WINDOW, in 32 bits. */
const OLDEST = 0x345b8241;

/** What was said, each text once. */
function textsIn(messages: unknown): ReadonlySet<string> {
  const texts = new Set<string>();
  const others = new Set([messages]);
  const lists = new Set<unknown>();
  const add = (value: unknown, isSaid: boolean): void => {
    if (typeof value === 'object') {
      others.add(value);
      if (isSaid) lists.add(value);
    } else if (isSaid && typeof value === 'string' && !value.startsWith('data:')) texts.add(value);
  };
  // Those that are added are visited as well.
  for (const value of others) {
    const isSaid = lists.has(value);
    if (!Array.isArray(value))
      for (const [name, field] of Object.entries(value ?? {})) add(field, SAYING.has(name));
    else if (isSaid && typeof value[0] === 'number') texts.add(value.join());
    else for (const item of value) add(item, isSaid);
  }
  return texts;
}
