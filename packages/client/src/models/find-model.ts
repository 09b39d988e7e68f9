// What models.retrieve() answers: one model, by its family, another name of it, or the id of a service.
import { type Abortable, G4FError } from '@g4f/core';
import { nearNames } from '@g4f/providers/options';
import { allModels } from '../catalog/operation-catalog.ts';
import type { ProviderCatalog } from '../catalog/provider-catalog.ts';
import { quote } from '../errors/quote.ts';
import type { Settings } from '../options/settings.ts';
import { modelIdAt, splitAtColon, splitAtSlash } from '../routing/model-id.ts';
import { inCatalog } from '../routing/model-offers.ts';
import type { Model } from '../surface/models.ts';
import { listModels } from './model-list.ts';

/** Longer than any model's name: what is longer is not looked up. */
const MOST_NAME = 200;

/**
 * The model. With a provider or an address, that is asked live; without, the families are looked at, and the provider that the
 * name names is asked live if it is none of them.
 * @throws G4FError `model-not-found` with near names
 */
export async function findModel(name: string, settings: Settings, signal: Abortable): Promise<Model> {
  const isNamed = settings.choices.length > 0 || settings.baseURL !== undefined;
  if (isNamed) return liveModel(name, settings, signal);
  const catalog = await settings.loadCatalog();
  const [before, rest] = splitAtColon(name);
  if (before !== undefined && rest !== '' && inCatalog(catalog, before) !== undefined)
    return liveModel(rest, at(before, settings), signal);
  const { data } = await listModels(settings, {}, signal);
  const known = (await knownModel(name, data)) ?? offeredModel(name, data, catalog);
  if (known !== undefined) return known;
  const [owner, path] = splitAtSlash(name);
  if (owner !== undefined && path !== '' && inCatalog(catalog, owner) !== undefined)
    return liveModel(path, at(owner, settings), signal);
  throw notFound(name, data);
}

const at = (provider: string, settings: Settings): Settings => ({ ...settings, choices: [provider] });

/** A family by any of its names. A dated snapshot is its maker's alone, and what is known of the family may not hold for it. */
async function knownModel(name: string, models: readonly Model[]): Promise<Model | undefined> {
  if (name.length > MOST_NAME) return undefined;
  const own = models.find(({ id }) => id === name);
  if (own !== undefined) return own;
  const { families, findFamily } = await import('@g4f/providers/models');
  const { family, snapshot } = findFamily(name) ?? {};
  const found = models.find(({ id }) => id === family);
  if (found === undefined || snapshot === undefined) return found;
  const home = families.get(found.id)?.home;
  return {
    id: snapshot,
    object: 'model',
    created: 0,
    owned_by: found.owned_by,
    providers: found.providers.filter((id) => id === home),
    family: found.id,
  };
}

/** The family that a service offers under this id. */
function offeredModel(name: string, models: readonly Model[], catalog: ProviderCatalog): Model | undefined {
  for (const entry of Object.values(catalog)) {
    const offers = allModels(entry);
    const family = Object.keys(offers).find((one) => offers[one] === name);
    if (family !== undefined) return models.find(({ id }) => id === family);
  }
  return undefined;
}

/** What the services that are named list now, under this id or as this family. */
async function liveModel(name: string, settings: Settings, signal: Abortable): Promise<Model> {
  const { data } = await listModels(settings, {}, signal);
  const catalog = await settings.loadCatalog();
  const { findFamily } = await import('@g4f/providers/models');
  const found = name.length > MOST_NAME ? undefined : findFamily(name);
  const isIt = ({ id, providers: [provider = ''] }: Model): boolean => {
    const entry = inCatalog(catalog, provider);
    return (
      id === name || (entry !== undefined && id === modelIdAt({ ...entry, models: allModels(entry) }, name))
    );
  };
  const model =
    data.find(isIt) ??
    (found?.snapshot === undefined
      ? data.find(({ family }) => family !== undefined && family === found?.family)
      : undefined);
  if (model === undefined) throw notFound(name, data, data[0]?.providers);
  return model;
}

function notFound(name: string, models: readonly Model[], at: readonly string[] = []): G4FError {
  const near =
    name.length > MOST_NAME
      ? []
      : nearNames(
          name,
          models.flatMap(({ id, aliases = [] }) => [id, ...aliases]),
        );
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : '';
  const [provider] = at;
  const who = provider === undefined ? 'no provider offers' : `${provider} lists no`;
  return new G4FError(
    `${who}${provider === undefined ? ' a' : ''} model called ${quote(name)}. ${hint}models.list() names those that there are.`,
    { code: 'model-not-found', model: name.slice(0, MOST_NAME), ...(provider !== undefined && { provider }) },
  );
}
