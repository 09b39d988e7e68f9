// The engine of a client that has middleware: each call passes through all of it, the first one outermost.

import { shareCircuits } from '../circuits/share-circuits.ts';
import { linkOf } from '../circuits/with-shared-circuits.ts';
import type { CallTerms, Engine } from '../engine/engine.ts';
import type { OperationKind, Parts } from '../engine/operation-kind.ts';
import type { Closing } from '../errors/client-closing.ts';
import { simulatedIn } from '../options/middleware-options.ts';
import { simulatedBy } from '../simulation/by-environment.ts';
import type { Middleware } from '../surface/middleware.ts';
import type { ClientOptions } from '../surface/options.ts';
import { createCache } from './cache.ts';
import { MiddlewareParts } from './middleware-parts.ts';

/**
 * The engine itself where its client has none.
 * @param create makes it of the options of the client, to which G4F_SIMULATE has added its wrap.
 * @throws G4FError `invalid-request` for a G4F_SIMULATE that is not valid
 */
export const withMiddleware = <Whole extends Engine>(
  create: (client: ClientOptions) => Whole,
  given: ClientOptions,
  closing?: Closing,
): Whole => {
  const simulated = simulatedIn(given);
  const client = simulated ? simulatedBy(simulated, given) : given;
  const engine = create(client);
  const use: readonly Middleware[] = [...(client.use ?? []), ...cacheOf(client)];
  if (use.length === 0) return engine;
  for (const one of use) {
    const link = linkOf(one);
    if (link !== undefined) shareCircuits(engine.memory.health, link);
  }
  return {
    ...engine,
    run: <Part>(kind: OperationKind<Part, unknown>, params: unknown, terms: CallTerms = {}): Parts<Part> =>
      new MiddlewareParts({ engine, kind, params, terms, client, use, closing }),
  };
};

const cacheOf = ({ cache = false }: ClientOptions): readonly Middleware[] =>
  cache ? [createCache(cache === true ? {} : cache)] : [];
