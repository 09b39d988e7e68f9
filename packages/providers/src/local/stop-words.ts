// Cuts a streamed answer at the first stop word, wherever the pieces were cut.

/** Text goes in as it comes; what may be shown comes out. */
export interface StopFilter {
  /** The text that is certain not to be part of a stop word, and whether the answer ends here. */
  push(text: string): { readonly text: string; readonly stopped: boolean };
  /** What was held back because it looked like the beginning of a stop word. */
  end(): string;
}

/** A filter for one answer; empty stop words count for nothing. */
export const createStopFilter = (stops: readonly string[]): StopFilter => {
  const words = stops.filter((word) => word !== '');
  let held = '';
  return {
    push(text) {
      held += text;
      const found = words.map((word) => held.indexOf(word)).filter((at) => at !== -1);
      if (found.length > 0) {
        const shown = held.slice(0, Math.min(...found));
        held = '';
        return { text: shown, stopped: true };
      }
      const keep = Math.max(0, ...words.map((word) => beginningAtEnd(held, word)));
      const shown = held.slice(0, held.length - keep);
      held = held.slice(held.length - keep);
      return { text: shown, stopped: false };
    },
    end() {
      const rest = held;
      held = '';
      return rest;
    },
  };
};

/** The length of the longest beginning of `word` with which `text` ends. */
function beginningAtEnd(text: string, word: string): number {
  for (let length = Math.min(text.length, word.length - 1); length > 0; length--) {
    if (text.endsWith(word.slice(0, length))) return length;
  }
  return 0;
}
