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
  for (const operation of OPERATIONS) {
    if (operation === 'chat' || operation === 'embed') continue;
    const able = readOperation(spoken, given, operation);
    if (able === undefined) continue;
    methods[operation] = able.method;
    if (able.models !== undefined) modelsFor[operation] = able.models;
  }
  return { methods, modelsFor };
}

function readOperation<O extends OtherOperation>(spoken: Spoken, given: OtherOperations, operation: O) {
  const facts: OperationFacts<O> | undefined = given[operation];
  if (facts === undefined) return undefined;
  const { models, endpoint } = ownFields(facts);
  return { models, method: methodOf(spoken, endpoint) };
}

const methodOf = <O extends OtherOperation>(spoken: Spoken, endpoint: Endpoint<O>) =>
  async function* (
    request: Operations[O]['request'],
    context: Context,
  ): AsyncGenerator<Operations[O]['part']> {
    const { overEndpoint } = await import('./endpoint-over-wire.ts');
    yield* overEndpoint(spoken, endpoint, request, context);
  };
