// Middleware and wraps on the worker's side: made again of the plain data that has crossed.
import { G4FError } from '@g4f/core';
import { type GuardOptions, withGuard } from '../guard/with-guard.ts';
import type { LimitsOptions } from '../limits/options.ts';
import { withLimits } from '../limits/with-limits.ts';
import { withBudget } from '../middleware/with-budget.ts';
import { withCache } from '../middleware/with-cache.ts';
import type { PlainForm } from '../options/plain-form.ts';
import { withRedaction } from '../redaction/with-redaction.ts';
import { withSimulation } from '../simulation/with-simulation.ts';
import type { BudgetOptions, Middleware, StoredCacheOptions, WrapProvider } from '../surface/middleware.ts';
import type { ClientOptions } from '../surface/options.ts';
import { type ReplayOptions, withRecording, withReplay } from '../tapes/with-tape.ts';

// Each checks what it is given by itself, as it did on the other side.
const MIDDLEWARE: Readonly<Record<string, (given: unknown) => Middleware>> = {
  withBudget: (given) => withBudget(given as BudgetOptions),
  withGuard: (given) => withGuard(given as GuardOptions),
  withRecording: (given) => withRecording(given as string),
  withReplay: (given) => withReplay(given as ReplayOptions),
  withCache: (given) => withCache(given as StoredCacheOptions),
};
const WRAPS: Readonly<Record<string, (given: unknown) => WrapProvider>> = {
  withLimits: (given) => withLimits(given as LimitsOptions),
  withRedaction: (given) => withRedaction(given as Parameters<typeof withRedaction>[0]),
  withSimulation: (given) => withSimulation(given as Parameters<typeof withSimulation>[0]),
};

/** The options of a client with what was made of plain data. @throws G4FError `invalid-request` */
export const reviveMiddleware = (crossed: ClientOptions): ClientOptions => {
  const { use, wrap }: { readonly use?: unknown; readonly wrap?: unknown } = crossed;
  return {
    ...crossed,
    ...(use != null && { use: (use as readonly PlainForm[]).map((form) => made(MIDDLEWARE, form)) }),
    ...(wrap != null && { wrap: (wrap as readonly PlainForm[]).map((form) => made(WRAPS, form)) }),
  };
};

function made<Made>(
  makers: Readonly<Record<string, (given: unknown) => Made>>,
  [maker, given]: PlainForm,
): Made {
  const make = Object.hasOwn(makers, maker) ? makers[maker] : undefined;
  if (make !== undefined) return make(given);
  throw new G4FError(`Client: ${maker} is not known to the worker. Install one version of @g4f/client.`, {
    code: 'invalid-request',
  });
}
