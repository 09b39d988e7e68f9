// The error for a response that is still being made where the answer should be.
import { G4FError } from '@g4f/core';
import { excerpt } from '../../http/failures/excerpt.ts';
import type { RequestFacts } from '../../http/failures/failure.ts';

/** It would be as unfinished again there, whether or not the caller's own fields asked for it; another service may answer. */
export const notWaitedFor = (status: unknown, asked: RequestFacts): G4FError =>
  new G4FError(
    `${asked.provider}: the response is only ${excerpt(String(status), asked)}, and is not waited for. Ask without "background", or choose another provider.`,
    { code: 'bad-response', scope: 'provider', provider: asked.provider, model: asked.model },
  );
