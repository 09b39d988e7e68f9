// Who may answer a call, in which order, with which key, and at which address.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../src/options/settings.ts';
import { findRoute } from '../../src/routing/route.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { stock } from '../fake-catalog.ts';
import { failureOf, fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);

const reseller = fakeProvider('reseller', saying('r'), {
  key: 'required',
  env: ['RESELLER_KEY', 'RESELLER_TOKEN'],
  baseURL: 'https://reseller.example/v1',
  models: { 'big-70b': 'vendor/big-70b', 'small-8b': 'vendor/small' },
});
const maker = fakeProvider('big-maker', saying('m'), {
  key: 'required',
  env: ['BIG_MAKER_API_KEY'],
  models: { 'big-70b': 'big-70b' },
});
const home = fakeProvider('home', saying('h'), { key: 'none', models: { 'small-8b': 'small:8b' } });
const KEYS = { RESELLER_KEY: 'r-key', BIG_MAKER_API_KEY: 'm-key' };

beforeEach(() => stock(reseller, maker, home));

const routeOf = async (model: string, options: ClientOptions = {}) =>
  findRoute({ model, operation: 'chat' }, settle({ env: KEYS, ...options }));
const linesOf = async (model: string, options: ClientOptions = {}): Promise<string[]> =>
  (await routeOf(model, options)).candidates.map(({ backend, model: own }) => `${backend.id} ${own}`);

describe('by model', () => {
  it('a family: everyone who offers it, its maker first, each with its own id', async () => {
    expect(await linesOf('big-70b')).toEqual(['big-maker big-70b', 'reseller vendor/big-70b']);
    expect(await linesOf('small-8b')).toEqual(['reseller vendor/small', 'home small:8b']);
  });

  it("a provider's own id", async () => {
    expect(await linesOf('vendor/small')).toEqual(['reseller vendor/small']);
    expect(await linesOf('small:8b')).toEqual(['home small:8b']);
  });

  it('provider:id, with a family or any id of its own', async () => {
    expect(await linesOf('reseller:big-70b')).toEqual(['reseller vendor/big-70b']);
    expect(await linesOf('reseller:vendor/brand:new')).toEqual(['reseller vendor/brand:new']);
  });

  it('a name with what services put around it, or another name of the same model', async () => {
    stock(
      fakeProvider('openai', saying('o'), { key: 'none', models: { 'gpt-4o': 'gpt-4o' } }),
      fakeProvider('other', saying('x'), { key: 'none', models: { 'gpt-4o': 'x/4o', 'gemma-3-27b': 'g' } }),
    );
    expect(await linesOf('GPT-4o:latest')).toEqual(['openai gpt-4o', 'other x/4o']);
    expect(await linesOf('openai/GPT-4o')).toEqual(['openai gpt-4o']);
    expect(await linesOf('google/gemma-3-27b-it')).toEqual(['other g']);
  });

  it('a dated snapshot: its maker alone, under that very id', async () => {
    const maker = fakeProvider('openai', saying('o'), { key: 'none', models: { 'gpt-4o': 'gpt-4o' } });
    const other = fakeProvider('other', saying('x'), { key: 'none', models: { 'gpt-4o': 'x/4o' } });
    stock(other, maker);
    expect(await linesOf('gpt-4o-2024-08-06')).toEqual(['openai gpt-4o-2024-08-06']);
    stock(other);
    expect(await failureOf(routeOf('gpt-4o-2024-08-06'))).toMatchObject({ code: 'model-not-found' });
  });

  it("somebody's own version of a model is not that model", async () => {
    stock(fakeProvider('other', saying('x'), { key: 'none', models: { 'gpt-oss-120b': 'oss' } }));
    expect(await failureOf(routeOf('someone/gpt-oss-120b'))).toMatchObject({ code: 'model-not-found' });
    expect(await linesOf('other:someone/gpt-oss-120b')).toEqual(['other someone/gpt-oss-120b']);
  });

  it('one that nobody offers names near ones', async () => {
    const error = await failureOf(routeOf('big-7b'));
    expect(error).toMatchObject({ code: 'model-not-found', model: 'big-7b' });
    expect(error.message).toBe(
      'no provider offers a model called "big-7b". Did you mean big-70b? models.list() names the families; a provider\'s own model is asked for as "provider:id" or with provider.',
    );
    expect((await failureOf(routeOf('claude'))).message).not.toContain('Did you mean');
  });

  it.each(['toString', '__proto__', 'constructor', 'reseller:', ':'])('%s is no model', async (model) => {
    expect(await failureOf(routeOf(model))).toMatchObject({ code: 'model-not-found', model });
  });
});

