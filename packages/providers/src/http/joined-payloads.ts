// Payloads that a service wrote into one event: without the blank line between two, or without even a line end.
import { parseJson } from './json-text.ts';

/** Between two payloads: a line end, or the next field glued to the JSON before it (`}data: [DONE]`). */
const BETWEEN = /(\n|(?<=[}\]])[ \t]*data: ?)/;
/** Most places at which data is cut: each costs parsing what stands before it. */
const MAX_PLACES = 64;

/**
 * The payloads in data that is no JSON as a whole; what is left at the end, and is none, comes as the last. One alone if
 * there is no place to cut. A cut is made only where what stands before it is JSON: `}data: ` may be words of an answer.
 */
export const payloadsIn = (data: string): readonly string[] => {
  if (!BETWEEN.test(data)) return [data];
  const pieces = data.split(BETWEEN);
  if (pieces.length > 2 * MAX_PLACES) return [data];
  const payloads: string[] = [];
  let open = '';
  let between = '';
  for (const [index, piece] of pieces.entries()) {
    if (index % 2 === 1) {
      between = piece;
      continue;
    }
    open = open === '' ? piece : open + between + piece;
    if (parseJson(open) === undefined) continue;
    payloads.push(open);
    open = '';
  }
  if (open.trim() !== '') payloads.push(open);
  return payloads;
};
