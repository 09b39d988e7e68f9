// Pieces of reasoning become the blocks they were cut from, and nothing else is joined.
import type { ReasoningDetail } from '@g4f/core';
import { expect, it } from 'vitest';
import { wholeDetails } from '../../../src/wires/fit/reasoning-details.ts';
import { deepFreeze } from '../hear-wire.ts';

const text = (more: object): ReasoningDetail => ({ type: 'reasoning.text', index: 0, ...more });
const summary = (more: object): ReasoningDetail => ({ type: 'reasoning.summary', index: 0, ...more });
const sealed = (data: string): ReasoningDetail => ({ type: 'reasoning.encrypted', index: 0, data });

it.each<[string, readonly ReasoningDetail[], readonly ReasoningDetail[]]>([
  ['nothing', [], []],
  ['a whole block', [text({ text: 'a', signature: 's' })], [text({ text: 'a', signature: 's' })]],
  [
    'text, and its signature in a piece of its own',
    [text({ text: 'a', signature: null }), text({ text: 'b' }), text({ text: null, signature: 's' })],
    [text({ text: 'ab', signature: 's' })],
  ],
  [
    'a block after a signed one',
    [text({ text: 'a', signature: 's' }), text({ text: 'b' }), text({ signature: 't' })],
    [text({ text: 'a', signature: 's' }), text({ text: 'b', signature: 't' })],
  ],
  [
    'blocks of other numbers',
    [text({ text: 'a' }), text({ text: 'b', index: 1 })],
    [text({ text: 'a' }), text({ text: 'b', index: 1 })],
  ],
  [
    'a summary, and what is sealed behind it',
    [summary({ summary: 'a' }), summary({ summary: 'b' }), sealed('x'), sealed('y')],
    [summary({ summary: 'ab' }), sealed('x'), sealed('y')],
  ],
  [
    'what comes between',
    [text({ text: 'a' }), sealed('x'), text({ text: 'b' })],
    [text({ text: 'a' }), sealed('x'), text({ text: 'b' })],
  ],
])('%s', (_name, pieces, blocks) => {
  expect(wholeDetails(deepFreeze(pieces))).toEqual(blocks);
  expect(wholeDetails(blocks)).toEqual(blocks);
});
