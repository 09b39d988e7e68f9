// Takes what the caller said out of a service's words: some services repeat the request in their errors.

const MARK = '[prompt]';

/** A text that is shorter is a word of other texts. */
const SHORTEST = 8;
/** So many characters in a row, white space not counted, are no chance. */
const WINDOW = 16;

/** Fields of messages that hold what somebody said. */
const SAYING: ReadonlySet<string> = new Set(
  'content text input arguments output refusal thinking reasoning_content parts prompt'.split(' '),
);

/** The characters of a line without white space, and where each stands in the line. */
interface Reading {
  readonly text: string;
  readonly spots: readonly { readonly begin: number; readonly end: number }[];
}

/**
 * The line without what stands in these messages as well, as it is or as JSON. Answers of others are streaming
 * meanwhile: it takes the time of reading the messages once, whatever they say.
 */
export const hidePrompt = (line: string, messages: unknown): string => {
  const readings = [read(line, /\S/g), read(line, /\\u[\da-f]{4}|\\.|\S/gi)];
  const isHidden = new Uint8Array(line.length);
  const hide = ({ spots }: Reading, from: number, length: number): void => {
    isHidden.fill(1, spots[from]?.begin, spots[from + length - 1]?.end);
  };
  const windows = new Map<number, [Reading, number][]>();
  // By the first half of their hashes: nearly all of a long text is none of them, and a map is slow.
  const isSome = new Uint8Array(2 ** 16);
  for (const reading of readings)
    eachWindow(reading.text, (hash, from) => {
      isSome[hash >>> 16] = 1;
      const same = windows.get(hash);
      if (same) same.push([reading, from]);
      else windows.set(hash, [[reading, from]]);
    });
  for (const text of textsIn(messages, false)) {
    const said = text.replace(/\s+/g, '');
    eachWindow(said, (hash, from) => {
      const same = isSome[hash >>> 16] ? windows.get(hash) : undefined;
      // Others have the same hash once in a thousand million. What is found is not looked for again.
      if (!same?.every(([{ text }, at]) => text.startsWith(said.slice(from, from + WINDOW), at))) return;
      for (const [reading, at] of same) hide(reading, at, WINDOW);
      windows.delete(hash);
    });
    if (said.length >= WINDOW || text.replace(/\s+/g, ' ').trim().length < SHORTEST) continue;
    for (const reading of readings)
      for (let at = reading.text.indexOf(said); at !== -1; at = reading.text.indexOf(said, at + 1))
        hide(reading, at, said.length);
  }
  let clean = '';
  for (let at = 0; at < line.length; at += 1)
    clean += isHidden[at] ? (isHidden[at - 1] ? '' : MARK) : line[at];
  return clean;
};

function read(line: string, units: RegExp): Reading {
  const spots = [...line.matchAll(units)]
    .map(({ 0: unit, index }) => ({ said: unescaped(unit), begin: index, end: index + unit.length }))
    .filter(({ said }) => said.trim());
  return { text: spots.map(({ said }) => said).join(''), spots };
}

function unescaped(unit: string): string {
  if (unit.length > 2) return String.fromCharCode(Number.parseInt(unit.slice(2), 16));
  return /\\[bfnrt]/.test(unit) ? '' : unit.slice(-1);
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

function* textsIn(value: unknown, isSaid: boolean): Generator<string> {
  if (typeof value === 'string') {
    if (isSaid && !value.startsWith('data:')) yield value;
  } else if (isSaid && Array.isArray(value) && typeof value[0] === 'number') {
    yield value.join();
  } else if (Array.isArray(value)) {
    for (const item of value) yield* textsIn(item, isSaid);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value))
      if (typeof field === 'object' || SAYING.has(name)) yield* textsIn(field, SAYING.has(name));
  }
}
