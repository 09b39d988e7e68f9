// What is asked over this protocol besides chat, loaded with its first call.
import { type Endpoint, lazyEndpoint } from '../endpoint.ts';

/** `POST {base}/responses`, for services that document it. */
export const responses: Endpoint<'respond'> = lazyEndpoint(
  async () => (await import('./respond.ts')).responsesEndpoint,
);
