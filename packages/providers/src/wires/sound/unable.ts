// What a service cannot do with sound, told before it is asked: another provider may.
import { G4FError } from '@g4f/core';

/** @param what the parameter, and what the service takes. */
export const unable = (provider: string, model: string, what: string): G4FError =>
  new G4FError(`${provider}: ${what}, or choose another provider.`, {
    code: 'invalid-request',
    scope: 'provider',
    provider,
    model,
  });
