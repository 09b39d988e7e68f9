// A service that speaks a wire, as a provider: facts, address and key, and the two calls that every such service has.
import {
  type ChatFeature,
  type ChatRequest,
  type Context,
  defineProvider,
  G4FError,
  type ModelFacts,
  type Provider,
} from '@g4f/core';
import { withFields, withoutEnd } from '@g4f/core/internal';
import { type RequestFacts, refusal } from '../http/failures/failure.ts';
import { Answer } from '../http/reading/answer.ts';
import { LaterBatches } from '../http/reading/later-batches.ts';
import { writeJson } from '../http/text/json-text.ts';
import { bringKey, type GivenHeaders, keyIn, withHeaders } from '../http/transport/given-headers.ts';
import { readModels } from '../wires/decoding/model-list.ts';
import type { Warn } from '../wires/fit/warn.ts';
import type { Quirks, RequestBody, Wire } from '../wires/wire.ts';
import { credentialOf, missingKey } from './credentials.ts';
import { ownFields } from './own-fields.ts';

/** The facts of a service; what is left out has the default that suits one's own endpoint. */
export interface ServiceOptions {
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
  /** Variables that may hold another address, besides `<ID>_BASE_URL`: those of an account that several backends share. */
  readonly baseURLEnv?: readonly string[];
  /** The key, unless the call gives another. */
  readonly apiKey?: string;
  /** What its chat takes besides text; all that the wire has a place for, unless given. */
  readonly features?: readonly ChatFeature[];
  /** Model families it offers → its own id. */
  readonly models?: Readonly<Record<string, string>>;
  readonly quirks?: Quirks;
  readonly available?: Provider['available'];
  /** Lists its models otherwise than the wire does. */
  readonly listModels?: Provider['listModels'];
}

/** A provider that can chat and list its models. */
export type Service = Provider & Required<Pick<Provider, 'chat' | 'listModels'>>;

type Facts = Pick<Provider, 'id' | 'key' | 'env'> & {
  readonly baseURL: string;
  readonly apiKey: string | undefined;
};

/**
 * A provider over a wire.
 * @throws G4FError `invalid-request` naming the option that is wrong.
 */
export const overWire = (wire: Wire, options: ServiceOptions): Service => {
  const {
    id = 'custom',
    name = id,
    env,
    baseURLEnv,
    apiKey,
    models = {},
    available,
    ...given
  } = ownFields(options ?? {});
  const quirks = ownFields(given.quirks ?? {});
  const baseURL = withoutEnd(String(given.baseURL ?? '').trim(), '/');
  const key = given.key ?? (env === undefined || apiKey !== undefined ? 'optional' : 'required');
  const facts = { id, key, baseURL, ...(env !== undefined && { env }) };
  const bringsKey = apiKey !== undefined || bringKey(quirks.headers);
  const calls = callsOf({
    wire,
    facts: { ...facts, apiKey },
    quirks,
    addressOf: createAddresses(wire),
  });
  return defineProvider({
    ...facts,
    ...(bringsKey && { bringsKey }),
    ...(baseURLEnv !== undefined && { baseURLEnv }),
    name,
    website: given.website ?? baseURL,
    wire: wire.name,
    features: given.features ?? wire.features,
    models,
    ...(available !== undefined && { available }),
    ...calls,
    ...(given.listModels !== undefined && { listModels: given.listModels }),
  });
};

/** A service, and how it is spoken to. */
interface Spoken {
  readonly wire: Wire;
  readonly facts: Facts;
  readonly quirks: Quirks;
  /** See `createAddresses`. */
  readonly addressOf: (base: string, path: string) => string;
}

const callsOf = (spoken: Spoken): Pick<Service, 'chat' | 'listModels'> => ({
  chat: (request: ChatRequest, context: Context) =>
    new LaterBatches(async () => {
      const { wire, facts, quirks } = spoken;
      const { asked, headers } = prepare(spoken, context, wire.chatPath(request), request);
      const accepted = withoutRefused(request, quirks, context.warn, facts.id);
      const body = wire.encode(accepted, quirks, context.warn);
      const response = await context.send({
        method: 'POST',
        url: asked.url,
        headers: withHeaders(
          {
            accept: request.stream ? wire.streamType : 'application/json',
            'content-type': 'application/json',
            ...headers,
          },
          context.headers,
        ),
        body: toJson(withExtra(quirks.adaptBody?.(body, accepted) ?? body, context.extraBody), facts.id),
      });
      if (response.status >= 300) throw await refusal(response, asked);
      return new Answer(response, wire.createDecoder(request, asked, response.headers), asked);
    }),
  async listModels(context: Context): Promise<readonly ModelFacts[]> {
    const { wire, quirks } = spoken;
    const { asked, headers } = prepare(spoken, context, quirks.modelsPath ?? wire.modelsPath);
    const response = await context.send({
      method: 'GET',
      url: asked.url,
      headers: withHeaders({ accept: 'application/json', ...headers }, context.headers),
    });
    if (response.status >= 300) throw await refusal(response, asked);
    return readModels(response, asked, wire.readModel);
  },
});

/** The body with the caller's own fields over its own. */
const withExtra = (body: RequestBody, extra: Context['extraBody']): RequestBody =>
  extra === undefined ? body : withFields(body, extra);

/** @throws G4FError `invalid-request` for what has no JSON: an object that contains itself, a bigint. */
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

/** The request without what the service is known to refuse. */
function withoutRefused(request: ChatRequest, { refuses = [] }: Quirks, warn: Warn, id: string): ChatRequest {
  const refused = refuses.filter((name) => request[name] != null);
  if (refused.length === 0) return request;
  warn(`${id} does not take ${refused.join(', ')}: not sent.`);
  return {
    ...request,
    ...Object.fromEntries(refused.map((name) => [name, undefined])),
  };
}

interface Prepared {
  readonly asked: RequestFacts;
  readonly headers: Readonly<Record<string, string>>;
}

function prepare(
  { wire, facts, quirks, addressOf }: Spoken,
  context: Context,
  path: string,
  request?: Pick<ChatRequest, 'model' | 'messages'>,
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
    messages: request?.messages,
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

const ownKeyFrom = (headers: GivenHeaders | undefined): string | undefined =>
  bringKey(headers) ? "the backend's own headers" : undefined;

/** Addresses below a base; the last one is kept, because most calls go where the one before went. */
function createAddresses(wire: Wire): (base: string, path: string) => string {
  let last = { base: '', path: '', url: '' };
  return (base, path) => {
    if (last.base !== base || last.path !== path)
      last = { base, path, url: withPath(wire.rebase?.(base) ?? base, path) };
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
