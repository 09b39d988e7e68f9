// The numbers of a response's events: what was sent twice is said once, and what lost a piece is no answer.
import { describe, expect, it } from 'vitest';
import { completed, event, hear, TEXT_ENDS } from './told-events.ts';

describe.each(TEXT_ENDS)('events that are numbered, and a text that is whole in %s', (_name, whole) => {
  /** The pieces by their numbers, the whole, and the end. */
  const numbered = (
    pieces: readonly (readonly [number, string])[],
    text: string,
    ...ends: readonly number[]
  ) =>
    hear(
      ...pieces.map(([sequence_number, delta]) => event('output_text.delta', { delta, sequence_number })),
      { ...whole(text), sequence_number: ends[0] },
      { ...completed(), sequence_number: ends[1] },
    );

  it('is abridged where the last pieces before the whole are missing: what came is the answer', async () => {
    const pieces = [
      [4, 'Hel'],
      [5, 'lo'],
    ] as const;
    expect((await numbered(pieces, 'Hello world', 41, 42)).text).toBe('Hello');
  });

  it.each<[string, readonly (readonly [number, string])[], string, readonly [number, number]]>([
    [
      'all there',
      [
        [4, 'Hel'],
        [5, 'lo'],
      ],
      'Hello world',
      [6, 7],
    ],
    [
      'something else missing between two pieces',
      [
        [4, 'Hel'],
        [9, 'lo'],
      ],
      'Hello world',
      [10, 11],
    ],
    [
      'something else missing, and blanks tidied',
      [
        [4, '\n\nHel'],
        [9, 'lo world '],
      ],
      'Hello world',
      [11, 12],
    ],
    [
      'a piece sent twice',
      [
        [4, 'Hel'],
        [5, 'lo'],
        [5, 'lo'],
        [6, ' world'],
      ],
      'Hello world',
      [7, 8],
    ],
    [
      'all of one number',
      [
        [0, 'Hel'],
        [0, 'l'],
        [0, 'o worl'],
        [0, 'd'],
      ],
      'Hello world',
      [0, 0],
    ],
    [
      'pieces alike',
      [
        [4, '1'],
        [5, '0'],
        [6, '0'],
      ],
      '100',
      [7, 8],
    ],
  ])('make the whole text with %s', async (_case, pieces, text, ends) => {
    const heard = await numbered(pieces, text, ...ends);
    expect(heard).toMatchObject({ finish: 'stop', code: undefined });
    expect(heard.text.trim()).toBe(text);
  });

  it.each<[string, readonly (readonly [number, string])[], string]>([
    [
      'in the middle',
      [
        [2, 'Do '],
        [4, 'delete '],
        [5, 'it.'],
      ],
      'Do not delete it.',
    ],
    [
      'in the middle, before pieces that repeat each other',
      [
        [2, 'A '],
        [4, 'x '],
        [5, 'x '],
        [6, 'x '],
      ],
      'A B x x x ',
    ],
    [
      'at the beginning',
      [
        [2, ''],
        [4, 'delete it.'],
      ],
      'Do not delete it.',
    ],
  ])('are no answer where one is missing %s', async (_case, pieces, text) => {
    const last = pieces.at(-1)?.[0] ?? 0;
    expect(await numbered(pieces, text, last + 1, last + 2)).toMatchObject({
      text: pieces.map(([, piece]) => piece).join(''),
      code: 'bad-response',
    });
  });

  it('are no answer where several came twice', async () => {
    const pieces = [
      [2, 'Pay '],
      [3, '1'],
      [4, '0'],
      [3, '1'],
      [4, '0'],
      [5, ' dollars'],
    ] as const;
    expect((await numbered(pieces, 'Pay 10 dollars', 6, 7)).code).toBe('bad-response');
  });
});

it('is no answer where a piece is missing and no event tells the whole text', async () => {
  const piece = (sequence_number: number, delta: string) =>
    event('output_text.delta', { delta, sequence_number });
  const end = (sequence_number: number) => ({ ...completed(), sequence_number });
  expect((await hear(piece(2, 'Do '), piece(3, 'delete it.'), end(4))).code).toBeUndefined();
  expect((await hear(piece(2, 'Do '), piece(4, 'delete it.'), end(5))).code).toBe('bad-response');
});

it('says what was sent twice once, though it was read as its like were', async () => {
  const piece = (sequence_number: number, delta: string) =>
    event('output_text.delta', { delta, sequence_number });
  const story = [piece(1, 'a'), piece(2, 'b'), piece(2, 'b'), piece(2, 'b'), piece(2, 'b'), piece(3, 'c')];
  expect((await hear(...story, completed())).text).toBe('abc');
});
