// The operations of a service besides chat and embeddings, each carried out by its endpoint. What they need is loaded with their first call.
import { type Context, OPERATIONS, type Operations, type Provider } from '@g4f/core';
import type { Endpoint, OperationFacts, OtherOperation, OtherOperations } from '../wires/endpoint.ts';
import { ownFields } from './own-fields.ts';
import type { Spoken } from './prepare-request.ts';

/** What a provider has of these operations. */
export interface OtherMethods {
  readonly methods: Pick<Provider, OtherOperation>;
  readonly modelsFor: NonNullable<Provider['modelsFor']>;
}

/** The methods of a service for the operations among these options, and its models for them. */
export function otherOperations(spoken: Spoken, given: OtherOperations): OtherMethods {
  const methods: Record<string, unknown> = {};
  const modelsFor: Record<string, Readonly<Record<string, string>>> = {};
  const add = <O extends OtherOperation>(operation: O): void => {
    const facts: OperationFacts<O> | undefined = given[operation];
    if (facts === undefined) return;
    const { models, endpoint } = ownFields(facts);
    methods[operation] = methodOf(spoken, endpoint);
    if (models !== undefined) modelsFor[operation] = models;
  };
  for (const operation of OPERATIONS) if (operation !== 'chat' && operation !== 'embed') add(operation);
  return { methods, modelsFor };
}

const methodOf = <O extends OtherOperation>(
  spoken: Spoken,
  endpoint: Endpoint<O>,
): ((request: Operations[O]['request'], context: Context) => AsyncIterable<Operations[O]['part']>) =>
  async function* (request, context) {
    const { overEndpoint } = await import('./endpoint-over-wire.ts');
    yield* overEndpoint(spoken, endpoint, request, context);
  };
