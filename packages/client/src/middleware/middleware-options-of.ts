// The options of a call as its middleware sees them: what may change the answer, and no keys.
import { secretsIn } from '@g4f/core';
import type { GivenHeaders } from '@g4f/providers/options';
import type { Settings } from '../options/settings.ts';
import type { MiddlewareOptions } from '../surface/middleware.ts';
import type { CallOptions } from '../surface/options.ts';

/** @param options the second argument of the call. */
export const middlewareOptionsOf = (
  { choices, baseURL, extraBody, fallback, retired, headers }: Settings,
  options: CallOptions | undefined,
): MiddlewareOptions => ({
  provider: choices.map(nameOfChoice),
  baseURL,
  extraBody,
  fallback,
  retired,
  headers: openHeaders(headers),
  cache: options?.cache !== false,
});

/** Two providers with one id are two at two addresses. */
function nameOfChoice(choice: Settings['choices'][number]): string {
  if (typeof choice === 'string') return choice;
  if (choice instanceof URL) return choice.href;
  return choice.baseURL === undefined ? choice.id : `${choice.id} at ${choice.baseURL}`;
}

/** A higher level's over a lower's, by whom they are for. */
function openHeaders(levels: Settings['headers']): MiddlewareOptions['headers'] {
  const open: Record<string, GivenHeaders> = {};
  for (const { own, byId } of levels)
    for (const [id, headers] of Object.entries(own === undefined ? (byId ?? {}) : { '*': own }))
      open[id] = { ...open[id], ...withoutSecrets(headers) };
  return open;
}

const withoutSecrets = (headers: GivenHeaders): GivenHeaders =>
  Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => secretsIn({ [name]: value }).length === 0),
  );
