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

it('looks at each character once, however long a line is', () => {
  const before = process.cpuUsage();
  const rows = wrapped('ab '.repeat(20_000), 40);
  expect(rows).toHaveLength(Math.ceil(20_000 / 13));
  const text = 'ab '.repeat(700_000);
  expect(columnRows(['a'], [text], 40, 24)).toHaveLength(23);
  // A hundred times as long as it takes; each row looked at the whole rest, which took minutes.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000);
});

it('gives each character once', () => {
  const text = `${'日本 a'.repeat(9)}${'x'.repeat(30)} é 👨‍👩‍👧 ${'語'.repeat(9)}`;
  for (let width = 1; width < 30; width += 1)
    expect(wrapped(text, width).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
});
