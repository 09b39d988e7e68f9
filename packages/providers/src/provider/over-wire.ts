// A service that speaks a wire, as a provider: its facts, and the operations that its wire has for it.
import { type ChatFeature, defineProvider, G4FError, type Provider } from '@g4f/core';
import { withoutEnd } from '@g4f/core/internal';
import { bringKey } from '../http/transport/given-headers.ts';
import type { EmbedFacts } from '../wires/embed-endpoint.ts';
import type { OtherOperation, OtherOperations } from '../wires/endpoint.ts';
import type { ChatWire, Quirks, Wire } from '../wires/wire.ts';
import { chatOverWire } from './chat-over-wire.ts';
import { listOverWire } from './list-over-wire.ts';
import { otherOperations } from './other-operations.ts';
import { ownFields } from './own-fields.ts';
import { createAddresses, type Spoken } from './prepare-request.ts';

/** The facts of a service; what is left out has the default that suits one's own endpoint. */
export interface ServiceOptions extends OtherOperations {
  /** Its address up to, not including, the path that the wire adds. */
  readonly baseURL: string;
  /** `custom` unless given. */
  readonly id?: string;
  readonly name?: string;
  readonly website?: string;
  /** `required` if `env` names a variable and no `apiKey` is given, `optional` otherwise. */
  readonly key?: Provider['key'];
  /** Variables that may hold the key. */
  readonly env?: readonly string[];
  /** Variables that may hold another address, besides `<ID>_BASE_URL`: those of an account that several providers share. */
  readonly baseURLEnv?: readonly string[];
  /** The field of `usage` in which its documentation has the cost of a request; none unless given. */
  readonly costField?: Provider['costField'];
  /** The key, unless the call gives another. */
  readonly apiKey?: string;
  /** What its chat takes besides text; all that the wire has a place for, unless given. */
  readonly features?: readonly ChatFeature[];
  /** Model families it chats with → its own id. */
  readonly models?: Readonly<Record<string, string>>;
  /** Its embeddings; a service without an `id` has those of its wire, and one with an `id` has none, unless given. */
  readonly embed?: EmbedFacts;
  readonly quirks?: Quirks;
  readonly available?: Provider['available'];
  /** Lists its models otherwise than the wire does. */
  readonly listModels?: Provider['listModels'];
}

/** A provider that can chat and list its models. */
export type Service = Provider & Required<Pick<Provider, 'chat' | 'listModels'>>;

/**
 * A provider over a wire.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const overWire = (wire: ChatWire, options: ServiceOptions): Service => {
  const { facts, spoken, given } = read(wire, options);
  return defineProvider({
    ...facts,
    ...operationsOf(spoken, given),
    features: given.features ?? wire.features,
    models: given.models ?? {},
    chat: chatOverWire(spoken, wire.endpoints.chat),
    listModels: given.listModels ?? listOverWire(spoken),
  });
};

/**
 * A provider over a wire that cannot chat, or of which it has the other operations alone.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const withoutChat = (wire: Wire, options: Omit<ServiceOptions, 'features' | 'models'>): Provider => {
  const { facts, spoken, given } = read(wire, options);
  const { available: _, ...able } = { ...facts, ...operationsOf(spoken, given), models: {} };
  return defineProvider({ ...able, ...(given.listModels !== undefined && { listModels: given.listModels }) });
};

/** What it can do besides chat, as its options say. @throws G4FError where its wire has no embeddings */
function operationsOf(
  spoken: Spoken,
  given: ServiceOptions,
): Pick<Provider, 'embed' | 'modelsFor' | OtherOperation> {
  const hasThose = given.id === undefined && spoken.wire.endpoints.embed !== undefined;
  const embed = given.embed ?? (hasThose ? {} : undefined);
  const { methods, modelsFor } = otherOperations(spoken, given);
  const all = { ...(embed?.models !== undefined && { embed: embed.models }), ...modelsFor };
  return {
    ...methods,
    ...(embed !== undefined && { embed: embedding(spoken, ownFields(embed)) }),
    ...(Object.keys(all).length > 0 && { modelsFor: all }),
  };
}

/** @throws G4FError where neither the wire nor the service has embeddings. */
function embedding(spoken: Spoken, facts: EmbedFacts): NonNullable<Provider['embed']> {
  const endpoint = facts.endpoint ?? spoken.wire.endpoints.embed;
  if (endpoint === undefined)
    throw new G4FError(
      `provider ${JSON.stringify(spoken.facts.id)}: embed must be left out: ${spoken.wire.name} has no embeddings.`,
      { code: 'invalid-request' },
    );
  return async function* (request, context) {
    // Loaded with the first call: a program that chats does without.
    const { embedOverWire } = await import('./embed-over-wire.ts');
    yield await embedOverWire(spoken, endpoint, facts, request, context);
  };
}

/** What of the options is the same whatever the service can do. */
function read(wire: Wire, options: ServiceOptions) {
  const given = ownFields(options ?? {});
  const { id = 'custom', name = id, env, baseURLEnv, costField, apiKey, available } = given;
  const quirks = ownFields(given.quirks ?? {});
  const baseURL = withoutEnd(String(given.baseURL ?? '').trim(), '/');
  const key = given.key ?? (env === undefined || apiKey !== undefined ? 'optional' : 'required');
  const bringsKey = apiKey !== undefined || bringKey(quirks.headers);
  const asked = { id, key, baseURL, ...(env !== undefined && { env }) };
  const spoken: Spoken = { wire, facts: { ...asked, apiKey }, quirks, addressOf: createAddresses(wire) };
  const facts = {
    ...asked,
    ...(bringsKey && { bringsKey }),
    ...(baseURLEnv !== undefined && { baseURLEnv }),
    ...(costField !== undefined && { costField }),
    name,
    website: given.website ?? baseURL,
    wire: wire.name,
    ...(available !== undefined && { available }),
  };
  return { facts, spoken, given };
}
