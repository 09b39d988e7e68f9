// The error for a failure that a service reports inside its answer, in whatever form.
import type { G4FError } from '@g4f/core';
import { failureInside, type RequestFacts } from '../../http/failures/failure.ts';
import { readServiceError } from '../../http/failures/service-error.ts';

/** Whether the field tells of a failure: an object in which nothing is said does not. */
export const saysError = (error: unknown): boolean =>
  typeof error === 'object' ? Object.values(error ?? {}).some(Boolean) : Boolean(error);

/** @param value the payload that holds the failure, or the failure itself. */
export const reportedFailure = (
  value: unknown,
  asked: RequestFacts,
  headers: Readonly<Record<string, string>>,
): G4FError =>
  failureInside(
    readServiceError(value) ?? { message: 'the service reported an error', labels: '' },
    asked,
    headers,
  );
