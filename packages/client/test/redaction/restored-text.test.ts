// Places in a text whose values are longer than their placeholders: those of a very long text are remembered up to a number.
import { expect, it } from 'vitest';
import { Placeholders } from '../../src/redaction/placeholders.ts';
import { asText, RestoredText } from '../../src/redaction/restored-text.ts';

it('knows the newest places of a text without an end, and no more of them than it may keep', () => {
  const placeholders = new Placeholders({ find: () => [], hidesKeys: false });
  const value = 'x'.repeat(10);
  // Three characters longer than its placeholder.
  const placeholder = placeholders.placeholderOf('ONE', value);
  expect(placeholder).toBe('[ONE_1]');
  const text = new RestoredText(placeholders, asText);
  const many = 100_001;
  for (let times = 0; times < many; times += 1) expect(text.next(placeholder)).toHaveLength(10);
  const last = many * placeholder.length;
  expect([text.placeOf(last), text.placeOf(last - 1)]).toEqual([many * 10, many * 10 - 4]);
  // Of the first half only what it came to is known.
  expect(text.placeOf(placeholder.length)).toBe(placeholder.length + 50_000 * 3);
});
