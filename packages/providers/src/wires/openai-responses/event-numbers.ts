// What the numbers of a response's events tell: which was sent twice, and where others are missing.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming (`sequence_number`)
import type { G4FError } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';
import { malformedAnswer } from '../decoding/text-value.ts';

/** The numbers of one stream. Services that number otherwise than by one, or all events alike, tell nothing by it. */
export class EventNumbers {
  #last: number | undefined;
  #lastText: string | undefined;
  #follow = false;

  /**
   * Takes the next event.
   *
   * @param text all of it. @returns `again` for the last event once more, `gap` where it does not follow the last
   */
  take(number: number | undefined, text: string | undefined): 'next' | 'again' | 'gap' {
    if (number === undefined) return 'next';
    const last = this.#last ?? number - 1;
    const isAgain = number === last && text !== undefined && text === this.#lastText;
    this.#last = number;
    this.#lastText = text;
    if (number === last + 1) {
      this.#follow = true;
      return 'next';
    }
    if (number <= last && !this.#follow) return 'next';
    return isAgain ? 'again' : 'gap';
  }
}

/** The error where a piece is missing in the middle of a text. */
export const lostEvents = (asked: RequestFacts): G4FError =>
  malformedAnswer('lost events: its pieces do not make its text', asked);
