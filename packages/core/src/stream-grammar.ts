// The grammar of a stream, made to run: the first event out of order throws, and so does an end before completion.
import { type ErrorDetails, G4FError } from './errors.ts';
import type { StreamEvent } from './event.ts';
import { LIMITS } from './limits.ts';

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
  // Whether a choice has finished; one that has said nothing has no entry. The first has a place of its own, because nearly
  // every event is of it.
  let first: boolean | undefined;
  let others: Map<number, boolean> | undefined;
  let unfinished = 0;
  let hasFinished = false;
  let started = false;
  const outOfOrder = (what: string): G4FError =>
    new G4FError(`${provider}: ${what}. The provider broke the stream protocol; report it to its author.`, {
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
      const before = choice === 0 ? first : others?.get(choice);
      if (before === true) throw outOfOrder(`${event.type} after choice ${choice} had finished`);
      const isFinish = event.type === 'finish';
      if (before === isFinish) return;
      if (before === undefined) unfinished += 1;
      if (isFinish) {
        unfinished -= 1;
        hasFinished = true;
      }
      if (choice === 0) first = isFinish;
      else {
        others ??= new Map();
        others.set(choice, isFinish);
        if (others.size > LIMITS.choices) throw tooMany('choices', LIMITS.choices, { provider });
      }
    },
    end() {
      if (unfinished > 0 || !hasFinished) throw truncated(provider);
    },
  };
};

/** The error for an answer that has more of something than it may. */
export const tooMany = (
  what: string,
  most: number,
  { provider, model }: { readonly provider: string; readonly model?: string | undefined },
): G4FError =>
  new G4FError(`${provider}: the answer has more than ${most} ${what}. Choose another provider.`, {
    code: 'bad-response',
    provider,
    ...(model !== undefined && { model }),
  });

/** The error for an answer that was cut off. */
export const truncated = (
  provider: string,
  details: Omit<ErrorDetails, 'code' | 'provider'> = {},
): G4FError =>
  new G4FError(
    `${provider}: the stream ended before the answer was complete; what arrived is not the whole answer. Try again or choose another provider.`,
    { ...details, code: 'stream-truncated', provider },
  );
