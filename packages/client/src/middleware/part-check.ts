// Whether parts that no provider has said are an answer: those of a middleware, and those that were kept.
import { type Batch, createGrammar, G4FError, type Operation, type Operations } from '@g4f/core';
import type { PartCheck } from '../attempt/read-parts.ts';
import { speechCheck } from '../audio/check-speech.ts';
import { transcriptionCheck } from '../audio/check-transcription.ts';
import { textCheck } from '../completions/check-text.ts';
import { vectorCheck } from '../embeddings/check-vectors.ts';
import { imageCheck } from '../images/check-images.ts';
import { moderationCheck } from '../moderations/check-moderation.ts';
import { createResponseGrammar } from '../responses/response-grammar.ts';
import { storedCheck } from '../stored-responses/check-stored.ts';
import { isEvent } from './event-shape.ts';

type Checks = {
  readonly [O in Operation]: (request: Operations[O]['request'], who: string) => PartCheck;
};

/** How the answer of each operation is checked. @param who gives it, for the error */
const CHECKS: Checks = {
  chat(_request, who) {
    const grammar = createGrammar(who);
    return {
      accept(part) {
        if (!isBatch(part)) throw malformed(who, 'a list of stream events');
        for (const event of part) grammar.accept(event);
      },
      end: () => grammar.end(),
    };
  },
  embed: vectorCheck,
  moderate: moderationCheck,
  respond({ stream }, who) {
    const grammar = createResponseGrammar(who, stream);
    return {
      accept(part) {
        if (!Array.isArray(part)) throw malformed(who, 'a list of events');
        for (const event of part) grammar.accept(event);
      },
      end: () => grammar.end(),
    };
  },
  storedResponse: storedCheck,
  complete: textCheck,
  image: imageCheck,
  speech: speechCheck,
  transcribe: transcriptionCheck,
};

/** A check of one answer to this request. */
export const createPartCheck = <O extends Operation>(
  operation: O,
  request: Operations[O]['request'],
  who: string,
): PartCheck => {
  const create: (request: Operations[O]['request'], who: string) => PartCheck = CHECKS[operation];
  return create(request, who);
};

const isBatch = (part: unknown): part is Batch => Array.isArray(part) && part.every(isEvent);

const malformed = (who: string, expected: string): G4FError =>
  new G4FError(`${who}: ${expected} was expected.`, { code: 'bad-response' });
