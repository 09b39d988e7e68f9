// What makes a decoder read again, with each piece, all that it has read: blanks, long texts of one length, places of one page.

import type { Attack } from './attack.ts';
import { call, choice, fn, linear, TEXT_DELTA } from './counts.ts';

/** Longer than what V8 hashes by its content. */
const LONG = 'x'.repeat(17_000);
const PLACES = 3000;
/** So many that to read a long text anew for each takes longer than a test may. */
const PARSED = 6000;

/** All of its answer may be reasoning. */
const THINKS_FIRST = { model: 'deepseek-r1', stream: false };

const GEMINI_TEXT = { candidates: [{ index: 0, content: { parts: [{ text: 'a'.repeat(PLACES) }] } }] };
const GEMINI_PLACES = {
  candidates: [
    {
      index: 0,
      groundingMetadata: {
        groundingChunks: [{ web: { uri: `https://a.test/${LONG}${LONG}` } }],
        groundingSupports: Array.from({ length: PLACES }, (_, at) => ({
          segment: { startIndex: 0, endIndex: at + 1 },
          groundingChunkIndices: [0, 0],
        })),
      },
    },
  ],
};

const pieceOf = (partial_json: string): object => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'input_json_delta', partial_json },
});
/** A call whose end has been told, and whose arguments go on. */
const CLAUDE: readonly object[] = [
  { type: 'message_start', message: { id: 'm', model: 'm', usage: {} } },
  {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'tool_use', id: 'c', name: 'f', input: {} },
  },
  { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: {} },
  pieceOf('['),
];

/** A message of Claude's with so many calls, each with its arguments or none, and the reason of its end. */
const claudeCalls = (count: number, args: string): readonly object[] => [
  ...CLAUDE.slice(0, 1),
  ...Array.from({ length: count }, (_, at) => [
    { type: 'content_block_start', index: at, content_block: { type: 'tool_use', id: `c${at}`, name: 'f' } },
    ...(args === '' ? [] : [{ ...pieceOf(args), index: at }]),
  ]).flat(),
  { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: {} },
];
const CLAUDE_TEXT = {
  type: 'content_block_delta',
  index: 5000,
  delta: { type: 'text_delta', text: 'a' },
};
/** Many pieces after these. */
const after =
  (first: readonly object[], piece: (at: number) => object) => (): ((at: number) => object) => (at) =>
    first[at] ?? piece(at);

/** An answer cannot have more calls by far. */
const CALLS = 1000;

export const READ_AGAIN_ATTACKS: readonly Attack[] = [
  linear(
    'blanks behind whole arguments',
    'openai-chat',
    () => (at) =>
      at === 0
        ? call({ index: 0, id: 'c', ...fn('f', JSON.stringify({ a: LONG })) })
        : call({ index: 0, function: { arguments: ' ' } }),
  ),
  linear('items of a list for arguments', 'anthropic-messages', () => (at) => CLAUDE[at] ?? pieceOf('"a",')),
  linear(
    'pages with addresses of one length',
    'openai-chat',
    () => (at) => ({
      ...choice({ delta: { content: 'a' } }),
      citations: [`https://a.test/${LONG}${1e6 + at}`],
    }),
    { count: 3000, isFolded: false },
  ),
  linear('places of one page', 'gemini', () => (at) => (at === 0 ? GEMINI_TEXT : GEMINI_PLACES), {
    count: 2,
  }),
  linear(
    'endings after a long one',
    'openai-chat',
    () => (at) =>
      at === 0
        ? choice({ delta: { content: 'a' } })
        : choice({ delta: {}, finish_reason: at === 1 ? LONG.repeat(20) : 'y' }),
  ),
  linear(
    'ids of one length of calls',
    'openai-chat',
    () => (at) =>
      call({ index: Math.min(at, CALLS), id: `${LONG}${1e6 + at}`, ...(at <= CALLS && fn('f', '{}')) }),
    { count: 6000, isFolded: false },
  ),
  linear(
    'items with ids of one length',
    'openai-responses',
    () => (at) => ({
      type: 'response.output_text.delta',
      output_index: at,
      item_id: `${LONG}${1e6 + at}`,
      delta: 'a',
    }),
    { count: 4000, isFolded: false },
  ),
  linear(
    'calls with ids of one length',
    'anthropic-messages',
    after(CLAUDE.slice(0, 1), (at) => ({
      type: 'content_block_start',
      index: at,
      content_block: { type: 'tool_use', id: `${LONG}${1e6 + at}`, name: 'f' },
    })),
    { count: 4000, isFolded: false },
  ),
  linear(
    'texts after whole calls',
    'anthropic-messages',
    after(claudeCalls(4000, '{"a":1}'), () => CLAUDE_TEXT),
  ),
  linear(
    'texts after a long call',
    'anthropic-messages',
    after(claudeCalls(1, JSON.stringify({ a: LONG.repeat(12) })), () => CLAUDE_TEXT),
  ),
  linear(
    'pieces of a call after many that are whole',
    'anthropic-messages',
    after(claudeCalls(4000, '{"a":1}'), () => ({ ...pieceOf(' '), index: 3999 })),
  ),
  ...['"', '1', 'a'].map((opens) =>
    linear(
      `pieces of arguments that begin with ${opens}`,
      'anthropic-messages',
      after([...CLAUDE.slice(0, -1), pieceOf(opens)], () => pieceOf(opens === '1' ? '1' : 'abcdefgh')),
    ),
  ),
  linear(
    'blanks behind a list for arguments',
    'anthropic-messages',
    after([...CLAUDE.slice(0, -1), pieceOf(JSON.stringify([LONG]))], () => pieceOf(' ')),
  ),
  linear(
    'repetitions of arguments that blanks follow',
    'openai-chat',
    () => (at) => {
      const text = at % 2 === 0 ? '{"a":1}' : ' '.repeat(500);
      return call(at === 0 ? { id: 'c', ...fn('f', text) } : { function: { arguments: text } });
    },
    { count: PARSED },
  ),
  linear(
    'pieces of an answer that may be thoughts',
    'openai-chat',
    (random) => {
      const word = random() < 0.5 ? 'word and more ' : '             ';
      return () => choice({ delta: { content: word } });
    },
    { asks: THINKS_FIRST },
  ),
  linear(
    'tags between backticks',
    'openai-chat',
    () => () => choice({ delta: { content: `\`${'</think>'.repeat(600_000)}` } }),
    { count: 1, asks: THINKS_FIRST },
  ),
  linear(
    'whole texts that are others',
    'openai-responses',
    (random) => {
      const blanks = ' '.repeat(2_000_000);
      const delta = random() < 0.5 ? `${blanks}a` : `a${blanks}`;
      return (at) =>
        at === 0 ? { ...TEXT_DELTA, delta } : { ...TEXT_DELTA, type: 'response.output_text.done', text: 'b' };
    },
    { count: PARSED },
  ),
];
