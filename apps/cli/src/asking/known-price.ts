// What a token costs at whoever may answer, as far as that is known before anybody is asked.
import { G4FError, type Operation } from '@g4f/core';
import type { RegistryEntry } from '@g4f/providers/registry';
import { keyVariable } from './providers.ts';

/** US dollars of a token in, and of one out. */
export interface TokenPrice {
  readonly input: number;
  readonly output: number;
}

/** What is asked, and of whom. */
export interface PricedQuestion {
  /** A chat unless given. */
  readonly operation?: Operation;
  readonly model: string;
  /** Who was named; whoever offers the model where nobody was. */
  readonly providers: readonly string[];
  /** What stands in where no candidate can answer: a provider, or `provider:id`. */
  readonly fallback?: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What is known of providers and models. */
export interface KnownProviders {
  readonly providers: ReadonlyMap<string, RegistryEntry>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The family of a model by another name of it. @throws G4FError `model-not-found`. */
  readonly familyOf: (model: string) => Promise<string>;
}

/** A provider, and its own id of the model. */
type Offer = readonly [entry: RegistryEntry, id: string];

const FREE: TokenPrice = { input: 0, output: 0 };
/** Operations whose whole price is that of their tokens. */
const BY_TOKENS: ReadonlySet<Operation> = new Set(['chat', 'respond', 'complete', 'embed']);
/** What changes the price of a token, or is paid besides. */
const OTHERWISE_PRICED = ['service_tier', 'web_search_options'];

/**
 * The highest price among those who may answer. Without a key a provider is free, for there is nobody to bill, or is not asked, which
 * the client says.
 * @throws G4FError `invalid-request` where one of them has no known price; `model-not-found`.
 */
export const priceOf = async (asked: PricedQuestion, known: KnownProviders): Promise<TokenPrice> => {
  const prices = (await offersOf(asked, known)).map((offer) => knownPrice(offer, asked, known.env));
  return {
    input: Math.max(0, ...prices.map(({ input }) => input)),
    output: Math.max(0, ...prices.map(({ output }) => output)),
  };
};

function knownPrice(
  [entry, id]: Offer,
  { operation = 'chat', parameters }: PricedQuestion,
  env: KnownProviders['env'],
): TokenPrice {
  if (keyVariable(entry, env) === undefined) return FREE;
  // The prices that makers publish for these are by picture, letter or minute, and are not among the facts.
  if (!BY_TOKENS.has(operation))
    throw unknown(
      `what ${id} costs at ${entry.id} is not known, for it is not counted in tokens alone,`,
      'name with -p a service of your own that needs no key, or leave --max-cost out',
    );
  const { perMillion = {} } = entry.prices ?? {};
  const price = Object.hasOwn(perMillion, id) ? perMillion[id] : undefined;
  if (price === undefined)
    throw unknown(
      `what ${id} costs at ${entry.id} is not known`,
      '"g4f models --cheapest" lists models with a known price at their maker’s: name one with -m and the maker with -p, or leave --max-cost out',
    );
  const other = OTHERWISE_PRICED.find((name) => parameters[name] !== undefined);
  if (other !== undefined)
    throw unknown(`what ${id} costs with ${other} is not known`, `leave ${other} or --max-cost out`);
  return { input: price[0] / 1e6, output: price[1] / 1e6 };
}

const unknown = (why: string, next: string): G4FError =>
  new G4FError(`--max-cost: ${why} before it is asked, so nobody was. To go on: ${next}.`, {
    code: 'invalid-request',
  });

/** None where nobody can be asked: what is missing is told by the client. */
async function offersOf(asked: PricedQuestion, known: KnownProviders): Promise<readonly Offer[]> {
  const { operation = 'chat', model, providers: named, fallback } = asked;
  const { providers, env, familyOf } = known;
  const colon = model.indexOf(':');
  const prefixed = providers.get(model.slice(0, Math.max(0, colon)));
  const entries = named.length > 0 ? named.flatMap((id) => providers.get(id) ?? []) : [prefixed ?? []].flat();
  const standIn = fallback === undefined ? [] : offersOfFallback(fallback, providers);
  if (entries.length > 0)
    return [
      ...entries.map((entry): Offer => [entry, ownId(entry, model, operation) ?? bare(entry, model)]),
      ...standIn,
    ];
  const usable = [...providers.values()].filter(
    (entry) =>
      entry.operations.some((one) => carries(one, operation)) &&
      (entry.key !== 'required' || keyVariable(entry, env) !== undefined),
  );
  const offering = (name: string): readonly Offer[] =>
    usable.flatMap((entry) => {
      const id = ownId(entry, name, operation);
      return id === undefined ? [] : [[entry, id] as const];
    });
  const offers = offering(model);
  return [...(offers.length > 0 ? offers : offering(await familyOf(model))), ...standIn];
}

function offersOfFallback(fallback: string, providers: ReadonlyMap<string, RegistryEntry>): readonly Offer[] {
  const [id = '', ...rest] = fallback.split(':');
  const entry = providers.get(id);
  if (entry === undefined) return [];
  const [first = ''] = Object.values(entry.models);
  const model = rest.join(':');
  return [[entry, model === '' ? first : (ownId(entry, model, 'chat') ?? model)]];
}

/** The name without the provider before it: `openai:gpt-5.4`, `openai/gpt-5.4`. */
const bare = ({ id }: RegistryEntry, name: string): string =>
  name.startsWith(`${id}:`) || name.startsWith(`${id}/`) ? name.slice(id.length + 1) : name;

/** Whether who has this operation can be asked for that one: a response is carried out by a chat where there is none. */
const carries = (has: Operation, wanted: Operation): boolean =>
  has === wanted || (has === 'chat' && wanted === 'respond');

/** The provider's own id of a family, or of what it is known to offer by that id. */
function ownId(entry: RegistryEntry, given: string, operation: Operation): string | undefined {
  const models =
    operation === 'chat' || operation === 'respond' ? entry.models : (entry.modelsFor?.[operation] ?? {});
  const name = bare(entry, given);
  if (Object.hasOwn(models, name)) return models[name];
  return Object.values(models).includes(name) ? name : undefined;
}
