// The checks that every provider must pass, as a list that any test framework can run.
import type { Provider } from '@g4f/core';
import { cancellationChecks } from './checks/cancellation.ts';
import type { Check, TestOptions } from './checks/check.ts';
import { factChecks } from './checks/facts.ts';
import { failureChecks } from './checks/failures.ts';
import { keyChecks } from './checks/key.ts';
import { lentChecks } from './checks/lent.ts';
import { embeddingChecks } from './checks/operations/embeddings.ts';
import { imageChecks } from './checks/operations/images.ts';
import { moderationChecks } from './checks/operations/moderations.ts';
import { responseChecks } from './checks/operations/responses.ts';
import { speechChecks } from './checks/operations/speech.ts';
import { storedResponseChecks } from './checks/operations/stored-responses.ts';
import { textCompletionChecks } from './checks/operations/text-completions.ts';
import { transcriptionChecks } from './checks/operations/transcriptions.ts';
import { tapeChecks } from './checks/tapes.ts';
import { standardTapes } from './tapes/standard-tapes.ts';
import type { Tape } from './tapes/tape.ts';

/**
 * Everything a provider owes its reader, offline: `it.each(testProvider(acme))('$name', ({ run }) => run())`.
 *
 * @param tapes what was recorded of it; the standard answers of its wire are played besides.
 */
export const testProvider = (
  provider: Provider,
  tapes: readonly Tape[] = [],
  options: TestOptions = {},
): readonly Check[] => {
  const checks = [
    ...factChecks(provider, options.file),
    ...(provider.chat === undefined ? [] : chatChecks(provider, tapes)),
    ...embeddingChecks(provider),
    ...moderationChecks(provider),
    ...responseChecks(provider),
    ...storedResponseChecks(provider),
    ...textCompletionChecks(provider),
    ...imageChecks(provider),
    ...speechChecks(provider),
    ...transcriptionChecks(provider),
  ];
  return checks.map(withoutSkipped);
};

function chatChecks(provider: Provider, tapes: readonly Tape[]): readonly Check[] {
  const all = [...tapes, ...standardTapes(provider.wire)];
  const streamed = all.find(
    ({ request, status, cut }) => request.stream && status === 200 && cut !== undefined,
  );
  const first = streamed ?? all.find(({ request, status }) => request.stream && status === 200);
  const read = all.flatMap((tape) => tapeChecks(provider, tape));
  if (first === undefined) {
    const skipped = 'nothing was recorded of it, and it speaks no wire that the kit knows';
    return [...read, { name: 'answers, failures, keys and leaving', skipped, run: async () => undefined }];
  }
  return [
    ...read,
    ...failureChecks(provider, first),
    ...cancellationChecks(provider, first),
    ...keyChecks(provider, first),
    ...lentChecks(provider, first),
  ];
}

/** Frameworks run what they are given: a check that says nothing of this provider passes. */
const withoutSkipped = (check: Check): Check =>
  check.skipped === undefined ? check : { ...check, run: async () => undefined };
