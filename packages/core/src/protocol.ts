// The grammar of a stream, made to run: the first event out of order throws, and so does an end before completion.
import { G4FError } from './errors.ts';
import type { StreamEvent } from './event.ts';

/** Reads a stream's events in order and throws at the first one that has no right to be there. */
export interface StreamGrammar {
  /** Whether every expected choice has finished. */
  readonly complete: boolean;
  /** @throws G4FError `bad-response` when the event is out of order. */
  accept(event: StreamEvent): void;
  /** @throws G4FError `stream-truncated` when the stream ends before it is complete. */
  end(): void;
}

/**
 * stream = answer-start, { delta | usage | aside | finish }, end of stream.
 * Each choice finishes once and is silent afterwards; a stream that ends with an unfinished choice was cut.
 *
 * @param provider who speaks, for the error.
 * @param choices how many answers were asked for (`n`).
 */
export const createGrammar = (provider: string, choices = 1): StreamGrammar => {
  const finished = new Set<number>();
  const seen = new Set<number>();
  let started = false;
  const outOfOrder = (what: string): G4FError =>
    new G4FError(`${provider}: ${what}. The backend broke the stream protocol; report it to its author.`, {
      code: 'bad-response',
      provider,
    });
  return {
    get complete() {
      return finished.size >= Math.max(choices, seen.size);
    },
    accept(event) {
      if (event.type === 'answer-start') {
        if (started) throw outOfOrder('a second answer-start');
        started = true;
        return;
      }
      if (!started) throw outOfOrder(`${event.type} before answer-start`);
      if (event.type === 'usage' || event.type === 'aside') return;
      const choice = event.choice ?? 0;
      if (finished.has(choice)) throw outOfOrder(`${event.type} after choice ${choice} had finished`);
      seen.add(choice);
      if (event.type === 'finish') finished.add(choice);
    },
    end() {
      if (this.complete) return;
      const left = started ? `${finished.size} of ${choices} answer(s) were finished` : 'nothing was said';
      throw new G4FError(
        `${provider}: the stream ended before the answer was complete (${left}). What arrived is not the whole answer; try again or choose another provider.`,
        { code: 'stream-truncated', provider },
      );
    },
  };
};
