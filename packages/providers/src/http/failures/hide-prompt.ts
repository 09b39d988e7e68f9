// Takes what the caller said out of a service's words: some services repeat the request in their errors.

const MARK = '[prompt]';

/** A text that is shorter is a word of other texts. */
const SHORTEST = 8;
/** So many characters in a row, white space not counted, are no chance. */
const WINDOW = 16;

/** Fields of messages that hold what somebody said. */
const SAYING: ReadonlySet<string> = new Set([
  ...[
    'content',
    'text',
    'input',
    'arguments',
    'output',
    'refusal',
    'thinking',
    'reasoning_content',
    'parts',
    'prompt',
  ],
]);

/** The characters of a line without white space, and where each begins and ends in the line. */
interface Reading {
  readonly text: string;
  readonly begins: readonly number[];
  readonly ends: readonly number[];
}

/** A place in a reading. */
interface Place {
  readonly reading: Reading;
  readonly from: number;
}

/**
 * The line without what stands in these messages as well, as it is or as JSON. Answers of others are streaming
 * meanwhile: it takes the time of reading the messages once, whatever they say.
 */
export const hidePrompt = (line: string, messages: unknown): string => {
  const readings = [read(line, /\S/g)];
  if (line.includes('\\')) readings.push(read(line, /\\u[\da-f]{4}|\\.|\S/gi));
  const isHidden = new Uint8Array(line.length);
  const hide = ({ reading: { begins, ends }, from }: Place, length: number): void => {
    isHidden.fill(1, begins[from], ends[from + length - 1]);
  };
  const windows = windowsOf(readings);
  for (const text of textsIn(messages, false)) {
    if (text.length < SHORTEST) continue;
    const dense = text.replace(/\s+/g, '');
    if (dense.length >= WINDOW) for (const place of foundIn(dense, windows)) hide(place, WINDOW);
    else if (dense.length >= SHORTEST || text.replace(/\s+/g, ' ').trim().length >= SHORTEST)
      for (const place of wholeIn(readings, dense)) hide(place, dense.length);
  }
  return withMarks(line, isHidden);
};

function withMarks(line: string, isHidden: Uint8Array): string {
  let clean = '';
  for (let at = 0; at < line.length; at += 1) {
    if (isHidden[at] === 0) clean += line[at];
    else if (isHidden[at - 1] !== 1) clean += MARK;
  }
  return clean;
}

function read(line: string, units: RegExp): Reading {
  const read = [...line.matchAll(units)]
    .map(({ 0: unit, index }) => ({ said: unescaped(unit), begin: index, end: index + unit.length }))
    .filter(({ said }) => said.trim() !== '');
  return {
    text: read.map(({ said }) => said).join(''),
    begins: read.map(({ begin }) => begin),
    ends: read.map(({ end }) => end),
  };
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

function unescaped(unit: string): string {
  if (unit.length === 6) return String.fromCharCode(Number.parseInt(unit.slice(2), 16));
  return unit.length === 2 ? (ESCAPED[unit.charAt(1)] ?? unit.charAt(1)) : unit;
}

/** The hash of a text of WINDOW characters is of each of them times a power of BASE. */
const BASE = 0x01000193;
let highest = 1;
for (let at = 0; at < WINDOW; at += 1) highest = Math.imul(highest, BASE);
const HIGHEST = highest;

/** The hash of the window that ends at a place of a text, from that of the one before. */
const moved = (hash: number, text: string, at: number): number => {
  const gone = at < WINDOW ? 0 : text.charCodeAt(at - WINDOW);
  return (Math.imul(hash, BASE) + text.charCodeAt(at) - Math.imul(gone, HIGHEST)) | 0;
};

/** Windows of a line by their hashes. */
interface Windows {
  readonly places: Map<number, Place[]>;
  /** Whether there may be one whose hash begins with these 16 bits: most of a long text is of none, and a map is slow. */
  readonly isSome: Uint8Array;
}

function windowsOf(readings: readonly Reading[]): Windows {
  const places = new Map<number, Place[]>();
  const isSome = new Uint8Array(1 << 16);
  for (const reading of readings) {
    let hash = 0;
    for (let at = 0; at < reading.text.length; at += 1) {
      hash = moved(hash, reading.text, at);
      if (at + 1 < WINDOW) continue;
      isSome[hash >>> 16] = 1;
      const place = { reading, from: at + 1 - WINDOW };
      const same = places.get(hash);
      if (same === undefined) places.set(hash, [place]);
      else same.push(place);
    }
  }
  return { places, isSome };
}

/** The windows that stand in a text, each once: what is found is taken out, and not looked for again. */
function* foundIn(text: string, { places, isSome }: Windows): Generator<Place> {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) {
    hash = moved(hash, text, at);
    const found = isSome[hash >>> 16] === 1 ? places.get(hash) : undefined;
    if (found === undefined || at + 1 < WINDOW) continue;
    const window = text.slice(at + 1 - WINDOW, at + 1);
    // Others may have the same hash, once in a thousand million.
    if (!found.every(({ reading, from }) => reading.text.startsWith(window, from))) continue;
    places.delete(hash);
    yield* found;
  }
}

/** Where a text of less than WINDOW characters stands. */
function* wholeIn(readings: readonly Reading[], text: string): Generator<Place> {
  for (const reading of readings)
    for (let from = reading.text.indexOf(text); from !== -1; from = reading.text.indexOf(text, from + 1))
      yield { reading, from };
}

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
