// A part of an answer where it is checked, and what is said of one that is wrong.
import { G4FError, type Operation, type Operations } from '@g4f/core';

/** The operations whose answers have no stream grammar. */
export type PlainOperation = Exclude<Operation, 'chat'>;

/** A part as its provider gave it. */
export interface PartPlace<O extends PlainOperation> {
  readonly request: Operations[O]['request'];
  readonly provider: string;
  /** How many parts came before it. */
  readonly before: number;
}

/** An answer that is not what was asked for. */
export const notThat = (what: string, { provider, request }: PartPlace<PlainOperation>): G4FError =>
  new G4FError(`${provider}: ${what}. Choose another provider.`, {
    code: 'bad-response',
    provider,
    model: request.model,
  });
