// The same answer in other lines and other bytes: its reader must not notice.
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { COMPLETE, EVENTS, type Fault, refused, USAGE } from './fault.ts';
import { ALL, HALF } from './fault-text.ts';

const NOT_GZIP = refused('bad-response');

type Change = (body: string) => string;

/** The good answer, changed. */
const changed = (name: string, does: string, change: Change, more: Partial<Fault> = {}): Fault => ({
  name,
  does,
  expected: COMPLETE,
  act: (stage) => stage.send(change(stage.good())),
  ...more,
});
const inEvents = { only: EVENTS };
const anyForm = { whole: COMPLETE };

const blocksOf = (body: string): readonly string[] => body.split(/\r?\n\r?\n/).filter(Boolean);
const LINE_ENDS = ['\n', '\r\n', '\r'] as const;

/** Each event in the line ends of another system. */
const mixed: Change = (body) =>
  blocksOf(body)
    .map((block, at) => `${block}\n\n`.replace(/\r?\n/g, LINE_ENDS[at % 3] ?? '\n'))
    .join('');

/** Each payload over several lines, as JSON may be written. */
const overLines: Change = (body) =>
  body.replace(/^data: (\{.*\})\r?$/gm, (_, json: string) =>
    JSON.stringify(JSON.parse(json), null, 1)
      .split('\n')
      .map((line) => `data: ${line}`)
      .join('\n'),
  );

const withFields: Change = (body) =>
  blocksOf(body)
    .map((block, at) => `id: ${at}\nretry: 5\nfuture: field\nid\n${block}\n\n`)
    .join('');

const MIB = 1024 * 1024;
/** Above every sensible limit of one event, and far below it. */
const TOO_LONG = 17 * MIB;
const LONG = 'x'.repeat(8 * MIB);

/** The first character of the sun, as bytes that are no UTF-8. */
const damaged = (body: string): Uint8Array => {
  const sun = Buffer.from('☀');
  const bytes = Buffer.from(body);
  const at = bytes.indexOf(sun);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at + sun.length)]);
};
const DAMAGED_TEXT = ALL.replace('☀', '\uFFFD');

/** Rows 1 to 5 of the table, and its last. */
export const LINES_AND_BYTES: readonly Fault[] = [
  changed('none', 'answers as it should', (body) => body, anyForm),
  changed('crlf', 'ends its lines with CRLF', (body) => body.replace(/\r?\n/g, '\r\n')),
  changed('cr', 'ends its lines with CR', (body) => body.replace(/\r?\n/g, '\r')),
  changed('mixed-line-ends', 'ends its lines with LF, CRLF and CR by turns', mixed, inEvents),
  changed(
    'no-space',
    'writes `data:` without the space',
    (body) => body.replaceAll('data: ', 'data:'),
    inEvents,
  ),
  changed('bom', 'begins with a byte order mark', (body) => `\uFEFF${body}`, anyForm),
  changed(
    'comments',
    'sends comments before, between and after its events',
    (body) => `: hello\n\n${body.replace(/\r?\n\r?\n/g, '\n\n: keep-alive\n\n')}: bye\n\n`,
    inEvents,
  ),
  changed('fields', 'numbers its events, and names fields that nobody knows', withFields, inEvents),
  changed('many-data-lines', 'spreads each payload over several lines of data', overLines, inEvents),
  changed('no-last-blank', 'leaves out the last blank line', (body) => body.trimEnd()),
  {
    name: 'byte-by-byte',
    does: 'sends every byte by itself',
    expected: COMPLETE,
    whole: COMPLETE,
    act: (stage) => stage.drip(stage.good(), 1),
  },
  {
    name: 'pieces',
    does: 'cuts its bytes anywhere',
    expected: COMPLETE,
    whole: COMPLETE,
    act: (stage) => stage.drip(stage.good(), 7),
  },
  {
    name: 'slow',
    does: 'drips: 100 bytes every 5 ms',
    expected: COMPLETE,
    whole: COMPLETE,
    act: (stage) => stage.drip(stage.good(), 100, 5),
  },
  {
    name: 'gzip',
    does: 'compresses its body with gzip',
    expected: COMPLETE,
    whole: COMPLETE,
    act: (stage) => stage.send(gzipSync(stage.good()), 'end', { headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'br',
    does: 'compresses its body with brotli',
    expected: COMPLETE,
    whole: COMPLETE,
    act: (stage) =>
      stage.send(brotliCompressSync(stage.good()), 'end', { headers: { 'content-encoding': 'br' } }),
  },
  {
    name: 'gzip-that-is-none',
    does: 'says that its body is compressed, and it is not',
    ...{ expected: NOT_GZIP, whole: NOT_GZIP },
    act: (stage) => stage.send(stage.good(), 'end', { headers: { 'content-encoding': 'gzip' } }),
  },
  {
    name: 'whole-for-stream',
    does: 'answers in one piece though a stream was asked for',
    expected: COMPLETE,
    act: ({ mock: speech, send }) =>
      send(speech.whole(ALL), 'end', { headers: { 'content-type': 'application/json' } }),
  },
  {
    name: 'invalid-utf8',
    does: 'sends bytes that are no UTF-8',
    expected: { end: 'complete', text: DAMAGED_TEXT, usage: USAGE },
    whole: { end: 'complete', text: DAMAGED_TEXT, usage: USAGE },
    act: (stage) => stage.send(damaged(stage.good())),
  },
  {
    name: 'long-event',
    does: 'says 8 MiB in one event',
    expected: { end: 'complete', text: LONG, usage: USAGE },
    act: ({ answer: speaker, send }) =>
      send(speaker.start() + speaker.text(LONG) + speaker.finish('stop') + speaker.end()),
  },
  {
    name: 'too-long-event',
    does: 'never ends an event: 17 MiB of it',
    expected: { end: ['bad-response'], text: HALF },
    act: ({ answer: speaker, half, send }) =>
      send(half() + speaker.text('x'.repeat(TOO_LONG)) + speaker.finish('stop') + speaker.end()),
  },
];
