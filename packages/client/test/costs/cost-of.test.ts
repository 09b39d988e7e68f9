// What a request cost: what the service says, else a price that surely holds, else nothing.
import { describe, expect, it } from 'vitest';
import type { ProviderEntry } from '../../src/catalog/provider-entry.ts';
import { fromProvider } from '../../src/catalog/provider-entry.ts';
import { Bill } from '../../src/costs/bill.ts';
import { costOf } from '../../src/costs/cost-of.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

const backend: ProviderEntry = {
  ...fromProvider(fakeProvider('maker', saying('x'))),
  prices: { read: '2026-11-23', perMillion: { priced: [2.5, 10] } },
};
const asked = (
  parameters = {},
  model = 'priced',
  extraBody?: Record<string, unknown>,
  costField?: ProviderEntry['costField'],
) => ({
  candidate: { backend: costField === undefined ? backend : { ...backend, costField }, model },
  parameters,
  extraBody,
});
const usage = { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 };
const maker = { source: 'maker', input: 2.5, output: 10, date: '2026-11-23' };

describe('costOf', () => {
  it.each([
    ['by the price', usage, { cost: 0.0045, cost_basis: maker }],
    ['of vectors', { prompt_tokens: 1000, total_tokens: 1000 }, { cost: 0.0025, cost_basis: maker }],
    ['of nothing', { ...usage, prompt_tokens: 0, completion_tokens: 0 }, { cost: 0, cost_basis: maker }],
    [
      'at most, with a cache',
      { ...usage, prompt_tokens_details: { cached_tokens: 900 } },
      { cost: 0.0045, cost_basis: { ...maker, at_most: true } },
    ],
    [
      'not with a cache written to',
      { ...usage, prompt_tokens_details: { cache_write_tokens: 1 } },
      undefined,
    ],
    ['not with sound', { ...usage, completion_tokens_details: { audio_tokens: 1 } }, undefined],
    [
      'not with a summary that is billed besides',
      { ...usage, iterations: [{ type: 'compaction' }] },
      undefined,
    ],
    [
      'with other iterations, which are in the counts',
      { ...usage, iterations: [{ type: 'message' }] },
      { cost: 0.0045, cost_basis: maker },
    ],
    [
      'for a prompt of up to 128,000 tokens',
      { ...usage, prompt_tokens: 128_000, completion_tokens: 0 },
      { cost: 0.32, cost_basis: maker },
    ],
    ['not for a long prompt', { ...usage, prompt_tokens: 128_001 }, undefined],
    ['not for endless counts', { ...usage, completion_tokens: Number.POSITIVE_INFINITY }, undefined],
    ['not for counts in words', { ...usage, prompt_tokens: '1000' as never }, undefined],
    ['not without counts', { completion_tokens: 3 }, undefined],
    ['not with counts that are none', { ...usage, completion_tokens: -1 }, undefined],
    ['not what is no amount', { completion_tokens: 3, cost: -1 }, undefined],
  ])('is told %s', (_, counted, cost) => expect(costOf(counted, asked())).toEqual(cost));

  const says = { ...usage, cost: 0.95, cost_in_usd_ticks: 37_756_000 };
  const service = { source: 'service' };
  it.each([
    ['OpenRouter', 'cost', { cost: 0.95, cost_basis: service }],
    ['xAI', 'cost_in_usd_ticks', { cost: 0.0037756, cost_basis: service }],
    ['nobody whose documentation has one', undefined, { cost: 0.0045, cost_basis: maker }],
  ] as const)('is what the service says, as %s does', (_, field, cost) =>
    expect(costOf(says, asked({}, 'priced', undefined, field))).toEqual(cost),
  );

  it.each([
    ['another model', asked({}, 'other')],
    ['a name of every object', asked({}, 'toString')],
    ['another tier', asked({ service_tier: 'flex' })],
    ['another tier in extraBody', asked({}, 'priced', { service_tier: 'priority' })],
    ['a search', asked({ web_search_options: {} })],
    ['a tool of the service', asked({ tools: [{ type: 'function' }, { type: 'web_search' }] })],
  ])('is not told for %s', (_, request) => expect(costOf(usage, request)).toBeUndefined());

  it.each([
    ['the default tier', asked({ service_tier: 'default' })],
    ['the tier that the service chooses', asked({ service_tier: 'auto' })],
    ['no tier', asked({ service_tier: null })],
    ['tools of the caller', asked({ tools: [{ type: 'function' }, { type: 'custom' }] })],
    ['tools without a type', asked({ tools: [{ name: 'look' }, null, 'look'] })],
  ])('is told for %s', (_, request) => expect(costOf(usage, request)?.cost).toBe(0.0045));

  it.each(['cost', 'cost_in_usd_ticks'] as const)(
    'is the price where the service says no amount as %s',
    (field) => {
      const says = { ...usage, cost: 'free', cost_in_usd_ticks: -1 } as never;
      expect(costOf(says, asked({}, 'priced', undefined, field))).toEqual({
        cost: 0.0045,
        cost_basis: maker,
      });
    },
  );

  it.each(['qwen', 'zhipu'])('is not told where %s asks more for a prompt that is shorter', (id) => {
    const { candidate, ...request } = asked();
    const there = { ...request, candidate: { ...candidate, backend: { ...backend, id } } };
    const long = { ...usage, prompt_tokens: 32_001 };
    expect(costOf(long, there)).toBeUndefined();
    expect(costOf(long, asked())).toBeDefined();
    expect(costOf(usage, there)).toBeDefined();
  });

  it('counts in the words of a chat what is told in others', () => {
    const bill = new Bill(asked());
    const words = { input_tokens: 1000, output_tokens: 200, total_tokens: 1200 };
    expect(bill.told(words as never, usage)).toEqual({ ...words, cost: 0.0045, cost_basis: maker });
    expect(bill.used).toMatchObject({ cost: 0.0045 });
  });

  it.each([
    ['parts', { total_cost: 'x' }],
    ['a number that no documentation explains', 12],
  ])('puts %s elsewhere', (_, said) => {
    const bill = new Bill(asked({}, 'other'));
    expect(bill.told({ ...usage, cost: said as never })).toEqual({ ...usage, cost_details: said });
  });
});
