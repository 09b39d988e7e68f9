// From which of three places an option of a call is taken: the call, its parameters, or its client.
import { isFields } from './plain-value.ts';
import type { CallOptions, ClientOptions } from './surface.ts';

/** The value of an option; undefined and null are not set. */
export interface PickOption {
  (name: keyof CallOptions): unknown;
  /** What the client gave that counts for this call. */
  readonly ofClient: (name: keyof CallOptions) => unknown;
  readonly ofCall: (name: keyof CallOptions) => unknown;
}

/**
 * A call's options over those among its parameters, over the client's. But what a client gave for its own backend (one
 * key, one address, fields of its body) is not for another that a call names: a key must not reach a service it was not given for.
 */
export const pickOption = (client: ClientOptions, inParams: CallOptions, call: CallOptions): PickOption => {
  const ofCall = (name: keyof CallOptions): unknown => own(call, name) ?? own(inParams, name);
  const named = own(call, 'provider') ?? own(inParams, 'provider');
  const isAnother = named != null && client.provider != null && !isSame(named, client.provider);
  const ofClient = (name: keyof CallOptions): unknown =>
    isAnother && isForOne(name, client[name]) ? undefined : client[name];
  const pick = (name: keyof CallOptions): unknown => ofCall(name) ?? ofClient(name) ?? undefined;
  return Object.assign(pick, { ofClient, ofCall });
};

/** What somebody put on `Object.prototype` is no option. */
const own = <N extends keyof CallOptions>(given: CallOptions, name: N): CallOptions[N] | undefined =>
  Object.hasOwn(given, name) ? given[name] : undefined;

/** Keys and headers by backend ids say themselves for whom they are. */
const isForOne = (name: keyof CallOptions, value: unknown): boolean =>
  name === 'baseURL' ||
  name === 'extraBody' ||
  (name === 'apiKey' && (typeof value === 'string' || Array.isArray(value))) ||
  (name === 'headers' && isFields(value) && !Object.values(value).some(isFields));

type Choice = NonNullable<CallOptions['provider']>;

function isSame(one: Choice, other: Choice): boolean {
  const [ones, others] = [listOf(one), listOf(other)];
  return ones.length === others.length && ones.every((choice, at) => choice === others[at]);
}

const listOf = (choice: Choice): readonly unknown[] =>
  (Array.isArray(choice) ? choice : [choice]).map((item: unknown) =>
    item instanceof URL ? item.href : item,
  );
