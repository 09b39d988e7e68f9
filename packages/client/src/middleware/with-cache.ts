// The middleware that keeps answers, as a program names it: what carries it out is loaded with the first call.
import { type CacheField, checkCacheOptions, MS } from '../options/middleware-options.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { AnyHandler, CacheOptions, Middleware, StoredCacheOptions } from '../surface/middleware.ts';

const isStore = (value: unknown): boolean =>
  isFields(value) && typeof value.get === 'function' && typeof value.set === 'function';

const OF_STORES: Readonly<Record<Exclude<keyof StoredCacheOptions, keyof CacheOptions>, CacheField>> = {
  store: [isStore, 'an object with get and set, such as a Keyv'],
  storeTimeout: MS,
};

/**
 * Keeps complete answers, and gives them to equal calls: the same operation, model, parameters, named providers and options,
 * whatever the keys. Streamed and whole answers are one. What is given again has `cached: true`.
 *
 * @throws G4FError `invalid-request` for options that there are not.
 */
export const withCache = (options: StoredCacheOptions = {}): Middleware => {
  reading(options, () => checkCacheOptions('withCache', options, OF_STORES));
  let loaded: Promise<AnyHandler> | undefined;
  const middleware: Middleware = async (call, next) => {
    loaded ??= import('./cache.ts').then(({ createCache }) => createCache({ ...options }));
    return (await loaded)(call, next);
  };
  return withPlainForm(middleware, 'withCache', options);
};
