// What is asked over this protocol besides chat, loaded with its first call.
import type { StoredResponseTask } from '@g4f/core';
import { type Endpoint, lazyEndpoint } from '../endpoint.ts';

/** `POST {base}/responses`, for services that document it. */
export const responses: Endpoint<'respond'> = lazyEndpoint(
  async () => (await import('./respond.ts')).responsesEndpoint,
);

/** What stands below `{base}/responses/{id}`. @param tasks those that the service documents; all unless given */
export const storedResponses = (tasks?: readonly StoredResponseTask[]): Endpoint<'storedResponse'> =>
  lazyEndpoint(async () => (await import('./stored.ts')).storedEndpoint(tasks));
