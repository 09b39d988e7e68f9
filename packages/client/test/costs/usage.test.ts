// usage.cost on answers, and client.usage(): the same on both faces, over a real socket.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { tool } from '../../src/programs/tools/tool.ts';
import type { ClientOptions } from '../../src/surface/options.ts';
import { fakeEmbedder } from '../embeddings/fake-embedder.ts';
import { collect, failing, failureOf, fakeProvider, saying, start, stop, text } from '../fake-provider.ts';
import { type Service, startService } from '../sync/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const counted = { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 };
const options = (tells?: object): ClientOptions => ({
  provider: 'openai',
  baseURL: service.url,
  apiKey: 'k',
  env: {},
  maxRetries: 0,
  ...(tells && { extraBody: { tells } }),
});
const hello = { model: 'gpt-4o', messages: 'hello' } as const;
const cost = {
  cost: 0.0045,
  cost_basis: { source: 'maker', input: 2.5, output: 10, date: expect.any(String) },
};
const sums = {
  attempts: 2,
  answers: 2,
  uncounted: 0,
  unpriced: 0,
  prompt_tokens: 2000,
  completion_tokens: 400,
  total_tokens: 2400,
  cost: 0.009,
};

describe('cost', () => {
  it('is told by AsyncClient on whole answers and with the last usage of a stream, and added up', async () => {
    const client = new AsyncClient({ ...options(counted), cache: true });
    const { create } = client.chat.completions;
    expect((await create(hello)).usage).toEqual({ ...counted, ...cost });
    expect((await create(hello)).cached).toBe(true);
    const chunks = await collect(
      create({ ...hello, stream: true, stream_options: { include_usage: true } }, { cache: false }),
    );
    expect(chunks.flatMap(({ usage }) => usage ?? [])).toEqual([{ ...counted, ...cost }]);
    const { total, models } = await client.usage();
    expect(total).toEqual(sums);
    expect(models).toEqual([{ provider: 'openai', model: 'gpt-4o', ...sums }]);
  });

  it('is told by Client alike', () => {
    using client = new Client(options(counted));
    const { create } = client.chat.completions;
    expect(create(hello).usage).toEqual({ ...counted, ...cost });
    const chunks = [...create({ ...hello, stream: true })];
    expect(chunks.flatMap(({ usage }) => usage ?? [])).toEqual([{ ...counted, ...cost }]);
    expect(client.usage()).toEqual({
      total: sums,
      models: [{ provider: 'openai', model: 'gpt-4o', ...sums }],
    });
  });

  it('is the service\u2019s own where it says one', async () => {
    const tells = { ...counted, cost: 0.5 };
    const client = new AsyncClient({ ...options(tells), provider: 'openrouter' });
    expect((await client.chat.completions.create(hello)).usage).toMatchObject({
      cost: 0.5,
      cost_basis: { source: 'service' },
    });
    expect((await client.usage()).total.cost).toBe(0.5);
  });

  it('is no number called cost of any other service', async () => {
    const client = new AsyncClient({ ...options({ ...counted, cost: 500 }), provider: 'groq' });
    const { usage } = await client.chat.completions.create({ model: 'm', messages: 'x' });
    expect(usage).toEqual({ ...counted, cost_details: 500 });
    expect((await client.usage()).total).toMatchObject({ unpriced: 1, cost: 0 });
  });

  it('is told of no other service, and answers without counts are told of', async () => {
    const client = new AsyncClient({ ...options(), provider: 'groq' });
    const { usage } = await client.chat.completions.create(
      { model: 'm', messages: 'x' },
      { extraBody: { tells: counted } },
    );
    expect(usage).toEqual(counted);
    await client.chat.completions.create({ model: 'm', messages: 'x' });
    expect((await client.usage()).total).toEqual({
      ...sums,
      uncounted: 1,
      unpriced: 1,
      prompt_tokens: 1000,
      completion_tokens: 200,
      total_tokens: 1200,
      cost: 0,
    });
  });

  it('counts failed attempts, and answers that were left, and vectors', async () => {
    const provider = [
      fakeProvider('broken', failing('server')),
      fakeProvider('good', async function* ({ model }) {
        yield [start(model), text('a')];
        yield [text('b')];
        yield [stop];
      }),
    ];
    const client = new AsyncClient({ env: {}, provider, maxRetries: 1 });
    for await (const _chunk of client.chat.completions.create({
      model: 'family',
      messages: 'x',
      stream: true,
    }))
      break;
    await client.embeddings.create({ model: 'vectors', input: 'x' }, { provider: fakeEmbedder('vectors') });
    await failureOf(
      client.chat.completions.create(
        { model: 'family', messages: 'x' },
        { provider: fakeProvider('cut', failing('network', [start(), text('a')])) },
      ),
    );
    const { total, models } = await client.usage();
    const none = { attempts: 1, answers: 0, uncounted: 1 };
    expect(models.filter(({ provider }) => provider !== 'broken')).toMatchObject([
      { provider: 'good', ...none },
      { provider: 'vectors', operation: 'embed', attempts: 1, answers: 1 },
      { provider: 'cut', ...none },
    ]);
    const [broken] = models;
    expect(broken).toMatchObject({ provider: 'broken', answers: 0, uncounted: 0 });
    expect(total.attempts).toBe((broken?.attempts ?? 0) + 3);
  });

  it('is nothing before the first call', async () => {
    const client = new AsyncClient({ env: {}, provider: fakeProvider('x', saying('x')) });
    expect((await client.usage()).models).toEqual([]);
    client.close();
    expect(await failureOf(client.usage())).toMatchObject({ code: 'invalid-request' });
  });
});

