// What is said of an image that a service made and does not give, or did not make, because of what it shows.
import { G4FError } from '@g4f/core';
import type { RequestFacts } from '../../http/failures/failure.ts';

/** The error for it. @param how the service's own word. */
export const filtered = (how: string, { provider, model }: RequestFacts): G4FError =>
  new G4FError(
    `${provider}: the image was withheld (${how}). Change the request: the service refuses its content.`,
    {
      code: 'content-filter',
      provider,
      model,
    },
  );
