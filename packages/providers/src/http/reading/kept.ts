// What a decoder has to keep of a stream until it can be handed out, which an answer without an end must not make endless.
import { G4FError, LIMITS } from '@g4f/core';
import type { RequestFacts } from '../failures/failure.ts';

/** What a piece of a text takes besides its characters while it is kept. */
export const KEPT_PIECE = 32;

/** The error above `LIMITS.keptCharacters`. */
export const tooMuchToKeep = ({ provider, model }: Pick<RequestFacts, 'provider' | 'model'>): G4FError =>
  new G4FError(
    `${provider}: the reasoning, calls and other fields of the answer are longer than the limit of ${LIMITS.keptCharacters} characters. Choose another provider.`,
    { code: 'bad-response', provider, model },
  );
