// What the end of a call tells.
import type { CallEvents } from '@g4f/client';

type Attempt = CallEvents['g4f:finish']['attempts'][number];

/** The attempt that answered; undefined if none did. */
export const answerOf = ({ provider, attempts }: CallEvents['g4f:finish']): Attempt | undefined =>
  provider === undefined ? undefined : attempts.findLast((attempt) => attempt.provider === provider);

/** A count that a service can mean; undefined for all else. */
export const countOf = (tokens: number | null | undefined): number | undefined =>
  typeof tokens === 'number' && Number.isSafeInteger(tokens) && tokens >= 0 ? tokens : undefined;
