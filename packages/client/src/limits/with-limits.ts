// The wrap that limits requests to each provider, as a program names it: the queue is loaded with the first request.
import type { Operation, Operations } from '@g4f/core';
import { type AroundOperation, type ProviderCall, withAround } from '../attempt/wrapped-operations.ts';
import { noField, wrong } from '../options/check-option.ts';
import { withNamedIds } from '../options/named-ids.ts';
import { withPlainForm } from '../options/plain-form.ts';
import { isFields } from '../options/plain-value.ts';
import { reading } from '../options/unreadable.ts';
import type { WrapProvider } from '../surface/middleware.ts';
import type { Limiter } from './limiter.ts';
import type { LimitsOptions, ProviderLimit } from './options.ts';

const FIELDS: readonly (keyof ProviderLimit)[] = ['concurrency', 'requests', 'perMs'];
const DAY_MS = 86_400_000;

/**
 * Lets only so many requests to each provider be under way at once, or begin in a span of time. The others wait in their order; only
 * the total deadline of the call, its signal and `close()` end the wait. Every attempt needs a place, retries as well. After a 429 that
 * asks for at most 10 s, nobody is let in before. Every `AsyncClient`
 * that is given this wrap shares its places; each `Client` has places of its own.
 *
 * @returns for the option `wrap` of a client.
 * @throws G4FError `invalid-request` for options that there are not.
 */
export const withLimits = (options: LimitsOptions): WrapProvider => {
  const { providers, ...each } = reading(options, () => checkOptions(options));
  const limiters = new Map<string, Promise<Limiter>>();
  const limiterOf = (id: string, limit: ProviderLimit): Promise<Limiter> => {
    const known = limiters.get(id) ?? import('./limiter.ts').then(({ Limiter }) => new Limiter(limit));
    limiters.set(id, known);
    return known;
  };
  const wrap: WrapProvider = (provider) => {
    const limit = providers.get(provider.id) ?? each;
    if (Object.keys(limit).length === 0) return provider;
    return withAround(
      provider,
      aroundBy(() => limiterOf(provider.id, limit)),
    );
  };
  withNamedIds(wrap, 'withLimits providers', [...providers.keys()]);
  return withPlainForm(wrap, 'withLimits', options);
};

const aroundBy = (load: () => Promise<Limiter>): AroundOperation =>
  async function* limited<O extends Operation>(
    { context }: ProviderCall<O>,
    ask: () => AsyncIterable<Operations[O]['part']>,
  ): AsyncGenerator<Operations[O]['part'], undefined> {
    // Not the provider's silence: only the total deadline counts.
    context.enter('prepare');
    const limiter = await load();
    const leave = await limiter.enter(context.signal);
    try {
      context.enter('first-content');
      yield* ask();
    } catch (thrown) {
      limiter.failed(thrown);
      throw thrown;
    } finally {
      leave();
    }
    return undefined;
  };

function checkOptions(
  given: unknown,
): ProviderLimit & { readonly providers: ReadonlyMap<string, ProviderLimit> } {
  if (!isFields(given)) throw wrong('withLimits', 'given an object, such as { concurrency: 4 }', given);
  const { providers = {}, ...each } = given;
  if (!isFields(providers))
    throw wrong('withLimits providers', 'an object with limits for each provider id', providers);
  const own = Object.entries(providers).map(
    ([id, limit]) => [id, checkLimit(`withLimits providers.${id}`, limit)] as const,
  );
  if (Object.keys(each).length === 0 && own.length === 0)
    throw wrong('withLimits', 'given a limit, such as { concurrency: 4 }', given);
  return {
    ...(Object.keys(each).length > 0 && checkLimit('withLimits', each, 'providers')),
    providers: new Map(own),
  };
}

function checkLimit(who: string, limit: unknown, ...more: readonly string[]): ProviderLimit {
  if (!isFields(limit)) throw wrong(who, 'an object, such as { concurrency: 4 }', limit);
  for (const name of Object.keys(limit))
    if (!FIELDS.some((field) => field === name)) throw noField(who, name, [...FIELDS, ...more]);
  const { concurrency, requests, perMs } = limit;
  for (const [name, count] of Object.entries({ concurrency, requests }))
    if (count !== undefined && !(Number.isInteger(count) && Number(count) > 0))
      throw wrong(`${who} ${name}`, 'a whole number above 0', count);
  if (perMs !== undefined && !(typeof perMs === 'number' && perMs > 0 && perMs <= DAY_MS))
    throw wrong(`${who} perMs`, 'a number of ms above 0, at most a day', perMs);
  if ((requests === undefined) !== (perMs === undefined))
    throw wrong(who, 'given requests and perMs together, such as { requests: 60, perMs: 60_000 }', limit);
  return limit;
}
