// The inputs of a request for embeddings, cut into the batches that a service takes, and a few of them sent at once.
import type { Context, EmbeddingInput, EmbeddingRequest } from '@g4f/core';
import type { EmbedFacts } from '../wires/embed-endpoint.ts';

/** Where a service documents no number. */
const MOST_INPUTS = 96;
/** How many requests of one call are under way at once. */
const AT_ONCE = 4;
/**
 * The bytes of an answer that a batch is made for: to read so many blocks the program for some 25 ms. An answer may have four
 * times as many (`LIMITS.answerBytes`), because sizes of vectors are not known and some services write blanks between numbers.
 */
const ANSWER_BYTES = 4 * 1024 * 1024;
/** Numbers of a vector, where the caller names none. */
const NUMBERS = 2048;
/** Bytes of one number in an answer. */
const NUMBER_BYTES = 20;
/** In base64 it is 6; some servers ignore that it was asked for, and their answer has to stay within its limit as well. */
const BASE64_BYTES = 12;

/** The inputs in order, in batches that the service takes. */
export function batchesOf(
  { input, dimensions = NUMBERS, encoding_format }: EmbeddingRequest,
  { maxInputs = MOST_INPUTS, maxTokens = Number.POSITIVE_INFINITY }: EmbedFacts,
): readonly EmbeddingInput[] {
  const vectorBytes = dimensions * (encoding_format === 'base64' ? BASE64_BYTES : NUMBER_BYTES);
  const most = Math.max(1, Math.min(maxInputs, Math.floor(ANSWER_BYTES / vectorBytes)));
  const batches: EmbeddingInput[] = [];
  let from = 0;
  let tokens = 0;
  for (const [at, { length }] of input.entries()) {
    if (at > from && (at - from === most || tokens + length > maxTokens)) {
      batches.push(input.slice(from, at));
      from = at;
      tokens = 0;
    }
    tokens += length;
  }
  return [...batches, input.slice(from)];
}

/**
 * The results of all jobs in their order. One of several that fails is run again as the caller allows; the first failure that
 * stays stops the others, and is thrown.
 *
 * @param run gives one job up when its signal is aborted; there is none where there is one job.
 */
export async function runAll<Job, Result>(
  jobs: readonly Job[],
  run: (job: Job, signal: AbortSignal | undefined) => Promise<Result>,
  { signal, retryDelayMs }: Pick<Context, 'signal' | 'retryDelayMs'>,
): Promise<readonly Result[]> {
  const [only] = jobs;
  if (only !== undefined && jobs.length === 1) return [await run(only, undefined)];
  const controller = new AbortController();
  const over = AbortSignal.any([signal, controller.signal]);
  const results: Result[] = [];
  const left = jobs.entries();
  const work = async (): Promise<void> => {
    for (const [at, job] of left) {
      if (over.aborted) return;
      results[at] = await runAgain(() => run(job, over), over, retryDelayMs);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, jobs.length) }, work));
  } catch (failure) {
    controller.abort(failure);
    throw failure;
  }
  return results;
}

/** What it gives; where it fails it is run again as often as `delayMs` allows. */
export async function runAgain<Result>(
  run: () => Promise<Result>,
  over: AbortSignal,
  delayMs: Context['retryDelayMs'],
): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await run();
    } catch (error) {
      const ms = over.aborted ? undefined : delayMs?.(error, retries);
      if (ms === undefined) throw error;
      await pause(ms, over);
      if (over.aborted) throw error;
    }
  }
}

const pause = (ms: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      over.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    over.addEventListener('abort', done);
  });
