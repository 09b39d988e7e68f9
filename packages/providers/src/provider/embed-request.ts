// A request for embeddings made fit for a service: what it does not take is refused before it is sent, or left out with a warning.
import { type EmbeddingRequest, G4FError } from '@g4f/core';
import type { EmbedFacts, EmbedFeature } from '../wires/embed-endpoint.ts';
import type { Warn } from '../wires/fit/warn.ts';

/** What a service takes; nothing is left to a default. */
export interface KnownEmbedFacts extends EmbedFacts {
  readonly takes: readonly EmbedFeature[];
}

/**
 * The request as the wire encodes it: without nulls, and with `encoding_format` only where base64 is to be asked for. A service
 * that documents base64 is always asked for it: the answer has a quarter of the bytes, and is read in a quarter of the time.
 *
 * @throws G4FError `invalid-request` of scope `provider` for lists of tokens and a size of vectors that it does not take.
 */
export function fitEmbedding(
  { model, input, dimensions, user, encoding_format: _, ...own }: EmbeddingRequest,
  id: string,
  { takes, fixedSize }: KnownEmbedFacts,
  warn: Warn,
): EmbeddingRequest {
  if (typeof input[0] !== 'string' && !takes.includes('tokens'))
    throw unfit(id, model, 'it takes texts, and no lists of tokens. Send the texts');
  if (dimensions != null && (!takes.includes('dimensions') || isFixed(model, fixedSize)))
    throw unfit(id, model, `the vectors of ${model} have one size. Leave dimensions out`);
  if (user != null && !takes.includes('user')) warn(`${id} does not take user: not sent.`);
  return {
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value != null)),
    model,
    input,
    ...(dimensions != null && { dimensions }),
    ...(user != null && takes.includes('user') && { user }),
    ...(takes.includes('base64') && { encoding_format: 'base64' }),
  };
}

/** `search` and not `test`: an expression of the caller's may be one that remembers where it was. */
const isFixed = (model: string, fixedSize: RegExp | undefined): boolean =>
  fixedSize !== undefined && model.search(fixedSize) !== -1;

const unfit = (provider: string, model: string, why: string): G4FError =>
  new G4FError(`${provider}: ${why}, or choose another provider.`, {
    code: 'invalid-request',
    scope: 'provider',
    provider,
    model,
  });
