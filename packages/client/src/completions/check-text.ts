// Checks the chunks of a completion: each by itself, and that each text has its end.
import { LIMITS, tooMany, truncated } from '@g4f/core';
import { type CreateCheck, notThat, type PartPlace } from '../engine/part-place.ts';
import { isFields } from '../options/plain-value.ts';

/** Throws `bad-response` for what is no chunk, or too many texts, and `stream-truncated` where a text has no finish reason. */
export const textCheck: CreateCheck<'complete'> = (request, provider) => {
  const { model, prompt } = request;
  const most = LIMITS.choices * prompt.length;
  const ended = new Map<number, boolean>();
  let before = 0;
  return {
    accept(chunk) {
      for (const { index, isEnded } of choicesIn(chunk, { request, provider, before }))
        ended.set(index, isEnded || ended.get(index) === true);
      if (ended.size > most) throw tooMany('choices', most, { provider, model });
      before += 1;
    },
    end() {
      if (ended.size === 0 || [...ended.values()].includes(false)) throw truncated(provider, { model });
    },
  };
};

interface CheckedChoice {
  readonly index: number;
  readonly isEnded: boolean;
}

function choicesIn(chunk: unknown, place: PartPlace<'complete'>): readonly CheckedChoice[] {
  const choices = isFields(chunk) ? chunk.choices : undefined;
  if (!Array.isArray(choices)) throw notThat('a chunk has no list of choices', place);
  return choices.map((choice: unknown) => {
    const { text, index, finish_reason } = isFields(choice) ? choice : {};
    if (typeof text !== 'string' || typeof index !== 'number' || !Number.isSafeInteger(index))
      throw notThat('a choice has no text, or no place', place);
    return { index, isEnded: typeof finish_reason === 'string' };
  });
}
