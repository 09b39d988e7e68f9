// What is said of a file that a service made and whose host does not give it: no key went there, so it says nothing of key or model.
import { G4FError } from '@g4f/core';
import { excerpt } from './excerpt.ts';
import type { RequestFacts } from './failure.ts';

/** The error for it, `bad-response` with the file's host. @param why what its host did: `it answered 403`. */
export const fileFailure = (asked: RequestFacts, why: string): G4FError => {
  const { provider, model, url } = asked;
  return new G4FError(
    `${provider}: the file at ${excerpt(new URL(url).host, asked, 100)} cannot be had: ${why}. Ask for its address and download it yourself, or choose another provider.`,
    { code: 'bad-response', provider, model },
  );
};
