// What is shown of a body: one short line, and no key, not even half of one.
import { describe, expect, it } from 'vitest';
import { excerpt } from '../../../src/http/failures/excerpt.ts';

describe('an excerpt', () => {
  it('is one line of at most so many characters', () => {
    expect(excerpt(' a\r\n\t b\n\nc ')).toBe('a b c');
    expect(excerpt('x'.repeat(300))).toBe(`${'x'.repeat(200)}…`);
    expect(excerpt('abcdef', {}, 3)).toBe('abc…');
  });

  it('shows no half of a key at the place where it is cut', () => {
    const key = 'topsecretkey-0123456789';
    for (let blanks = 0; blanks < 230; blanks++)
      expect(excerpt(`${'x '.repeat(blanks / 2)}${key} end`, { key })).not.toMatch(/topsecret/);
    for (let blanks = 16_350; blanks < 16_400; blanks++)
      expect(excerpt(`<html>${' '.repeat(blanks)}${key} end`, { key })).not.toMatch(/top/);
  });

  it('looks only at the beginning of a long text', () => {
    expect(excerpt(`${' '.repeat(20_000)}far away`)).toBe('');
    expect(excerpt(`${' '.repeat(10_000)}near ${' '.repeat(10_000)}`)).toBe('near');
  });
});
