// Why an answer cannot be read.
import { G4FError } from '@g4f/core';
import type { ResponseHeaders } from '../../surface/received.ts';

/** Who answered, and what came before the answer. */
interface WhoAnswered {
  readonly provider?: string;
  readonly model: string;
  readonly _request_id?: string | null;
  readonly _headers?: ResponseHeaders;
}

/** What is wrong with an answer. */
interface Wrong {
  readonly what: string;
  readonly code: 'bad-response' | 'content-filter';
  /** Whether every provider would do the same. */
  readonly scope?: 'request';
}

/** @param text what the model wrote. */
export function parseFailure(
  { provider, model, _request_id: requestId, _headers: headers }: WhoAnswered,
  text: string | null,
  { what, code, scope }: Wrong,
): G4FError {
  return new G4FError(`${provider}: ${what}`, {
    code,
    scope,
    provider,
    model,
    requestId: requestId ?? undefined,
    headers,
    answerText: text ?? undefined,
  });
}

/** An answer that was cut. @param told how it says so. @param raise the parameter that moves the limit. */
export const cutAnswer = (told: string, raise: string): Wrong => ({
  what: `the answer was cut at its limit of tokens (${told}), so it cannot be parsed. Raise ${raise}.`,
  code: 'bad-response',
  scope: 'request',
});

/** An answer that was stopped. @param told how it says so. */
export const filteredAnswer = (told: string): Wrong => ({
  what: `the answer was stopped by a content filter (${told}), so it cannot be parsed.`,
  code: 'content-filter',
});

/** The answer with other fields; what was received before it stands beside them, and is not copied by its fields. */
export const withFieldsOf = <T extends object>(made: T, answer: object): T => {
  for (const key of Reflect.ownKeys(answer)) {
    const descriptor = Object.getOwnPropertyDescriptor(answer, key);
    if (descriptor?.enumerable === false) Object.defineProperty(made, key, descriptor);
  }
  return made;
};
