// Stop words cut the answer at the earliest match, wherever its pieces were cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStopFilter } from '../../src/local/stop-words.ts';

/** What a reader sees of an answer that comes in these pieces. */
const read = (pieces: readonly string[], stops: readonly string[]): string => {
  const filter = createStopFilter(stops);
  let seen = '';
  for (const piece of pieces) {
    const { text, stopped } = filter.push(piece);
    seen += text;
    if (stopped) return seen;
  }
  return seen + filter.end();
};

describe('createStopFilter', () => {
  it('cuts at the earliest match and shows nothing of it', () => {
    expect(read(['one two three'], ['three', 'two'])).toBe('one ');
    expect(read(['one t', 'w', 'o three'], ['two'])).toBe('one ');
  });

  it('holds back what may be the beginning of a stop word, and lets it go when it is not', () => {
    const filter = createStopFilter(['STOP']);
    expect(filter.push('a ST')).toEqual({ text: 'a ', stopped: false });
    expect(filter.push('AY')).toEqual({ text: 'STAY', stopped: false });
    expect(filter.push(' STO').text).toBe(' ');
    expect(filter.end()).toBe('STO');
  });

  it('finds a word that begins inside a false start', () => {
    expect(read(['aa', 'ab'], ['aab'])).toBe('a');
  });

  it('has nothing to do without stop words, or with an empty one', () => {
    expect(read(['a', 'b'], [])).toBe('ab');
    expect(read(['a', 'b'], [''])).toBe('ab');
  });

  it('does not depend on where a single word is cut', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 40 });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(letters, word, fc.array(fc.nat(40)), (text, stop, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((to, index) => text.slice(at[index], to));
        const end = text.indexOf(stop);
        expect(read(pieces, [stop])).toBe(end === -1 ? text : text.slice(0, end));
      }),
    );
  });
});
