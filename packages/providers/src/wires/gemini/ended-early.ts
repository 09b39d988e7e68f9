// The error for sound, or for what was heard in it, that a filter or a limit has cut: half of it is not what was asked for.
import { G4FError } from '@g4f/core';
import { failureInside, type RequestFacts } from '../../http/failures/failure.ts';

/** @param what the answer is. @param reason how it ended, of `finish`. */
export const endedEarly = (
  what: 'sound' | 'transcription',
  reason: string,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): G4FError => {
  const message = `the ${what} ended before it was whole (${reason})`;
  if (reason === 'content_filter') return failureInside({ message, labels: reason }, asked, headers);
  const { provider, model } = asked;
  const input = what === 'sound' ? 'text' : 'recording';
  // The same input would be cut again; others take more.
  return new G4FError(`${provider}: ${message}. Give a shorter ${input}, or choose another provider.`, {
    code: 'context-length',
    scope: 'provider',
    provider,
    model,
  });
};
