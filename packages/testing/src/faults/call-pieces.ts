// Pieces of calls that are numbered oddly, repeat each other, or are cut: each call comes out once and whole, or not at all.

import { CALL, halves } from '../mock-wires/mock-wire.ts';
import { callChunk, choiceChunk, DONE, SECOND_CALL, usageChunk } from '../mock-wires/openai-chat.ts';
import { type Fault, USAGE } from './fault.ts';

const OPENAI: readonly string[] = ['openai-chat'];
const [FIRST_HALF, SECOND_HALF] = halves(CALL.arguments);
const fn = (args: string, name?: string): object => ({
  function: { ...(name !== undefined && { name }), arguments: args },
});
const begun = (args: string): string =>
  callChunk({ index: 0, id: CALL.id, type: 'function', ...fn(args, CALL.name) });
const TOOLS: NonNullable<Fault['request']> = {
  tools: [{ type: 'function', function: { name: CALL.name, parameters: { type: 'object' } } }],
};
/** Where arguments come in pieces, and nothing but them tells the whole. */
const IN_PIECES: readonly string[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'cohere-chat'];
const argumentsInPieces = (name: string, does: string, pieces: readonly string[]): Fault => ({
  name,
  does,
  only: IN_PIECES,
  request: TOOLS,
  expected: { end: 'complete', text: '', calls: [CALL], usage: USAGE },
  act: ({ answer: speaker, send }) =>
    send(speaker.start() + speaker.call(CALL, false, pieces) + speaker.finish('tool') + speaker.end()),
});
const callInPieces = (name: string, does: string, pieces: () => string, calls = [CALL]): Fault => ({
  name,
  does,
  only: OPENAI,
  request: TOOLS,
  expected: { end: 'complete', text: '', calls, usage: USAGE },
  act: ({ answer: speaker, send }) =>
    send(speaker.start() + pieces() + choiceChunk({}, 'tool_calls') + usageChunk() + DONE),
});

/** What services were seen to make of calls. */
export const CALL_PIECES: readonly Fault[] = [
  callInPieces(
    'call-index-moves',
    'goes on with a call under another index and its id',
    () => begun(FIRST_HALF) + callChunk({ index: 1, id: CALL.id, ...fn(SECOND_HALF) }),
  ),
  callInPieces('call-name-in-pieces', 'sends the name of a call in two pieces', () => {
    const [first, second] = halves(CALL.name);
    const named = (name: string): string =>
      callChunk({ index: 0, id: CALL.id, type: 'function', ...fn('', name) });
    return named(first) + named(second) + callChunk({ index: 0, ...fn(CALL.arguments) });
  }),
  callInPieces('call-id-late', 'sends the id of a call with the second piece of its name', () => {
    const [first, second] = halves(CALL.name);
    return (
      callChunk({ index: 0, type: 'function', ...fn('', first) }) +
      callChunk({ index: 0, id: CALL.id, ...fn('', second) }) +
      callChunk({ index: 0, ...fn(CALL.arguments) })
    );
  }),
  callInPieces(
    'call-names-interleaved',
    'sends the names of two calls in pieces, those of one between those of the other',
    () => {
      const [first, second] = halves(CALL.name);
      const both = (piece: string, ids: boolean): string =>
        [CALL, SECOND_CALL]
          .map(({ id }, index) => callChunk({ index, ...(ids && { id }), ...fn('', piece) }))
          .join('');
      return (
        both(first, true) +
        both(second, false) +
        callChunk({ index: 0, ...fn(CALL.arguments) }) +
        callChunk({ index: 1, ...fn(SECOND_CALL.arguments) })
      );
    },
    [CALL, SECOND_CALL],
  ),
  callInPieces(
    'call-index-moves-alone',
    'goes on with the arguments of a call under another index, without its id',
    () => begun(FIRST_HALF) + callChunk({ index: 1, ...fn(SECOND_HALF) }),
  ),
  callInPieces(
    'call-named-null',
    'names the function "null" with every piece but the first',
    () => begun(FIRST_HALF) + callChunk({ index: 0, id: '', ...fn(SECOND_HALF, 'null') }),
  ),
  argumentsInPieces(
    'call-empty-first',
    'begins a call with empty arguments, and sends the others after them',
    ['{}', CALL.arguments],
  ),
  argumentsInPieces('call-repeated', 'sends the whole arguments of a call twice', [
    CALL.arguments,
    CALL.arguments,
  ]),
  argumentsInPieces('call-so-far', 'sends all arguments so far with each piece of a call', [
    FIRST_HALF,
    CALL.arguments,
  ]),
  callInPieces(
    'call-index-text',
    'numbers its calls in text',
    () =>
      callChunk({ index: '0', id: CALL.id, ...fn(FIRST_HALF, CALL.name) }) +
      callChunk({ index: '1', id: SECOND_CALL.id, ...fn(SECOND_CALL.arguments, SECOND_CALL.name) }) +
      callChunk({ index: '0', ...fn(SECOND_HALF) }),
    [CALL, SECOND_CALL],
  ),
  callInPieces(
    'call-name-repeated',
    'names the function with every piece of its arguments',
    () => begun(FIRST_HALF) + callChunk({ index: 0, ...fn(SECOND_HALF, CALL.name) }),
  ),
  {
    name: 'call-cut-at-end-mark',
    does: 'ends its stream in the middle of the arguments of a call, without saying why',
    only: OPENAI,
    request: TOOLS,
    expected: { end: ['stream-truncated'], text: '' },
    act: ({ answer: speaker, send }) => send(speaker.start() + speaker.call(CALL, true) + DONE),
  },
];
