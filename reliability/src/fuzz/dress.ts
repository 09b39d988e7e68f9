// What may change about the bytes of an answer without changing the answer: line ends, comments, and the like.
import fc from 'fast-check';
import { place, shareOf } from './place.ts';

/** How an answer is dressed, as data: so that a failing case can be printed, shrunk and run again. */
export interface Dress {
  /** Line ends, by turns. */
  readonly ends: readonly string[];
  /** Lines that say nothing, and where each stands. */
  readonly besides: readonly { readonly at: number; readonly line: string }[];
  /** Whether it begins with a byte order mark. */
  readonly marked: boolean;
  /** Whether a blank follows `data:` and `event:`. */
  readonly blanks: boolean;
  /** Whether the last line lacks its end, and the last event its blank line. */
  readonly open: boolean;
}

/** Lines that a reader of server-sent events passes over. */
const SAY_NOTHING = [
  ':',
  ': still here',
  ':data: {"error": "no"}',
  ': [DONE]',
  'id: 7',
  'retry: 3000',
  'hm: 1',
];
const end = fc.constantFrom('\n', '\r\n', '\r');
const besides = fc.array(fc.record({ at: place, line: fc.constantFrom(...SAY_NOTHING) }), { maxLength: 4 });

/** Any dress of server-sent events. */
export const eventsDress: fc.Arbitrary<Dress> = fc.record({
  ends: fc.array(end, { minLength: 1, maxLength: 5 }),
  besides,
  marked: fc.boolean(),
  blanks: fc.boolean(),
  open: fc.boolean(),
});

/** Any dress of JSON in lines, which has no comments, and no line that ends with CR alone. */
export const linesDress: fc.Arbitrary<Dress> = fc.record({
  ends: fc.array(fc.constantFrom('\n', '\r\n'), { minLength: 1, maxLength: 5 }),
  besides: fc.constant([]),
  marked: fc.boolean(),
  blanks: fc.constant(true),
  open: fc.boolean(),
});

/** Any dress of a JSON list: its lines are blanks to it, and its end is a bracket. */
export const listDress: fc.Arbitrary<Dress> = fc.record({
  ends: fc.array(end, { minLength: 1, maxLength: 5 }),
  besides: fc.constant([]),
  marked: fc.constant(false),
  blanks: fc.constant(true),
  open: fc.boolean(),
});

/** The bytes in that dress. */
export const dressed = (body: Buffer, { ends, besides, marked, blanks, open }: Dress): Buffer => {
  // One character is one byte here.
  const lines = body.toString('latin1').split(/\r\n|\n|\r/);
  // From behind, because what is put in moves what follows; never after the last, which is no line.
  const places = besides.map(({ at, line }) => ({ line, at: shareOf(at, lines.length) }));
  for (const { at, line } of places.sort((a, b) => b.at - a.at)) lines.splice(at, 0, line);
  const said = blanks ? lines : lines.map((line) => line.replace(/^(data|event): /, '$1:'));
  const text = join(open ? withoutBlankEnd(said) : said, ends);
  return Buffer.concat([Buffer.from(marked ? '\uFEFF' : ''), Buffer.from(text, 'latin1')]);
};

const withoutBlankEnd = (lines: readonly string[]): readonly string[] =>
  lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);

/** An empty line that ends with LF after one that ends with CR would be no line: CR and LF are one line end. */
function join(lines: readonly string[], ends: readonly string[]): string {
  let text = '';
  lines.slice(0, -1).forEach((line, number) => {
    const next = ends[number % ends.length] ?? '\n';
    text += line + (line === '' && next === '\n' && text.endsWith('\r') ? '\r\n' : next);
  });
  return text + (lines.at(-1) ?? '');
}
