// The grammar of a stream, made to run: the first event out of order throws, and so does an end before completion.
import { type ErrorDetails, G4FError } from './errors.ts';
import type { StreamEvent } from './event.ts';

/** Reads a stream's events in order and throws at the first one that has no right to be there. */
export interface StreamGrammar {
  /** @throws G4FError `bad-response` when the event is out of order. */
  accept(event: StreamEvent): void;
  /** @throws G4FError `stream-truncated` when the stream ends before it is complete. */
  end(): void;
}

/**
 * stream = answer-start, { delta | usage | aside | finish }, end of stream.
 * Each choice finishes once and is silent afterwards; a stream that ends with a choice unfinished, or with
 * none at all, was cut.
 *
 * @param provider who speaks, for the error.
 */
export const createGrammar = (provider: string): StreamGrammar => {
  // Indexed by choice: whether it has finished. A choice that has said nothing has no entry.
  const finished: (boolean | undefined)[] = [];
  let started = false;
  const outOfOrder = (what: string): G4FError =>
    new G4FError(`${provider}: ${what}. The backend broke the stream protocol; report it to its author.`, {
      code: 'bad-response',
      provider,
    });
  return {
    accept(event) {
      if (event.type === 'answer-start') {
        if (started) throw outOfOrder('a second answer-start');
        started = true;
        return;
      }
      if (!started) throw outOfOrder(`${event.type} before answer-start`);
      if (event.type === 'usage' || event.type === 'aside') return;
      const choice = event.choice ?? 0;
      if (finished[choice] === true) throw outOfOrder(`${event.type} after choice ${choice} had finished`);
      finished[choice] = event.type === 'finish';
    },
    end() {
      if (!finished.includes(false) && finished.includes(true)) return;
      throw truncated(provider);
    },
  };
};

/** The error for an answer that was cut off. */
export const truncated = (
  provider: string,
  details: Omit<ErrorDetails, 'code' | 'provider'> = {},
): G4FError =>
  new G4FError(
    `${provider}: the stream ended before the answer was complete; what arrived is not the whole answer. Try again or choose another provider.`,
    { ...details, code: 'stream-truncated', provider },
  );
