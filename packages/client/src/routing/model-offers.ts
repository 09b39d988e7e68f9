// Who offers a model: by its family, by an id of a service, or by another name; and what is said when nobody does.

import { G4FError, OPERATIONS, type Operation } from '@g4f/core';
import { ownValue } from '@g4f/core/internal';
import { nearNames } from '@g4f/providers/options';
import { isByChat } from '../catalog/operation-catalog.ts';
import type { ProviderCatalog } from '../catalog/provider-catalog.ts';
import type { ProviderEntry } from '../catalog/provider-entry.ts';
import { quote } from '../errors/quote.ts';
import { METHOD_FOR, VERBS } from '../errors/verbs.ts';
import {
  familyOf,
  modelIdAt,
  offered,
  splitAtColon,
  splitAtSlash,
  VARIANTS_OF,
  variantOf,
} from './model-id.ts';

/** A provider, and its own id of the model. */
export type Offer = readonly [ProviderEntry, string];

/** Longer than any model's name: what is longer is not looked up. */
const MOST_NAME = 200;

/** The provider of this id. */
export const inCatalog = (catalog: ProviderCatalog, id: string): ProviderEntry | undefined =>
  ownValue(catalog, id);

/** The providers that offer the model, as a family or under an id of their own. */
export function offersOf(model: string, catalog: ProviderCatalog): readonly Offer[] {
  const offers = Object.values(catalog).flatMap((backend): Offer[] => {
    const family = familyOf(backend, model);
    if (family !== undefined) return [[backend, family]];
    return Object.values(backend.models).includes(model) ? [[backend, model]] : [];
  });
  // Who calls the model by this very name is most likely its maker, and comes first; the rest keep their order.
  return offers.sort(([, a], [, b]) => Number(b === model) - Number(a === model));
}

/** The offers of the family that a service's id stands for; none if it stands for none, or for one of its variants. */
export async function sameModelElsewhere(model: string, catalog: ProviderCatalog): Promise<readonly Offer[]> {
  if (model.length > MOST_NAME || variantOf(model) !== undefined) return [];
  const { findFamily } = await import('@g4f/providers/models');
  const found = findFamily(model);
  return found === undefined || found.snapshot !== undefined ? [] : offersOf(found.family, catalog);
}

/** Who is asked, and whether the name names them. */
export interface Found {
  readonly offers: readonly Offer[];
  readonly named: boolean;
}

/**
 * A name that nobody knows as it stands: a variant of OpenRouter's, an alias of a family, a dated snapshot of one, which
 * its maker alone has, or `provider/model`. What is known of models is loaded only now.
 * @throws G4FError `model-not-found` with near names.
 */
export async function offersOfAnotherName(
  model: string,
  catalog: ProviderCatalog,
  operation: Operation = 'chat',
  all: ProviderCatalog = catalog,
): Promise<Found> {
  if (model.length > MOST_NAME) throw unknownModel(model, [], catalog, operation);
  const { families, findFamily, knownNames } = await import('@g4f/providers/models');
  const today = new Date().toISOString().slice(0, 10);
  // What has ended is no advice.
  const isLiving = (name: string): boolean =>
    (families.get(findFamily(name)?.family ?? '')?.ended ?? today) >= today;
  const offeredHere = Object.values(catalog).flatMap(({ models }) => Object.entries(models).flat());
  const chats = (name: string): boolean => {
    const { input = ['text'], output = ['text'] } = families.get(findFamily(name)?.family ?? '') ?? {};
    return input.includes('text') && output.includes('text');
  };
  const names = (): readonly string[] =>
    (isByChat(operation) ? [...knownNames().filter(chats), ...offeredHere] : offeredHere).filter(isLiving);
  const unknown = (given: readonly string[]): G4FError =>
    unknownModel(model, given, catalog, operation, otherUse(found?.family ?? model, operation, all));
  const { base, variant } = variantOf(model) ?? {};
  const name = base ?? model;
  const found = findFamily(name);
  if (variant !== undefined) {
    const offer = variantAt(inCatalog(catalog, VARIANTS_OF), name, variant, found?.family);
    if (offer === undefined) throw unknown(names());
    return { offers: [offer], named: true };
  }
  const maker = inCatalog(catalog, families.get(found?.family ?? '')?.home ?? '');
  const offers = found === undefined ? [] : offersOfFamily(found, maker, catalog);
  if (offers.length > 0) return { offers, named: false };
  const [prefix, rest] = splitAtSlash(model);
  const backend = prefix === undefined || rest === '' ? undefined : inCatalog(catalog, prefix);
  if (backend === undefined) throw unknown(names());
  return { offers: [[backend, modelIdAt(backend, model)]], named: true };
}

