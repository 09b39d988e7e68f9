// The parts that a provider answers with, for operations without a grammar of their own.

import { G4FError, type Operation, type Operations } from '@g4f/core';
import { providerOf } from '../catalog/provider-entry.ts';
import { toProviderError } from '../errors/provider-error.ts';
import type { Candidate } from '../routing/candidate.ts';
import { closeParts } from './close-parts.ts';
import { askProvider } from './provider-operation.ts';
import type { RequestScope } from './request-scope.ts';

/** Hears the parts of one answer in order. */
export interface PartCheck {
  /** @throws G4FError `bad-response` for a part that has no right to be there. */
  accept(part: unknown): void;
  /** @throws G4FError `stream-truncated` when the answer ends before it is whole. */
  end(): void;
}

/**
 * Asks the provider, and hands on what it answers, part by part. Its deadlines count; leaving stops it.
 *
 * @param check is given each part, and told the end; it throws what is wrong.
 * @param isContent whether the wait for the first content is over.
 * @throws G4FError whatever went wrong, without secrets; `bad-response` when there is no part.
 */
export async function* readParts<O extends Exclude<Operation, 'chat'>>(
  operation: O,
  { backend }: Pick<Candidate, 'backend'>,
  request: Operations[O]['request'],
  scope: RequestScope,
  check: PartCheck,
  isContent: (part: Operations[O]['part']) => boolean = () => true,
): AsyncGenerator<Operations[O]['part'], undefined> {
  const { deadlines } = scope;
  let parts: AsyncIterator<Operations[O]['part']> | undefined;
  let isOver = false;
  try {
    deadlines.enter('prepare');
    const provider = await deadlines.wait(Promise.resolve(providerOf(backend)));
    deadlines.enter('first-content');
    parts = askProvider(provider, operation, request, scope.contextForSeveral(operation === 'image'));
    let count = 0;
    for (;;) {
      const read = await deadlines.wait(parts.next());
      if (read.done) break;
      check.accept(read.value);
      count += 1;
      if (isContent(read.value)) deadlines.contentCame();
      yield read.value;
    }
    if (count === 0) throw nothingSaid(backend.id);
    check.end();
    isOver = true;
    scope.close();
    return undefined;
  } catch (thrown) {
    throw toProviderError(thrown, scope.secrets, { model: request.model, received: scope.received });
  } finally {
    if (!isOver) {
      scope.abandon();
      void closeParts(parts);
    }
  }
}

const nothingSaid = (provider: string): G4FError =>
  new G4FError(`${provider}: the answer is empty. Try again or choose another provider.`, {
    code: 'bad-response',
    provider,
  });
