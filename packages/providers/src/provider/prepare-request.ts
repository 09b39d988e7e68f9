// A request to a service, whatever is asked of it: its key, its address, its headers and the text of its body.
import { type Context, G4FError, type HttpRequest, type Provider } from '@g4f/core';
import { withFields, withoutEnd } from '@g4f/core/internal';
import type { RequestFacts } from '../http/failures/failure.ts';
import { writeJson } from '../http/text/json-text.ts';
import { withoutFragment } from '../http/text/without-fragment.ts';
import { bringKey, type GivenHeaders, keyIn, withHeaders } from '../http/transport/given-headers.ts';
import type { RequestBody } from '../wires/request-body.ts';
import type { Quirks, Wire } from '../wires/wire.ts';
import { credentialOf, missingKey } from './credentials.ts';

/** A service, and how it is spoken to. */
export interface Spoken {
  readonly wire: Wire;
  readonly facts: Pick<Provider, 'id' | 'key' | 'env'> & {
    readonly baseURL: string;
    readonly apiKey: string | undefined;
  };
  readonly quirks: Quirks;
  /** See {@link createAddresses}. */
  readonly addressOf: (base: string, path: string) => string;
}

/** Who is asked, and the headers that every request to it has. */
export interface Prepared {
  readonly asked: RequestFacts;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Finds the key and the address.
 *
 * @param path below the base. @param request what must be known of it for errors.
 * @throws G4FError `auth` where the key is missing, or cannot be one.
 */
export function prepare(
  { wire, facts, quirks, addressOf }: Spoken,
  context: Context,
  path: string,
  request?: Pick<RequestFacts, 'model' | 'messages'>,
): Prepared {
  const given = { env: context.env, apiKey: context.apiKey ?? facts.apiKey };
  const isKnown = bringKey(context.headers);
  const missing = isKnown ? undefined : missingKey(facts, given);
  if (missing !== undefined) {
    throw new G4FError(`${facts.id}: no API key. ${capital(missing)}, or pass apiKey.`, {
      code: 'auth',
      provider: facts.id,
    });
  }
  const credential = isKnown ? undefined : credentialOf(facts, given);
  const base = context.baseURL ?? quirks.address?.(given) ?? facts.baseURL;
  const asked = {
    provider: facts.id,
    model: request?.model,
    messages: request,
    url: addressOf(base, path),
    key: isKnown ? keyIn(context.headers) : (credential?.key ?? keyIn(quirks.headers)),
    keyFrom: isKnown ? 'the headers option' : (credential?.from ?? ownKeyFrom(quirks.headers)),
  };
  const ofWire = Object.hasOwn(wire, 'headers') ? wire.headers : undefined;
  const fixed = withFields(ofWire ?? {}, quirks.headers ?? {});
  const headers = quirks.headersFrom === undefined ? fixed : { ...fixed, ...quirks.headersFrom(context.env) };
  if (credential === undefined) return { asked, headers };
  if (!/^[\x21-\x7e]+$/.test(credential.key)) {
    throw new G4FError(
      `${facts.id}: the key taken from ${credential.from} holds a blank or a character that no key has. Set it again.`,
      { code: 'auth', provider: facts.id },
    );
  }
  return { asked, headers: withFields(headers, (quirks.authorize ?? wire.authorize)(credential.key)) };
}

/**
 * The request with a JSON body; the caller's own fields and headers go over the others.
 *
 * @param accept the media type of the answer.
 * @throws G4FError `invalid-request` for what has no JSON: an object that contains itself, a bigint.
 */
export const toPost = (
  { asked, headers }: Prepared,
  accept: string,
  body: RequestBody,
  context: Context,
): HttpRequest => ({
  method: 'POST',
  url: asked.url,
  headers: withHeaders({ accept, 'content-type': 'application/json', ...headers }, context.headers),
  body: toJson(withExtra(body, context.extraBody), asked.provider),
});

/** The request without a body. */
export const toGet = ({ asked, headers }: Prepared, accept: string, context: Context): HttpRequest => ({
  method: 'GET',
  url: asked.url,
  headers: withHeaders({ accept, ...headers }, context.headers),
});

const withExtra = (body: RequestBody, extra: Context['extraBody']): RequestBody =>
  extra === undefined ? body : withFields(body, extra);

function toJson(body: RequestBody, id: string): string {
  try {
    return writeJson(body);
  } catch (cause) {
    const [why] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new G4FError(`${id}: the parameters cannot be written as JSON: ${why}. Give plain data.`, {
      code: 'invalid-request',
      provider: id,
      cause,
    });
  }
}

const ownKeyFrom = (headers: GivenHeaders | undefined): string | undefined =>
  bringKey(headers) ? "the provider's own headers" : undefined;

/** Addresses below a base; the last one is kept, because most calls go where the one before went. */
export function createAddresses(wire: Wire): (base: string, path: string) => string {
  let last = { base: '', path: '', url: '' };
  return (base, path) => {
    if (last.base !== base || last.path !== path) {
      const bare = withoutFragment(base);
      last = { base, path, url: withPath(wire.rebase?.(bare) ?? bare, path) };
    }
    return last.url;
  };
}

/** The path below the base. Both may hold a query (`?api-version=…`). */
const withPath = (base: string, path: string): string => {
  const [address = '', baseQuery] = cutAtQuery(base);
  const [below = '', pathQuery] = cutAtQuery(path);
  const query = [baseQuery, pathQuery].filter(Boolean).join('&');
  return `${withoutEnd(address, '/')}${below}${query === '' ? '' : `?${query}`}`;
};

const cutAtQuery = (url: string): readonly (string | undefined)[] => {
  const at = url.indexOf('?');
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)];
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
