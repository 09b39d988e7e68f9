// Takes reasoning that a model writes as <think>…</think> out of its text, wherever the stream is cut.

/** What a piece of text turned out to be. */
export interface ThoughtOrText {
  readonly kind: 'text' | 'reasoning';
  readonly text: string;
}

/** Splits the text of one choice; what may be half a tag is held back until it is clear. */
export interface ThinkSplitter {
  /** Takes text that is visible as it stands, and says so; text it does not take must be pushed. */
  passes(text: string): boolean;
  push(text: string): readonly ThoughtOrText[];
  /** What was held back, at the end of the text. */
  flush(): readonly ThoughtOrText[];
}

const OPEN = '<think>';
const CLOSE = '</think>';

/** A splitter for one choice. A tag inside code (backticks) is the model talking about tags, and stays. */
export const createThinkSplitter = (): ThinkSplitter => {
  let thinking = false;
  let held = '';
  let insideCode = false;

  const split = (text: string, last: boolean): ThoughtOrText[] => {
    const parts: ThoughtOrText[] = [];
    const say = (piece: string): void => {
      if (piece !== '') parts.push({ kind: thinking ? 'reasoning' : 'text', text: piece });
    };
    let rest = text;
    for (;;) {
      const tag = thinking ? CLOSE : OPEN;
      const at = thinking ? rest.indexOf(tag) : indexOutsideCode(rest, tag, insideCode);
      if (at === -1) break;
      if (!thinking) insideCode = endsInsideCode(rest.slice(0, at), insideCode);
      say(rest.slice(0, at));
      thinking = !thinking;
      rest = rest.slice(at + tag.length);
    }
    const keep = last ? 0 : heldLength(rest, thinking ? CLOSE : OPEN);
    const clear = rest.slice(0, rest.length - keep);
    held = rest.slice(rest.length - keep);
    if (!thinking) insideCode = endsInsideCode(clear, insideCode);
    say(clear);
    return parts;
  };

  return {
    passes(text) {
      if (held !== '' || thinking || text.includes('<')) return false;
      insideCode = endsInsideCode(text, insideCode);
      return true;
    },
    push: (text) => split(held + text, false),
    flush: () => (held === '' ? [] : split(held, true)),
  };
};

/** How many characters at the end of the text may be the beginning of the tag. */
function heldLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length--) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/** Whether the text ends between backticks: an odd number of them has been seen (``` is three, so odd as well). */
function endsInsideCode(text: string, before: boolean): boolean {
  let inside = before;
  for (let at = text.indexOf('`'); at !== -1; at = text.indexOf('`', at + 1)) inside = !inside;
  return inside;
}

function indexOutsideCode(text: string, tag: string, insideCode: boolean): number {
  for (let at = text.indexOf(tag); at !== -1; at = text.indexOf(tag, at + 1)) {
    if (!endsInsideCode(text.slice(0, at), insideCode)) return at;
  }
  return -1;
}
