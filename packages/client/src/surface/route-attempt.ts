// What a call tells of those who were asked.
import type { AttemptReport } from '@g4f/core';

/** One provider that was asked in a call: it failed (`code`, `message`), or answers. Times in ms. */
export type RouteAttempt = Omit<AttemptReport, 'code' | 'message'> &
  Partial<Pick<AttemptReport, 'code' | 'message'>>;
