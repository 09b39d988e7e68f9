// Words with their times → segments, as subtitles and tables of speakers need them.
import type { TranscriptionSegment, TranscriptionWord } from '@g4f/core';

/** A word, or what stands between words. */
export interface TimedPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly speaker?: string | undefined;
  /** Whether it is a word, and not a space. */
  readonly isWord: boolean;
}

/** A segment ends after so many characters, at the next word. */
const LONG = 80;
/** And at a pause of so many seconds. */
const PAUSE = 1;

/** The words alone. */
export const wordsIn = (pieces: readonly TimedPiece[]): readonly TranscriptionWord[] =>
  pieces
    .filter(({ isWord }) => isWord)
    .map(({ text, start, end, speaker }) => ({
      word: text,
      start,
      end,
      ...(speaker !== undefined && { speaker }),
    }));

/** Words that came without what stands between them. */
export const piecesOf = (words: readonly TranscriptionWord[]): readonly TimedPiece[] =>
  words.flatMap(({ word, start, end, speaker }) => [
    { text: word, start, end, speaker, isWord: true },
    { text: ' ', start: end, end, speaker, isWord: false },
  ]);

/**
 * The segments: a new one begins where another speaks, after a sentence, a pause, or a long one. The times are those of the
 * first word and of the last.
 *
 * @param bySpeaker whether only another speaker begins a new one.
 */
export const segmentsIn = (
  pieces: readonly TimedPiece[],
  bySpeaker = false,
): readonly TranscriptionSegment[] => {
  const groups: TimedPiece[][] = [];
  let group: TimedPiece[] = [];
  // Counted as it grows: words without text would make one group of them all.
  let length = 0;
  let last: TimedPiece | undefined;
  for (const piece of pieces) {
    if (
      piece.isWord &&
      last !== undefined &&
      (piece.speaker !== last.speaker || (!bySpeaker && begins(piece, last, length)))
    ) {
      groups.push(group);
      group = [];
      length = 0;
    }
    group.push(piece);
    length += piece.text.length;
    if (piece.isWord) last = piece;
  }
  if (last !== undefined) groups.push(group);
  return groups.map(toSegment);
};

/** @param length of the text before it in its segment. */
const begins = (piece: TimedPiece, last: TimedPiece, length: number): boolean =>
  /[.!?…。!?]["'”’)]?$/.test(last.text) || piece.start - last.end >= PAUSE || length >= LONG;

function toSegment(group: readonly TimedPiece[], id: number): TranscriptionSegment {
  const words = group.filter(({ isWord }) => isWord);
  const [first] = words;
  const speaker = first?.speaker;
  return {
    id,
    start: first?.start ?? 0,
    end: words.at(-1)?.end ?? 0,
    text: group
      .map(({ text }) => text)
      .join('')
      .trim(),
    ...(speaker !== undefined && { speaker }),
  };
}
