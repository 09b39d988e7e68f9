// Texts side by side: cut at words, wide characters counted as two columns.
import { expect, it } from 'vitest';
import { columnRows, wrapped } from '../src/terminal/column-view.ts';

it('cuts at words, and words that are longer than a line', () => {
  expect(wrapped('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrapped('日本語 text', 4)).toEqual(['日本', '語', 'text']);
});

it('shows the end of a text that is longer than the screen', () => {
  expect(columnRows(['a', 'b'], ['1\n2\n3\n4', 'x'], 11, 5)).toEqual([
    'a    │ b   ',
    '─────┼─────',
    '3    │ x   ',
    '4    │     ',
  ]);
});

it('fits into any terminal', () => {
  for (const row of columnRows(['first', 'second', 'third'], ['some words here', '', 'x'], 20, 10))
    expect(row.length).toBeLessThanOrEqual(20);
});
