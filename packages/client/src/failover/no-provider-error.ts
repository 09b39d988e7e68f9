// What is said when nobody answers: every provider that was asked, and every one that could have been.
import { G4FError, reworded } from '@g4f/core';
import { KEYLESS_HINTS } from '#platform/keyless-hint';
import type { CallContext } from '../attempt/call-context.ts';
import { failedOf } from '../attempt/call-log.ts';
import { quote } from '../errors/quote.ts';
import type { Candidate, Unusable } from '../routing/candidate.ts';
import { advice, type Failed, soonest } from './advice.ts';

/** Up to this many failures are told in their own words. */
const FEW = 3;

/** Why nobody could answer. */
export interface Failures {
  /** The last failure of each provider that was asked. */
  readonly failures: readonly Failed[];
  readonly unusable: readonly Unusable[];
  /** Why not even the fallback could be asked. */
  readonly because?: string;
}

/** The failure of the only provider that was asked, as it is; `no-provider` with all `attempts` otherwise. */
export const noProviderError = (
  { request, settings, log }: CallContext,
  { failures, unusable, because }: Failures,
): G4FError => {
  const attempts = failedOf(log.attempts);
  const [only] = failures;
  // Its own code is what the caller can act on (wait, set a key), whoever else might have been asked.
  if (only !== undefined && failures.length === 1 && because === undefined)
    return attempts.some(({ retries }) => retries !== undefined)
      ? reworded(only.error, only.error.message, { attempts })
      : only.error;
  const failed = attempts.map(({ provider, code }) => `${provider} (${code})`);
  const said = attempts.map(({ message }, at) => `${failed[at]}: ${message}`);
  const told = [
    ...(attempts.length > FEW ? [failed.join(', ')] : said),
    ...unusable.map(({ id, missing }) => `${id}: ${missing}`),
    ...(because === undefined ? [] : [because]),
  ];
  const why = told.join(' | ');
  const next = because === undefined ? nextStep(why, { failures, unusable }, request, settings.fallback) : '';
  const about = request.model === '' ? '' : ` ${quote(request.model)}`;
  return new G4FError(`no provider could answer${about}. ${why}${next}`, {
    // Who would have answered has ended the model: that is what the caller can act on.
    code:
      failures.length === 0 && unusable.some(({ ended }) => ended === true)
        ? 'model-not-found'
        : 'no-provider',
    model: request.model,
    retryAfterMs: soonest(failures),
    attempts,
    cause: only?.error,
  });
};

/** What to do next, as it follows on `why`. Why the fallback could not be asked would be advice already. */
function nextStep(
  why: string,
  { failures, unusable }: Failures,
  { operation, allowsFallback }: CallContext['request'],
  fallback: string | undefined,
): string {
  if (failures.length > 0) return `${/[.!?]$/.test(why) ? '' : '.'} ${capital(advice(failures, unusable))}.`;
  // Nobody could be asked at all: for a newcomer without a key that is the first thing that happens. Where the model has
  // ended, its successor is the advice.
  const isHelped =
    (allowsFallback && fallback !== undefined) ||
    unusable.some(({ id, ended }) => ended === true || id === 'local');
  return isHelped ? '' : (KEYLESS_HINTS[operation] ?? '');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The error that ends a call, knowing what was tried if that was more than once. */
export const withAllAttempts = (error: G4FError, { log }: Pick<CallContext, 'log'>): G4FError => {
  const attempts = failedOf(log.attempts);
  return attempts.length > 1 || attempts[0]?.retries !== undefined
    ? reworded(error, error.message, { attempts })
    : error;
};

/** What the person at the terminal is told when a fallback answers. */
export const fallbackNotice = (
  { request, log }: CallContext,
  standIn: Candidate,
  { failures, unusable }: Failures,
): string => {
  const why = [
    ...failedOf(log.attempts).map(({ provider, code }) => `${provider} failed: ${code}`),
    ...unusable.map(({ id, missing }) => `${id}: ${missing}`),
  ].join('; ');
  const next = capital(advice(failures, unusable));
  return `${quote(request.model)} is not available (${why}). ${standIn.backend.id} answers instead, with ${standIn.model}. ${next} to get the real one; without fallback and G4F_FALLBACK this is an error.`;
};