/** A family's offers; what its maker has ended is its maker's to tell of, and so are dated snapshots. */
function offersOfFamily(
  { family, snapshot }: { readonly family: string; readonly snapshot?: string },
  maker: ProviderEntry | undefined,
  catalog: ProviderCatalog,
): readonly Offer[] {
  // One that has an end, and is for something else, is not what is asked for.
  const isForElse = Object.values(maker?.modelsFor ?? {}).some((models) => Object.hasOwn(models, family));
  const isKnown =
    maker !== undefined &&
    (familyOf(maker, family) !== undefined || (!isForElse && Object.hasOwn(maker.ends ?? {}, family)));
  if (snapshot !== undefined) return isKnown ? [[maker, snapshot]] : [];
  const offers = offersOf(family, catalog);
  return offers.length === 0 && isKnown ? [[maker, family]] : offers;
}

/** OpenRouter's id of a variant. What is written as its ids are (`maker/model`) goes to it as it is. */
function variantAt(
  backend: ProviderEntry | undefined,
  name: string,
  variant: string,
  family: string | undefined,
): Offer | undefined {
  if (backend === undefined) return undefined;
  const written = modelIdAt(backend, name);
  const own =
    offered(backend, written) ??
    (family === undefined ? undefined : familyOf(backend, family)) ??
    (written.includes('/') ? written : undefined);
  return own === undefined ? undefined : [backend, `${own}:${variant}`];
}

/** What a model is for that is not for this, and the method for it. */
function otherUse(model: string, operation: Operation, all: ProviderCatalog): string {
  const offersIt = (models: Readonly<Record<string, string>> = {}): boolean =>
    Object.hasOwn(models, model) || Object.values(models).includes(model);
  const entries = Object.values(all);
  const chats = !isByChat(operation) && entries.some(({ models }) => offersIt(models));
  const use = chats
    ? 'chat'
    : OPERATIONS.filter((other) => !isByChat(other) && other !== operation).find((other) =>
        entries.some(({ modelsFor = {} }) => offersIt(modelsFor[other as keyof typeof modelsFor])),
      );
  return use === undefined ? '' : `It is a model to ${VERBS[use]} with: use ${METHOD_FOR[use]}. `;
}

function unknownModel(
  model: string,
  names: readonly string[],
  catalog: ProviderCatalog,
  operation: Operation,
  use = '',
): G4FError {
  const others = new Set(names);
  others.delete(model);
  const near = nearNames(model, [...others]);
  const purpose = isByChat(operation) ? '' : ` to ${VERBS[operation]} with`;
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : '';
  return new G4FError(
    `no provider offers a model called ${quote(model)}${purpose}. ${use}${misspelt(model, catalog)}${hint}models.list() names the families; a provider's own model is asked for as "provider:id" or with provider.`,
    { code: 'model-not-found', model },
  );
}

/** Of a name that begins as if with a provider's: the providers that may be meant. */
function misspelt(model: string, catalog: ProviderCatalog): string {
  const [prefix] = /^[^/]*:/.test(model.slice(0, MOST_NAME)) ? splitAtColon(model) : splitAtSlash(model);
  if (prefix === undefined || prefix.length > MOST_NAME || Object.hasOwn(catalog, prefix)) return '';
  const near = nearNames(prefix, Object.keys(catalog));
  return near.length === 0
    ? ''
    : `No provider is called ${quote(prefix)}; did you mean ${near.join(' or ')}? `;
}