describe('cost of what is made of several, or of another operation', () => {
  const dollars = (amount: number) => ({ cost: amount, cost_basis: { source: 'service' } });
  const usage = { ...counted, cost: 0.25 };
  const asked = { model: 'family', messages: 'x' } as const;
  const ends = (...usages: (typeof counted | undefined)[]) => {
    let at = 0;
    return fakeProvider(
      'dear',
      async function* ({ model }) {
        const given = usages[at++];
        yield [start(model)];
        const call = { type: 'tool-call-delta', key: 'k', id: 'c', name: 'f', arguments: '{}' } as const;
        yield at < usages.length ? [call] : [text('done')];
        yield [...(given === undefined ? [] : [{ type: 'usage', usage: given } as const])];
        yield [at < usages.length ? { type: 'finish', reason: 'tool_calls' } : stop];
      },
      { costField: 'cost' },
    );
  };
  const f = tool({ name: 'f', execute: () => 'ok' });

  it('is that of all steps of a run, or none if one is not known', async () => {
    const run = async (...usages: Parameters<typeof ends>) => {
      const client = new AsyncClient({ env: {}, provider: ends(...usages) });
      return (await client.chat.completions.runTools({ ...asked, tools: [f] })).usage;
    };
    expect(await run(usage, usage)).toMatchObject({ total_tokens: 2400, ...dollars(0.5) });
    expect(await run(usage, counted)).not.toHaveProperty('cost');
    expect(await run(usage, undefined)).toEqual(counted);
  });

  it('is told of a response, over chat and of the service itself, and added up', async () => {
    const words = {
      input_tokens: 1000,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 200,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 1200,
    };
    const response = { id: 'r', object: 'response', created_at: 1, status: 'completed', model: 'm' } as const;
    const native = fakeProvider('native', saying('x'), {
      costField: 'cost_in_usd_ticks',
      async *respond() {
        const told = { ...response, output: [], usage: { ...words, cost_in_usd_ticks: 2_500_000_000 } };
        yield [{ type: 'response.completed', sequence_number: 0, response: told }];
      },
    });
    for (const provider of [ends(usage), native]) {
      const client = new AsyncClient({ env: {}, provider });
      const answer = await client.responses.create({ model: 'family', input: 'x' });
      expect(answer.usage).toMatchObject({ ...words, ...dollars(0.25) });
      expect((await client.usage()).total).toMatchObject({
        ...counted,
        answers: 1,
        uncounted: 0,
        unpriced: 0,
        cost: 0.25,
      });
    }
  });
});
