// Cuts texts for a tokenizer: the time that it takes for a run of letters, which it reads as one word, grows with the square of its length.

/** Longer than any word; a run that is cut here may count for one token more. */
const LONGEST_RUN = 256;
/** What is given to the tokenizer at once. */
const LONGEST_PIECE = 65_536;

/** The text in pieces, none with a run of more than 256 letters, digits, spaces or signs. Joined, they are the text. */
export function* cutRuns(text: string): Generator<string> {
  let start = 0;
  let run = 0;
  let kind = -1;
  for (let at = 0; at < text.length; at++) {
    const now = kindOf(text.charCodeAt(at));
    run = now === kind ? run + 1 : 1;
    kind = now;
    if (run <= LONGEST_RUN && at - start < LONGEST_PIECE) continue;
    // Not between the halves of a character.
    if (isLowSurrogate(text.charCodeAt(at))) continue;
    yield text.slice(start, at);
    start = at;
    run = 1;
  }
  if (start < text.length) yield text.slice(start);
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** 0 for white space, 1 for letters and digits and all beyond ASCII, 2 for signs. */
function kindOf(unit: number): number {
  if (unit <= 32) return 0;
  if (unit > 127) return 1;
  const isWord = (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
  return isWord ? 1 : 2;
}
