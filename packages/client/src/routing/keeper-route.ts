// Who is asked for what a service keeps: no model says it.
import { G4FError, type Operation } from '@g4f/core';
import { cannotServe } from '../catalog/find-provider.ts';
import { catalogFor, entryFor } from '../catalog/operation-catalog.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import type { Settings } from '../options/settings.ts';
import type { ProviderChoice } from '../surface/options.ts';
import type { Route } from './candidate.ts';
import { candidatesAmong, forSeveral } from './candidates-among.ts';
import { findRoute } from './route.ts';

/** What is kept, and of what kind. */
interface AskedByID {
  readonly model: string;
  readonly operation: Operation;
}

/**
 * The provider that is known to keep it, and else those that were named, in their order.
 * @throws G4FError `invalid-request` where nobody is known or named, or the one that is known keeps nothing.
 */
export const routeToKeeper = (
  asked: AskedByID,
  settings: Settings,
  keeper: ProviderEntry | undefined,
): Route | Promise<Route> => {
  const { choices, baseURL } = settings;
  const [only, ...others] = choices;
  const isNamed = only !== undefined && others.length === 0 && isChoiceOf(only, keeper);
  if (keeper !== undefined && !isNamed) return routeToKnown(keeper, asked, settings);
  if (only === undefined && baseURL === undefined) return refuse(asked, settings);
  return findRoute(asked, settings);
};

/** What a module exports is not known before it is loaded. */
const isChoiceOf = (choice: ProviderChoice, keeper: ProviderEntry | undefined): boolean =>
  choice instanceof URL || (typeof choice === 'string' ? choice : choice.id) === keeper?.id;

/** A single key or address is for whom the caller named, and for no other. */
function routeToKnown(
  keeper: ProviderEntry,
  { operation }: AskedByID,
  settings: Settings,
): Route | Promise<Route> {
  const able = entryFor(keeper, operation);
  if (able === undefined) return keepsNothing(keeper, operation, settings);
  const own = settings.choices.length === 0 ? settings : { ...forSeveral(settings), baseURL: undefined };
  return candidatesAmong([[able, '']], own, true);
}

async function keepsNothing(keeper: ProviderEntry, operation: Operation, settings: Settings): Promise<never> {
  throw cannotServe(keeper, operation, await settings.loadCatalog());
}

async function refuse({ operation }: AskedByID, settings: Settings): Promise<never> {
  const able = Object.keys(catalogFor(await settings.loadCatalog(), operation)).join(', ');
  throw new G4FError(
    `it is not known who keeps this response: this client has not asked for it. Name the provider, as in { provider: "openai" }. Those that keep responses: ${able}.`,
    { code: 'invalid-request' },
  );
}
