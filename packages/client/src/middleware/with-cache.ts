// The middleware that keeps answers, as a program names it: what carries it out is loaded with the first call.
import { checkStoredCache } from '../options/middleware-options.ts';
import type { AnyHandler, Middleware, StoredCacheOptions } from '../surface/middleware.ts';

/**
 * Keeps complete answers, and gives them to equal calls: the same operation, model, parameters, named providers and options,
 * whatever the keys. Streamed and whole answers are one. What is given again has `cached: true`.
 *
 * @throws G4FError `invalid-request` for options that there are not.
 */
export const withCache = (options: StoredCacheOptions = {}): Middleware => {
  checkStoredCache(options);
  let loaded: Promise<AnyHandler> | undefined;
  return async (call, next) => {
    loaded ??= import('./cache.ts').then(({ createCache }) => createCache({ ...options }));
    return (await loaded)(call, next);
  };
};
