// The client of a model, and what tells it from others.

import { AsyncClient, type ClientOptions } from '@g4f/client';
import { urlOf } from '@g4f/core/internal';

/** A client that is there, or the options of a new one. */
export const clientOf = (given: AsyncClient | ClientOptions): AsyncClient =>
  isClient(given) ? given : new AsyncClient(given);

/** By its shape: a client of the other module format is of another class. */
const isClient = (given: AsyncClient | ClientOptions): given is AsyncClient =>
  given instanceof AsyncClient || typeof Object(Object(Object(given).chat).completions).create === 'function';

/** By which a cache tells the answers of one client from those of another: who is asked and where, without keys. */
export const identityOf = (given: AsyncClient | ClientOptions): Readonly<Record<string, unknown>> => {
  if (isClient(given)) return { client: ownIdOf(given) };
  const { provider, fallback, baseURL, backends = [], use = [], wrap = [] } = given;
  const named = [provider].flat();
  // Code of one's own has nothing else by which it could be told from other code.
  const code = [...named, ...use, wrap].flat().filter(isCode);
  return {
    provider: named.map((one) => (isCode(one) ? undefined : addressOf(one))),
    fallback,
    base_url: addressOf(baseURL),
    backends: backends.map(({ id, baseURL: address }) => [id, addressOf(address)]),
    code: code.length > 0 ? code.map(ownIdOf) : undefined,
  };
};

const isCode = <T>(one: T): one is Exclude<T, string | URL | undefined> & object =>
  typeof one === 'function' || (typeof one === 'object' && one !== null && !(one instanceof URL));

const IDS = new WeakMap<object, string>();

/** Told in no other process: there it may be another client. */
function ownIdOf(one: object): string {
  const id = IDS.get(one) ?? crypto.randomUUID();
  IDS.set(one, id);
  return id;
}

/** Without what may be a secret in an address; other names as they are. */
function addressOf(name: string | URL | undefined): string | undefined {
  const url = name !== undefined && /^https?:/i.test(String(name)) ? urlOf(String(name)) : undefined;
  return url === undefined ? name?.toString() : url.origin + url.pathname;
}
