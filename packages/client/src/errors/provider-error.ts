// What a provider threw, as its caller gets it: a G4FError in which nothing that was secret in the attempt is shown.
import {
  type Context,
  G4FError,
  isG4FError,
  redact,
  reworded,
  secretsIn,
  toG4FError,
  toShownCause,
} from '@g4f/core';
import { urlOf } from '@g4f/core/internal';
import type { Received } from '../surface/received.ts';

/** What an attempt was made with. */
export interface Secrets {
  readonly backend: { readonly id: string; readonly name: string; readonly env?: readonly string[] };
  /** Where it answers. */
  readonly baseURL?: string | undefined;
  readonly apiKey: string | undefined;
  /** Those of the caller; once they were sent, all of the request: a row of the configuration has its own. */
  readonly headers?: Context['headers'];
  readonly env: Context['env'];
  readonly proxy: string | undefined;
}

/** Shorter values stand in messages by chance. */
const SHORTEST_SECRET = 6;

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] as const;

/** The keys of an attempt, from wherever it may have them, and the password of its proxy. */
const secretsOf = ({ backend, baseURL, apiKey, headers = {}, env, proxy }: Secrets): readonly string[] => {
  const proxies = [proxy, ...PROXIES.flatMap((name) => [env[name], env[name.toLowerCase()]])];
  const secrets = [
    apiKey,
    ...(backend.env ?? []).map((name) => env[name]),
    ...sentSecrets(headers, baseURL),
    ...proxies.map(passwordIn),
  ];
  // What a local server takes for a key may be its own name.
  const names: ReadonlySet<string> = new Set([plain(backend.id), plain(backend.name)]);
  return [...new Set(secrets.map((secret) => secret?.trim() ?? ''))].filter(
    (secret) => secret.length >= SHORTEST_SECRET && !names.has(plain(secret)),
  );
};

/** What may be a key in the headers of a request, and in the query of the address that it went to. */
export const sentSecrets = (headers: Context['headers'], baseURL: string | undefined): readonly string[] => {
  const query = baseURL?.includes('?') ? urlOf(baseURL)?.searchParams : undefined;
  return [headers ?? {}, ...[...(query ?? [])].map(([name, value]) => ({ [name]: value }))].flatMap(
    secretsIn,
  );
};

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function passwordIn(address: string | undefined): string | undefined {
  const url = address?.trim() ?? '';
  const full = url === '' || url.includes('://') ? url : `http://${url}`;
  const password = urlOf(full)?.password;
  if (password === undefined) return undefined;
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

/** The text as it may be shown: without the secrets of the attempt. */
export const withoutSecrets = (text: string, secretly: Secrets): string => redact(text, secretsOf(secretly));

/** What is known of the attempt besides. */
interface KnownFacts {
  readonly model?: string | undefined;
  readonly received?: Received | undefined;
}

/**
 * What a provider threw: a G4FError with the headers that had come, and without what was secret in the attempt. Anything else
 * is an exception in code (an encoder's TypeError, or what a foreign provider throws) and becomes `internal`: the next
 * candidate is asked, the same one is not asked again, and its health and its keys stay as they are, because nothing shows
 * that the service was even reached.
 */
export const toProviderError = (
  thrown: unknown,
  secretly: Secrets,
  { model, received }: KnownFacts = {},
): G4FError => {
  if (isG4FError(thrown)) return cleaned(thrown, secretly, received);
  const { id } = secretly.backend;
  const { code, message } = toG4FError(thrown, { code: 'internal' });
  const why = withoutSecrets(message, secretly).replace(/\s+/g, ' ').replace(/\.$/, '');
  // What the runtime's permission model refused is no fault of its author.
  const whose =
    code === 'internal' ? ' The provider failed with an error of its own; report it to its author.' : '';
  return new G4FError(`${id}: ${why}.${whose}`, {
    code,
    provider: id,
    model,
    cause: toShownCause(thrown, secretsOf(secretly)),
  });
};

/** The same error with the headers that had come, and without what was secret. */
function cleaned(error: G4FError, secretly: Secrets, received: Received | undefined): G4FError {
  const clean = (text: string): string => withoutSecrets(text, secretly);
  const message = clean(error.message);
  const id = received?.requestId ?? error.requestId;
  const requestId = id && clean(id);
  const serviceError = error.serviceError && mapped(error.serviceError, clean);
  // Why a caller aborted is theirs.
  const isTheirs = error.cause === undefined || error.code === 'aborted';
  const cause = isTheirs ? error.cause : toShownCause(error.cause, secretsOf(secretly));
  if (
    message === error.message &&
    requestId === error.requestId &&
    received === undefined &&
    serviceError === undefined
  )
    return cause === error.cause ? error : Object.assign(error, { cause });
  const headers = received?.headers ?? error.headers;
  return Object.assign(
    reworded(error, message, { requestId, headers, serviceError }),
    cause !== undefined && { cause },
  );
}

const mapped = (fields: object, change: (text: string) => string): object =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, change(text)]));
