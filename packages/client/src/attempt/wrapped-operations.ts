// A provider with something around each of its operations: what a wrap for all operations alike is made of.
import {
  type Context,
  OPERATIONS,
  type Operation,
  type Operations,
  type Provider,
  type ProviderOperations,
} from '@g4f/core';
import { askProvider } from './provider-operation.ts';

/** One request to a provider, as what stands around its operations sees it. */
export interface ProviderCall<O extends Operation = Operation> {
  readonly provider: Provider;
  readonly operation: O;
  readonly request: Operations[O]['request'];
  readonly context: Context;
}

/** Carries out a request, most often by `ask`, which gives the parts of the provider's own answer and may be called once. */
export type AroundOperation = <O extends Operation>(
  call: ProviderCall<O>,
  ask: () => AsyncIterable<Operations[O]['part']>,
) => AsyncIterable<Operations[O]['part']>;

/** The same, its fields open to be set. */
export type Open<Shape> = { -readonly [Name in keyof Shape]: Shape[Name] };

/** The provider, each of its operations carried out through `around`. */
export const withAround = (provider: Provider, around: AroundOperation): Provider => {
  const wrapped: Open<ProviderOperations> = {};
  const put = <O extends Operation>(operation: O): void => {
    const asked = (
      request: Operations[O]['request'],
      context: Context,
    ): AsyncIterable<Operations[O]['part']> =>
      around({ provider, operation, request, context }, () => ({
        [Symbol.asyncIterator]: () => askProvider(provider, operation, request, context),
      }));
    // That a method is of its operation's types is lost where the table is read by a name.
    wrapped[operation] = asked as ProviderOperations[O];
  };
  for (const operation of OPERATIONS) if (provider[operation] !== undefined) put(operation);
  return { ...provider, ...wrapped };
};
