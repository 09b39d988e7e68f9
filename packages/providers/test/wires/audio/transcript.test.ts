// Words with times → segments → subtitles.
import { describe, expect, it } from 'vitest';
import { segmentsIn, type TimedPiece, wordsIn } from '../../../src/wires/transcript/pieces.ts';
import { toSrt, toVtt } from '../../../src/wires/transcript/subtitles.ts';

/** A word a second, with a space after it. */
const said = (text: string, speakers = ''): readonly TimedPiece[] =>
  text.split(' ').flatMap((word, at) => {
    const speaker = speakers[at];
    return [
      { text: word, start: at, end: at + 0.5, speaker, isWord: true },
      { text: ' ', start: at + 0.5, end: at + 1, speaker, isWord: false },
    ];
  });

describe('segments', () => {
  it('begin after a sentence', () => {
    expect(segmentsIn(said('One two. Three?! Four'))).toEqual([
      { id: 0, start: 0, end: 1.5, text: 'One two.' },
      { id: 1, start: 2, end: 2.5, text: 'Three?!' },
      { id: 2, start: 3, end: 3.5, text: 'Four' },
    ]);
  });

  it('begin where another speaks, and with speakers only there', () => {
    const pieces = said('One two. Three four', 'aabb');
    expect(segmentsIn(pieces, true)).toEqual([
      { id: 0, start: 0, end: 1.5, text: 'One two.', speaker: 'a' },
      { id: 1, start: 2, end: 3.5, text: 'Three four', speaker: 'b' },
    ]);
    expect(segmentsIn(said('One. Two.', 'aa'), true)).toHaveLength(1);
  });

  it('begin after a pause, and after many characters', () => {
    const [one, space, two] = said('one two');
    if (one === undefined || space === undefined || two === undefined) throw new Error('three pieces');
    expect(segmentsIn([one, space, { ...two, start: 1.5, end: 2 }])).toHaveLength(2);
    expect(segmentsIn([one, space, { ...two, start: 1.49, end: 2 }])).toHaveLength(1);
    expect(segmentsIn(said(Array.from({ length: 30 }, () => 'words').join(' '))).length).toBe(3);
  });

  it('look at each piece a fixed number of times, also where no word has text', () => {
    let reads = 0;
    const empty: TimedPiece = {
      get text() {
        reads += 1;
        return '';
      },
      start: 0,
      end: 0,
      isWord: true,
    };
    const countOf = (length: number): number => {
      reads = 0;
      segmentsIn(Array.from({ length }, () => empty));
      return reads;
    };
    expect(countOf(2000)).toBeLessThanOrEqual(2 * countOf(1000) + 10);
  });

  it('are none where nothing is said', () => {
    expect(segmentsIn([])).toEqual([]);
    expect(wordsIn(said('One two'))).toEqual([
      { word: 'One', start: 0, end: 0.5 },
      { word: 'two', start: 1, end: 1.5 },
    ]);
  });
});

it('writes subtitles in which no text can be taken for a time or an end', () => {
  const segments = [{ id: 0, start: 3599.9996, end: 3661.0004, text: ' a --> b\n\n\nc ' }];
  expect(toSrt(segments)).toBe('1\n01:00:00,000 --> 01:01:01,000\na -> b\nc\n\n');
  expect(toVtt(segments)).toBe('WEBVTT\n\n01:00:00.000 --> 01:01:01.000\na -> b\nc\n\n');
  expect([toSrt([]), toVtt([])]).toEqual(['', 'WEBVTT\n\n']);
});
