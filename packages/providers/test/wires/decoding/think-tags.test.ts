// Reasoning between think tags is told from the text, wherever the stream is cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinkSplitter } from '../../../src/wires/decoding/think-tags.ts';

/** [reasoning, text] of these pieces. */
const split = (pieces: readonly string[], guessLength = 0): readonly [string, string] => {
  const splitter = new ThinkSplitter(guessLength);
  let [reasoning, text] = ['', ''];
  const take = (parts: ReturnType<typeof splitter.push>): void => {
    for (const part of parts) {
      if (part.kind === 'text') text += part.text;
      else reasoning += part.text;
    }
  };
  for (const piece of pieces) {
    if (splitter.passes(piece)) text += piece;
    else take(splitter.push(piece));
  }
  take(splitter.flush());
  return [reasoning, text];
};

describe('think tags', () => {
  it.each([
    ['<think>hm</think>so', 'hm', 'so'],
    ['<think>\n hm \n</think>\n\nso ', '\n hm \n', '\n\nso '],
    ['a<think>b</think>c<think>d</think>e', '', 'a<think>b</think>c<think>d</think>e'],
    [' <think>a</think>\n<think>b</think>\n<th', 'ab', ' \n\n<th'],
    [
      '<think>a</think>In prose, <think> opens and </think> closes.',
      'a',
      'In prose, <think> opens and </think> closes.',
    ],
    ['<think></think>so', '', 'so'],
    ['<think>never closed', 'never closed', ''],
    ['no tags, a < b, <b>bold</b> <thin', '', 'no tags, a < b, <b>bold</b> <thin'],
    ['<<think>x</</think>y', '', '<<think>x</</think>y'],
    ['<think>x</</think>y', 'x</', 'y'],
    ['the tag `<think>` stays', '', 'the tag `<think>` stays'],
    ['<think>`</think>so', '`', 'so'],
    ['</think> alone stays', '', '</think> alone stays'],
    ['', '', ''],
  ])('%j', (whole, reasoning, text) => {
    expect(split([whole])).toEqual([reasoning, text]);
    expect(split([...whole])).toEqual([reasoning, text]);
  });

  it('give the same wherever the text is cut, and lose nothing of it', () => {
    const word = fc.constantFrom(
      '<think>',
      '</think>',
      '`',
      '```',
      '<',
      '</',
      'think>',
      '<thi',
      'a',
      ' ',
      '\n',
      'é😀',
    );
    const texts = fc.array(word, { maxLength: 20 });
    const cutsOf = fc.array(fc.nat(), { maxLength: 8 });
    const guesses = fc.constantFrom(0, 9, 30, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(texts, cutsOf, guesses, (words, cuts, guess) => {
        const whole = words.join('');
        const places = [...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
        const pieces = places.map((to, index) => whole.slice(places[index - 1] ?? 0, to));
        const [reasoning, text] = split([whole], guess);
        expect(split(pieces, guess)).toEqual([reasoning, text]);
        expect(split([...whole], guess)).toEqual([reasoning, text]);
        const tags = whole.length - reasoning.length - text.length;
        expect(tags === 0 || tags >= '<think>'.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('let text pass at once where it cannot be a tag', () => {
    const splitter = new ThinkSplitter();
    expect(splitter.passes(' ')).toBe(true);
    expect(splitter.passes('<')).toBe(false);
    expect(splitter.push('<')).toEqual([]);
    expect(splitter.passes('b')).toBe(false);
    expect(splitter.push('b')).toEqual([{ kind: 'text', text: '<b' }]);
    expect(splitter.passes('<think>')).toBe(true);
  });

  it.each([
    ['hm</think>so', 'hm', 'so'],
    ['<think>hm</think>so </think> on', 'hm', 'so </think> on'],
    ['hm</think>so </think> on', 'hm', 'so </think> on'],
    ['the tag `</think>` ends it', '', 'the tag `</think>` ends it'],
    ['the tag `</think>` ends it</think>so', 'the tag `</think>` ends it', 'so'],
    ['never closed', '', 'never closed'],
    [`${'long '.repeat(20)}</think>so`, '', `${'long '.repeat(20)}</think>so`],
  ])('may lack their opening one where the model thinks first: %j', (whole, reasoning, text) => {
    expect(split([whole], 50)).toEqual([reasoning, text]);
    expect(split([...whole], 50)).toEqual([reasoning, text]);
  });

  it('lack no opening one where reasoning came in a field of its own', () => {
    const splitter = new ThinkSplitter(50);
    expect(splitter.push('the tag </th')).toEqual([]);
    expect(splitter.reasonsElsewhere()).toEqual([{ kind: 'text', text: 'the tag </th' }]);
    expect(splitter.passes('ink>')).toBe(true);
  });
});
