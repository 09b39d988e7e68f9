// An error that happened in the worker, thrown in the calling thread.
import { type ErrorData, G4FError } from '@g4f/core';
import { withCallerStack } from '../errors/caller-stack.ts';

/**
 * The same G4FError as in the worker. Its stack names the caller's line first, then where it happened in the worker.
 *
 * @param text the error as JSON of ErrorData.
 * @param below the function that throws it: the stack begins at that function's caller.
 */
export const reviveError = (text: string, below: (...given: never[]) => unknown): unknown =>
  withCallerStack(G4FError.fromData(JSON.parse(text) as ErrorData), below);
