// Under which key an answer is kept: the same for calls that are the same, whatever the order of their fields.
import { isFields } from '../options/plain-value.ts';
import type { MiddlewareCall } from '../surface/middleware.ts';

/** How an answer is read is no part of what is asked. */
const READING: ReadonlySet<string> = new Set(['stream', 'stream_options']);

/**
 * SHA-256 of operation, model, parameters and options as JSON with sorted names; no key of a service is in it. Undefined where
 * there is no Web Crypto (a page that came over plain HTTP): nothing is kept there.
 */
export const cacheKeyOf = async ({
  operation,
  request,
  options,
}: MiddlewareCall): Promise<string | undefined> => {
  const parameters = Object.entries(request).filter(([name]) => !READING.has(name));
  const text = JSON.stringify([operation, Object.fromEntries(parameters), options], sorted);
  const { subtle } = globalThis.crypto ?? {};
  if (subtle === undefined) return undefined;
  const hash = new Uint8Array(await subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return `g4f-${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
};

const sorted = (_name: string, value: unknown): unknown =>
  isFields(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
