// The engine of a client that has middleware: each call passes through all of it, the first one outermost.
import type { CallTerms, Engine } from '../engine/engine.ts';
import type { OperationKind, Parts } from '../engine/operation-kind.ts';
import type { Closing } from '../errors/client-closing.ts';
import { usesMiddleware } from '../options/middleware-options.ts';
import type { Middleware } from '../surface/middleware.ts';
import type { ClientOptions } from '../surface/options.ts';
import { createCache } from './cache.ts';
import { MiddlewareParts } from './middleware-parts.ts';

/** The engine itself where its client has none. */
export const withMiddleware = <Whole extends Engine>(
  engine: Whole,
  client: ClientOptions,
  closing?: Closing,
): Whole => {
  if (!usesMiddleware(client)) return engine;
  const use: readonly Middleware[] = [...(client.use ?? []), ...cacheOf(client)];
  return {
    ...engine,
    run: <Part>(kind: OperationKind<Part, unknown>, params: unknown, terms: CallTerms = {}): Parts<Part> =>
      new MiddlewareParts({ engine, kind, params, terms, client, use, closing }),
  };
};

const cacheOf = ({ cache = false }: ClientOptions): readonly Middleware[] =>
  cache ? [createCache(cache === true ? {} : cache)] : [];
