// A part of an answer where it is checked, and what is said of one that is wrong.
import { G4FError, type Operation, type Operations, truncated } from '@g4f/core';
import type { PartCheck } from '../attempt/read-parts.ts';

/** The operations whose answers have no stream grammar. */
export type PlainOperation = Exclude<Operation, 'chat'>;

/** A part as its provider gave it. */
export interface PartPlace<O extends PlainOperation> {
  readonly request: Operations[O]['request'];
  readonly provider: string;
  /** How many parts came before it. */
  readonly before: number;
}

/** Makes the check of one answer. @param provider who gives it, for the error */
export type CreateCheck<O extends PlainOperation> = (
  request: Operations[O]['request'],
  provider: string,
) => PartCheck;

/**
 * Each part by itself; there must be one.
 * @param check throws what is wrong with a part. @param isLast whether the answer may end after this part; after any, unless given.
 */
export const byParts =
  <O extends PlainOperation>(
    check: (part: unknown, place: PartPlace<O>) => void,
    isLast: (part: unknown, request: Operations[O]['request']) => boolean = () => true,
  ): CreateCheck<O> =>
  (request, provider) => {
    let before = 0;
    let isWhole = false;
    return {
      accept(part) {
        check(part, { request, provider, before });
        before += 1;
        isWhole = isLast(part, request);
      },
      end() {
        if (!isWhole) throw truncated(provider, { model: request.model });
      },
    };
  };

/** An answer that is not what was asked for. */
export const notThat = (what: string, { provider, request }: PartPlace<PlainOperation>): G4FError =>
  new G4FError(`${provider}: ${what}. Choose another provider.`, {
    code: 'bad-response',
    provider,
    model: request.model,
  });
