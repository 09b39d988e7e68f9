// What to do when nobody answered: what helps follows from why each of them failed.
import { type ErrorCode, type G4FError, scopeOf } from '@g4f/core';
import { readableDuration } from '@g4f/core/internal';
import type { Candidate, Unusable } from '../routing/candidate.ts';

/** A candidate that was asked, and its last failure. */
export interface Failed {
  readonly candidate: Candidate;
  readonly error: G4FError;
}

/** What is wrong in one place, and what to do where no other helps. */
const OTHERWISE: Partial<Record<ErrorCode, string>> = {
  'model-not-found': 'ask models.list() for what is offered',
  'context-length': 'shorten the conversation',
};

/**
 * What the caller can do about it, as the beginning of a sentence: `try again in 8 s, or set a valid key (GROQ_API_KEY)`.
 * What passes by itself comes first, because it needs nothing but time.
 */
export const advice = (failed: readonly Failed[], unusable: readonly Unusable[]): string => {
  const passing = failed.filter(({ error }) => error.retryable);
  const keys = failed.filter(({ error }) => error.code === 'auth' && scopeOf(error) === 'key');
  const bills = failed.filter(({ error }) => error.code === 'payment-required');
  const steps = [
    ...(passing.length > 0 ? [again(passing)] : []),
    ...(keys.length > 0 ? [`set a valid key (${listOf(keys.map(sourceOfKey))})`] : []),
    ...(bills.length > 0 ? [`check the plan and billing of ${listOf(bills.map(idOf))}`] : []),
    ...(unusable.length > 0 ? ['set what is missing'] : []),
  ];
  if (steps.length > 0) return steps.slice(0, 2).join(', or ');
  const [other] = failed.flatMap(({ error }) => OTHERWISE[error.code] ?? []);
  return other ?? 'choose another provider';
};

/** After how many ms the first of them may answer, where all whose failure may pass have told when. */
export function soonest(failed: readonly Failed[]): number | undefined {
  const passing = failed.filter(({ error }) => error.retryable);
  const told = waitsOf(passing);
  return told.length > 0 && told.length === passing.length ? Math.min(...told) : undefined;
}

const waitsOf = (failed: readonly Failed[]): readonly number[] =>
  failed.flatMap(({ error }) => error.retryAfterMs ?? []);

function again(passing: readonly Failed[]): string {
  const ms = soonest(passing);
  return ms === undefined || ms === 0 ? 'try again later' : `try again in ${readableDuration(ms)}`;
}

const idOf = ({ candidate }: Failed): string => candidate.backend.id;

/** Where its key is to be set: in its variable, unless the caller gave one. */
const sourceOfKey = ({ candidate: { backend, apiKey } }: Failed): string =>
  apiKey === undefined && backend.env !== undefined && backend.env.length > 0
    ? backend.env.join(' or ')
    : `the apiKey of ${backend.id}`;

const listOf = (names: readonly string[]): string => [...new Set(names)].join(', ');
