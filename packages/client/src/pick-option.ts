// From which of three places an option of a call is taken: the call, its parameters, or its client.
import type { CallOptions, ClientOptions } from './surface.ts';

/** The value of an option; undefined and null are not set. */
export type PickOption = (name: keyof CallOptions) => unknown;

/**
 * A call's options over those among its parameters, over the client's. But what a client gave for its own backend (one
 * key, one address, fields of its body) is not for another that a call names: a key must not reach a service it was not given for.
 */
export const pickOption = (client: ClientOptions, inParams: CallOptions, call: CallOptions): PickOption => {
  const named = call.provider ?? inParams.provider;
  const isAnother = named != null && client.provider != null && !isSame(named, client.provider);
  return (name) => {
    const own = isAnother && isForOne(name, client[name]) ? undefined : client[name];
    return call[name] ?? inParams[name] ?? own ?? undefined;
  };
};

/** Keys by backend ids say themselves for whom they are. */
const isForOne = (name: keyof CallOptions, value: unknown): boolean =>
  name === 'baseURL' ||
  name === 'extraBody' ||
  (name === 'apiKey' && (typeof value === 'string' || Array.isArray(value)));

type Choice = NonNullable<CallOptions['provider']>;

function isSame(one: Choice, other: Choice): boolean {
  const [ones, others] = [listOf(one), listOf(other)];
  return ones.length === others.length && ones.every((choice, at) => choice === others[at]);
}

const listOf = (choice: Choice): readonly unknown[] =>
  (Array.isArray(choice) ? choice : [choice]).map((item: unknown) =>
    item instanceof URL ? item.href : item,
  );
