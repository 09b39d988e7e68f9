// The grammar of a response, made to run: the first event out of order throws, and so does an end before the response is whole.
import { G4FError, type ResponseStreamEvent, truncated } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';
import { LAST_STATES, STATES } from '../streams/response-stream.ts';

/** Hears the events of one response in order. */
export interface ResponseGrammar {
  /** @throws G4FError `bad-response` for what is no event, or has no right to be there. */
  accept(event: unknown): void;
  /** @throws G4FError `stream-truncated` when the response ends before its last event. */
  end(): void;
}

/**
 * stream = response.created, { event }, (response.completed | response.incomplete), end of stream.
 * The numbers of the events follow each other; where one is missing, so is a piece of the answer. A response that was not to be
 * streamed is one event, which holds it. A failure is thrown, and is no event.
 *
 * @param provider who speaks, for the error. @param streams whether a stream was asked for.
 */
export const createResponseGrammar = (provider: string, streams: boolean): ResponseGrammar => {
  let before: number | undefined;
  let hasEnded = false;
  const wrong = (what: string): G4FError =>
    new G4FError(`${provider}: ${what}. Try again or choose another provider.`, {
      code: 'bad-response',
      provider,
    });
  return {
    accept(event) {
      if (!isEvent(event)) throw wrong('an event without a type and a number stands in the response');
      const { type, sequence_number: number } = event;
      if (hasEnded) throw wrong(`${type} came after the end of the response`);
      if (FAILURES.has(type)) throw wrong(`${type} came where a failure must be thrown`);
      if (before === undefined && streams && type !== 'response.created')
        throw wrong(`${type} came before response.created`);
      if (!streams && !STATES.has(type)) throw wrong(`${type} came where the whole response must be`);
      if (before !== undefined && type === 'response.created') throw wrong('a second response.created');
      if (before !== undefined && number !== before + 1)
        throw wrong(`after event ${before} of the response came event ${number}`);
      if (STATES.has(type) && !isResponse(event.response)) throw wrong(`${type} holds no response`);
      before = number;
      hasEnded = LAST_STATES.has(type) || !streams;
    },
    end() {
      if (!hasEnded) throw truncated(provider);
    },
  };
};

const FAILURES: ReadonlySet<string> = new Set(['error', 'response.failed']);
/** Whether something of the answer itself has come: what only tells how the response stands neither ends the wait nor commits the reader. */
export const isResponseContent = ({ type }: ResponseStreamEvent): boolean =>
  !STATES.has(type) || LAST_STATES.has(type);

interface AnyEvent {
  readonly type: string;
  readonly sequence_number: number;
  readonly response?: unknown;
}

const isEvent = (value: unknown): value is AnyEvent =>
  isFields(value) && typeof value.type === 'string' && Number.isSafeInteger(value.sequence_number);

const isResponse = (value: unknown): boolean =>
  isFields(value) && typeof value.id === 'string' && Array.isArray(value.output);
