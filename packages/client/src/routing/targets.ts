// The route of choices that name a model of their own (`groq:llama-3.3-70b`). Loaded with the first call that has some.
import { G4FError, type Operation } from '@g4f/core';
import { cannotServe, findProvider, modelIn } from '../catalog/find-provider.ts';
import { entryFor } from '../catalog/operation-catalog.ts';
import { quote } from '../errors/quote.ts';
import type { Settings } from '../options/settings.ts';
import type { Route } from './candidate.ts';
import { candidatesAmong } from './candidates-among.ts';
import { modelIdAt } from './model-id.ts';
import type { Offer } from './model-offers.ts';

/**
 * All of them that can do it, as they stand, each with its model, or the call's. A key or an address is still for one alone.
 * @throws G4FError `invalid-request` for embeddings by several models, and where nobody can do it
 */
export const routeToTargets = async (
  { model, operation }: { readonly model: string; readonly operation?: Operation | undefined },
  settings: Settings,
): Promise<Route> => {
  const { choices, loadCatalog } = settings;
  const names = new Set(choices.map((choice) => modelIn(choice) ?? model));
  if (operation === 'embed' && names.size > 1)
    throw new G4FError(
      `the providers are named with several models (${[...names].map(quote).join(', ')}), whose vectors cannot be compared: name one model for all.`,
      { code: 'invalid-request' },
    );
  const found = await Promise.all(choices.map(async (choice) => findProvider(choice, loadCatalog)));
  const offers = choices.flatMap((choice, at): readonly Offer[] => {
    const entry = found[at];
    const able = entry === undefined || operation === undefined ? entry : entryFor(entry, operation);
    return able === undefined ? [] : [[able, modelIdAt(able, modelIn(choice) ?? model)]];
  });
  const [first] = found;
  if (offers.length === 0 && first !== undefined)
    throw cannotServe(first, operation ?? 'chat', await loadCatalog());
  return candidatesAmong(offers, settings, true);
};