describe('by provider', () => {
  it('an id, a list in its order, an object', async () => {
    expect(await linesOf('big-70b', { provider: 'reseller' })).toEqual(['reseller vendor/big-70b']);
    expect(await linesOf('big-70b', { provider: ['reseller', 'big-maker'] })).toEqual([
      'reseller vendor/big-70b',
      'big-maker big-70b',
    ]);
    const mine = fakeProvider('mine', saying('x'), { models: { 'big-70b': 'b' } });
    expect(await linesOf('big-70b', { provider: [mine, 'reseller'] })).toEqual([
      'mine b',
      'reseller vendor/big-70b',
    ]);
  });

  it('asks a named provider for a model it does not list, as it is written', async () => {
    expect(await linesOf('brand-new', { provider: 'reseller' })).toEqual(['reseller brand-new']);
    expect(await linesOf('reseller:big-70b', { provider: 'reseller' })).toEqual(['reseller vendor/big-70b']);
    expect(await linesOf('toString', { provider: 'reseller' })).toEqual(['reseller toString']);
  });

  it('an unknown one names near ones, and all', async () => {
    const error = await failureOf(routeOf('big-70b', { provider: 'reseler' }));
    expect(error.code).toBe('no-provider');
    expect(error.message).toBe(
      'no provider is called "reseler". Did you mean reseller? Known: reseller, big-maker, home; or the URL of a module that exports a provider.',
    );
    expect((await failureOf(routeOf('x', { provider: 'constructor' }))).code).toBe('no-provider');
  });

  it('a key in the wrong place is not quoted', async () => {
    for (const lost of [
      routeOf('x', { provider: 'sk-proj-abcdef123456' }),
      routeOf('sk-proj-abcdef123456'),
    ]) {
      const { message } = await failureOf(lost);
      expect(message).toContain('"[redacted]"');
      expect(message).not.toContain('abcdef');
    }
  });

  it('says whether the caller named it', async () => {
    const named = async (model: string, options?: ClientOptions) =>
      (await routeOf(model, options)).candidates.map((candidate) => candidate.named);
    expect(await named('small-8b')).toEqual([false, false]);
    expect(await named('home:x')).toEqual([true]);
    expect(await named('x', { provider: 'home' })).toEqual([true]);
    expect(await named('x', { baseURL: 'http://h' })).toEqual([true]);
  });
});

describe('keys', () => {
  it('names the variable of each provider that lacks its key', async () => {
    expect(await routeOf('big-70b', { env: {} })).toEqual({
      candidates: [],
      unusable: [
        { id: 'big-maker', missing: 'set BIG_MAKER_API_KEY' },
        { id: 'reseller', missing: 'set RESELLER_KEY or RESELLER_TOKEN' },
      ],
    });
    expect(await linesOf('big-70b', { env: { RESELLER_TOKEN: 'x', RESELLER_KEY: ' ' } })).toEqual([
      'reseller vendor/big-70b',
    ]);
  });

  it('gives each provider the key under its id, and no other', async () => {
    const apiKey = { reseller: 'k1', 'big-maker': 'k2' };
    const { candidates } = await routeOf('big-70b', { env: {}, apiKey });
    expect(candidates.map((candidate) => [candidate.backend.id, candidate.apiKey])).toEqual([
      ['big-maker', 'k2'],
      ['reseller', 'k1'],
    ]);
    expect((await routeOf('small-8b', { apiKey })).candidates[1]?.apiKey).toBeUndefined();
  });

  it('gives one key to the one named provider', async () => {
    const { candidates } = await routeOf('big-70b', { provider: 'reseller', apiKey: 'k', env: {} });
    expect(candidates).toMatchObject([{ apiKey: 'k' }]);
  });

  it('refuses one key where it is not clear whose it is', async () => {
    const refused = await failureOf(routeOf('big-70b', { apiKey: 'sk-secret' }));
    expect(refused.code).toBe('invalid-request');
    expect(refused.message).toBe(
      'apiKey is one key, and it is not clear whose: name one provider of big-maker, reseller beside it, or give one key for each id, such as { "big-maker": … }.',
    );
    const list = { apiKey: 'sk-secret', provider: ['reseller', 'home'] };
    expect((await failureOf(routeOf('big-70b', list))).code).toBe('invalid-request');
    stock(reseller);
    expect((await failureOf(routeOf('big-70b', { apiKey: 'sk-secret' }))).code).toBe('invalid-request');
  });
});

describe('addresses', () => {
  const baseURL = 'http://127.0.0.1:8000/v1';

  it('an address alone is a provider of its own, which is asked for the model as it is written', async () => {
    const { candidates } = await routeOf('big-70b', { baseURL });
    expect(candidates).toMatchObject([{ backend: { id: 'custom', baseURL }, model: 'big-70b' }]);
    expect(await linesOf('some/model:8b', { baseURL })).toEqual(['custom some/model:8b']);
  });

  it('an address for the named provider takes its key along', async () => {
    const { candidates } = await routeOf('big-70b', { provider: 'reseller', baseURL });
    expect(candidates).toMatchObject([{ backend: { id: 'reseller' }, baseURL, model: 'vendor/big-70b' }]);
  });

  it('refuses one address for several providers', async () => {
    const error = await failureOf(routeOf('big-70b', { baseURL, provider: ['reseller', 'home'] }));
    expect(error.message).toBe(
      'baseURL is one address, but several providers are named (reseller, home): name one.',
    );
  });

  it('takes <ID>_BASE_URL for that provider only', async () => {
    const env = { ...KEYS, BIG_MAKER_BASE_URL: ' http://127.0.0.1:1/v1/ ' };
    const { candidates } = await routeOf('big-70b', { env });
    expect(candidates.map((candidate) => candidate.baseURL)).toEqual(['http://127.0.0.1:1/v1', undefined]);
    expect((await routeOf('big-maker:x', { env, baseURL })).candidates).toMatchObject([{ baseURL }]);
  });

  it('refuses such a variable that is no URL, without its password; others answer meanwhile', async () => {
    const env = { ...KEYS, RESELLER_BASE_URL: 'me:secret@host' };
    const wrong = 'the variable RESELLER_BASE_URL must be an http or https URL; it is "…@host"';
    expect((await failureOf(routeOf('reseller:big-70b', { env }))).message).toBe(`${wrong}.`);
    const { candidates, unusable } = await routeOf('big-70b', { env });
    expect(candidates.map(({ backend }) => backend.id)).not.toContain('reseller');
    expect(unusable).toContainEqual({ id: 'reseller', missing: wrong });
  });
});
