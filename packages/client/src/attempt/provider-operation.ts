// Asks a provider for an operation.
import { type Context, G4FError, type Operation, type Operations, type Provider } from '@g4f/core';
import { isAsyncIterable } from '@g4f/core/internal';
import { VERBS } from '../errors/verbs.ts';

/**
 * What the provider answers, as it comes.
 * @throws G4FError `invalid-request` if it has no such method; `internal` if what this returns is no stream.
 */
export function askProvider<O extends Operation>(
  provider: Provider,
  operation: O,
  request: Operations[O]['request'],
  context: Context,
): AsyncIterator<Operations[O]['part']> {
  const method: OperationMethod<O> | undefined = provider[operation] as OperationMethod<O> | undefined;
  if (method === undefined) throw cannot(provider, operation);
  const parts: unknown = method.call(provider, request, context);
  // What they are is for the check of the operation to say.
  if (isAsyncIterable(parts)) return (parts as AsyncIterable<Operations[O]['part']>)[Symbol.asyncIterator]();
  // An `async` method gives a promise: if it rejects, nobody else would hear of it.
  if (parts instanceof Promise) parts.catch(() => undefined);
  throw new G4FError(
    `${provider.id}: ${operation}() must return an async iterable, as a generator does (async *${operation}). Report it to the author of this provider.`,
    { code: 'internal', provider: provider.id },
  );
}

type OperationMethod<O extends Operation> = (
  request: Operations[O]['request'],
  context: Context,
) => AsyncIterable<Operations[O]['part']>;

const cannot = ({ id }: Provider, operation: Operation): G4FError =>
  new G4FError(`${id}: this provider cannot ${VERBS[operation]}. Choose another provider.`, {
    code: 'invalid-request',
    scope: 'provider',
    provider: id,
  });
