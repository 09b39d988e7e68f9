// A provider's method for an operation.
import { G4FError, type Operation, type Provider } from '@g4f/core';

/** The method, bound to its provider. @throws G4FError `invalid-request` if the provider has none. */
export const operationOf = <O extends Operation>(
  provider: Provider,
  operation: O,
): NonNullable<Provider[O]> => {
  const method: Provider[O] = provider[operation];
  if (method !== undefined) return method.bind(provider) as NonNullable<Provider[O]>;
  throw new G4FError(`${provider.id}: this backend cannot ${operation}. Choose another provider.`, {
    code: 'invalid-request',
    scope: 'provider',
    provider: provider.id,
  });
};
