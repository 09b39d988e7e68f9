// The keys by which callers are known. They are not the keys of providers, which no caller ever gets.
import type { CallerRequest } from '../answer/caller-request.ts';

/** Whether a request carries one of the keys. */
export type KeyCheck = (request: CallerRequest) => Promise<boolean>;

/** A check that takes the same time whichever key is wrong, and wherever it is: digests are compared, and all of them. */
export const keyCheck = (keys: readonly string[], find = keyIn): KeyCheck => {
  const digests = Promise.all(keys.map(digestOf));
  return async (request) => {
    const given = find(request);
    if (given === undefined) return false;
    const digest = await digestOf(given);
    let found = 0;
    for (const known of await digests) found |= Number(areEqual(known, digest));
    return found === 1;
  };
};

/** Whose request it is, as a text that tells no key: callers with one key are one. */
export const ownerOf = async (request: CallerRequest): Promise<string> => {
  const given = keyIn(request);
  if (given === undefined) return '';
  return Array.from(await digestOf(given), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** The key after `Authorization: Bearer`. */
export const bearerIn = ({ headers }: CallerRequest): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1];

/** Where clients put their key: OpenAI's and Ollama's, Anthropic's, Gemini's. */
export const keyIn = (request: CallerRequest): string | undefined =>
  bearerIn(request) ??
  request.headers.get('x-api-key') ??
  request.headers.get('x-goog-api-key') ??
  new URL(request.url).searchParams.get('key') ??
  undefined;

const digestOf = async (key: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));

function areEqual(a: Uint8Array, b: Uint8Array): boolean {
  let difference = 0;
  for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
  return difference === 0;
}
