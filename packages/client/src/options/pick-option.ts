// From which of three places an option of a call is taken: the call, its parameters, or its client.

import type { CallOptions, ClientOptions, ParamOptions } from '../surface/options.ts';
import { isFields } from './plain-value.ts';

type Name = keyof CallOptions;

/** The value of an option; undefined and null are not set. */
export interface PickOption {
  (name: Name): unknown;
  /** What the client gave that counts for this call. */
  readonly ofClient: (name: Name) => unknown;
  readonly ofCall: (name: Name) => unknown;
  /** See {@link Owned}. */
  readonly owned: Owned;
}

/**
 * Whether the program says itself for whom a key, and headers, without an id are: by a provider or an address beside them.
 * What is named among the parameters, which may be an end user's, or by a model's name alone does not get them.
 */
export interface Owned {
  readonly apiKey: boolean;
  readonly headers: boolean;
}

/**
 * A call's options over those among its parameters, over the client's. But what a client gave for its own provider (one
 * key, one address, fields of its body) is not for another that a call names: a key must not reach a service it was not given for.
 */
export const pickOption = (client: ClientOptions, inParams: ParamOptions, call: CallOptions): PickOption => {
  const ofCall = (name: Name): unknown => own(call, name) ?? own(inParams, name);
  const [mine, named] = [own(client, 'provider'), own(call, 'provider') ?? own(inParams, 'provider')];
  const isAnother = named != null && mine != null && !isSame(named, mine);
  const ofClient = (name: Name): unknown => {
    const value = own(client, name);
    return isAnother && isForOne(name, value) ? undefined : value;
  };
  const pick = (name: Name): unknown => ofCall(name) ?? ofClient(name) ?? undefined;
  const isClients = (mine ?? ofClient('baseURL')) != null && !isAnother;
  // A key of the client's is for its own address, where it named no provider.
  const byClient = isClients && (mine != null || ofCall('baseURL') == null);
  const byCall = isClients || own(call, 'provider') != null || ofCall('baseURL') != null || isCode(named);
  const owned = {
    apiKey: ofCall('apiKey') == null ? byClient : byCall,
    headers: (!isForOne('headers', ofClient('headers')) || byClient) && (ofCall('headers') == null || byCall),
  };
  return Object.assign(pick, { ofClient, ofCall, owned });
};

/** What somebody put on `Object.prototype` is no option. */
const own = (given: Readonly<Partial<Record<Name, unknown>>>, name: Name): unknown =>
  Object.hasOwn(given, name) ? given[name] : undefined;

/** Keys and headers by provider ids say themselves for whom they are. */
const isForOne = (name: Name, value: unknown): boolean =>
  name === 'baseURL' ||
  name === 'extraBody' ||
  (name === 'apiKey' && (typeof value === 'string' || Array.isArray(value))) ||
  (name === 'headers' && isFields(value) && !Object.values(value).some(isFields));

function isSame(one: unknown, other: unknown): boolean {
  const [ones, others] = [listOf(one), listOf(other)];
  return ones.length === others.length && ones.every((choice, at) => choice === others[at]);
}

/** An object is the program's, wherever it stands. */
const isCode = (choice: unknown): boolean =>
  listOf(choice).every((item) => typeof item === 'object' && item !== null);

const listOf = (choice: unknown): readonly unknown[] =>
  (Array.isArray(choice) ? choice : [choice]).map((item: unknown) =>
    item instanceof URL ? item.href : item,
  );
