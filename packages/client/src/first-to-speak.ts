// The first backend to speak keeps the floor: before the first content the next one may try, after it none may.
import {
  type Attempt as AttemptRecord,
  type Batch,
  type ChatRequest,
  type ErrorCode,
  G4FError,
  toG4FError,
} from '@g4f/core';
import type { Announce } from './announce.ts';
import { beginAttempt, toAbortError } from './attempt.ts';
import { quote } from './quote.ts';
import { type Candidate, findStandIn, type Route, type Unusable } from './route.ts';
import type { Settings } from './settings.ts';
import { speak } from './speak.ts';

/** What a call needs besides its route. */
export interface Call {
  /** The request as the caller made it; each candidate is asked for its own id of the model. */
  readonly request: ChatRequest;
  readonly settings: Settings;
  /** Aborted when the caller leaves or the total deadline passes. */
  readonly signal: AbortSignal;
  readonly announce: Announce;
}

/** Failures that another backend need not share; anything else would fail everywhere and ends the call. */
const MOVES_ON: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'auth',
  'bad-response',
  'model-not-found',
  'network',
  'no-provider',
  'payment-required',
  'rate-limit',
  'server',
  'stream-truncated',
  'timeout',
]);

/**
 * The answer of the first candidate that speaks, or of the stand-in if there is one.
 *
 * @throws G4FError a single candidate's own failure; `no-provider` with all `attempts` when several failed; the
 *   failure of the speaking backend, with `attempts`, once it has spoken.
 */
export async function* firstToSpeak(route: Route, call: Call): AsyncGenerator<Batch> {
  const failures: Failure[] = [];
  const unusable = [...route.unusable];
  for (const candidate of route.candidates) {
    const missing = await missingNow(candidate, call);
    if (missing !== undefined) {
      unusable.push({ id: candidate.backend.id, missing });
      continue;
    }
    const failure = yield* tryOne(candidate, call, failures);
    if (failure === undefined) return;
    failures.push(failure);
  }
  const error = nobodyAnswered(call.request.model, failures, unusable);
  const standIn = await standInFor(call, failures, unusable);
  if (standIn === undefined) throw error;
  call.announce(substitution(call.request.model, standIn, failures, unusable));
  const failure = yield* tryOne(standIn, call, failures);
  if (failure !== undefined) throw nobodyAnswered(call.request.model, [...failures, failure], unusable);
}

interface Failure {
  readonly error: G4FError;
  readonly record: AttemptRecord;
}

/** Yields what the candidate says; returns its failure if it failed before it had spoken and another may try. */
async function* tryOne(
  candidate: Candidate,
  call: Call,
  before: readonly Failure[],
): AsyncGenerator<Batch, Failure | undefined> {
  const began = performance.now();
  const attempt = beginAttempt(candidate, call.settings, call.signal);
  const request = { ...call.request, model: candidate.model };
  let spoken = false;
  try {
    for await (const batch of speak(candidate, request, attempt)) {
      spoken = true;
      yield batch;
    }
    return undefined;
  } catch (thrown) {
    const error = toG4FError(thrown, { code: 'bad-response', provider: candidate.backend.id });
    const failure = describe(candidate, error, began);
    if (!spoken && MOVES_ON.has(error.code) && !call.signal.aborted) return failure;
    throw before.length === 0 ? error : withAttempts(error, [...before, failure]);
  }
}

const describe = (candidate: Candidate, error: G4FError, began: number): Failure => ({
  error,
  record: {
    provider: candidate.backend.id,
    model: candidate.model,
    code: error.code,
    message: error.message,
    ms: Math.round(performance.now() - began),
  },
});

const withAttempts = (error: G4FError, failures: readonly Failure[]): G4FError =>
  G4FError.fromData({ ...error.toData(), attempts: failures.map(({ record }) => record) });

/** What is missing before a backend that nobody named can be asked: a local server that does not answer, a runtime. */
async function missingNow(candidate: Candidate, call: Call): Promise<string | undefined> {
  if (call.signal.aborted) throw toAbortError(call.signal);
  if (candidate.named) return undefined;
  const attempt = beginAttempt(candidate, call.settings, call.signal);
  try {
    const provider = await attempt.deadlines.wait(candidate.backend.load());
    if (provider.available === undefined) return undefined;
    return await attempt.deadlines.wait(provider.available(attempt.context));
  } catch (error) {
    if (call.signal.aborted) throw toAbortError(call.signal);
    return toG4FError(error, { code: 'bad-response' }).message;
  } finally {
    // What it asked in order to know is no longer waited for.
    attempt.abandon();
  }
}

/** The stand-in, unless there is none or it has been asked already. @throws G4FError why it cannot stand in. */
async function standInFor(
  call: Call,
  failures: readonly Failure[],
  unusable: readonly Unusable[],
): Promise<Candidate | undefined> {
  const { request, settings, signal } = call;
  const { fallback } = settings;
  if (fallback === undefined) return undefined;
  const { candidates, unusable: lacking } = await findStandIn(fallback, settings).catch((error: unknown) => ({
    candidates: [],
    unusable: [{ id: fallback, missing: toG4FError(error, { code: 'no-provider' }).message }],
  }));
  if (signal.aborted) throw toAbortError(signal);
  const [lack] = lacking;
  if (lack !== undefined) {
    const because = `the fallback ${quote(fallback)} cannot stand in: ${lack.missing}`;
    throw nobodyAnswered(request.model, failures, unusable, because);
  }
  return candidates.find(({ backend }) => failures.every(({ record }) => record.provider !== backend.id));
}

function substitution(
  model: string,
  standIn: Candidate,
  failures: readonly Failure[],
  unusable: readonly Unusable[],
): string {
  const why = [
    ...failures.map(({ record }) => `${record.provider} failed: ${record.code}`),
    ...unusable.map(({ id, missing }) => `${id}: ${missing}`),
  ].join('; ');
  const next = unusable.length > 0 ? 'Set what is missing' : 'Try again later';
  return `${quote(model)} is not available (${why}). ${standIn.backend.id} answers instead, with ${standIn.model}. ${next} to get the real one; without fallback and G4F_FALLBACK this is an error.`;
}

/** Up to this many failures are told in their own words. */
const FEW = 3;

/** @param because why not even the stand-in could be asked. */
function nobodyAnswered(
  model: string,
  failures: readonly Failure[],
  unusable: readonly Unusable[],
  because?: string,
): G4FError {
  const [only] = failures;
  // Its own code is what the caller can act on (wait, set a key), whoever else might have been asked.
  if (only !== undefined && failures.length === 1 && because === undefined) return only.error;
  const failed = failures.map(({ record }) => `${record.provider} (${record.code})`);
  const said = failures.map(({ record }, at) => `${failed[at]}: ${record.message}`);
  const told = [
    ...(failures.length > FEW ? [failed.join(', ')] : said),
    ...unusable.map(({ id, missing }) => `${id}: ${missing}`),
    ...(because === undefined ? [] : [because]),
  ];
  return new G4FError(`no backend could answer ${quote(model)}. ${told.join(' | ')}`, {
    code: 'no-provider',
    model,
    attempts: failures.map(({ record }) => record),
    cause: only?.error,
  });
}
