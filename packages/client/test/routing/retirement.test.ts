// What becomes of a call for a model that its maker ends. The day is given, so that no test depends on today's.
import { registry } from '@g4f/providers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { settle } from '../../src/options/settings.ts';
import { retirementOf } from '../../src/routing/retirement.ts';
import { ask } from '../ask.ts';
import { catalog, stock } from '../fake-catalog.ts';
import { failing, fakeProvider, saying } from '../fake-provider.ts';
import { type Service, startService } from '../sync/service.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);
vi.setConfig({ testTimeout: 40_000 });

const ENDS = {
  old: { ended: '2030-05-10', successor: 'middle' },
  middle: { ended: '2030-06-20', successor: 'new' },
  last: { ended: '2030-05-10' },
  moved: { ended: '2030-05-10', announced: true, successor: 'new' },
  circle: { ended: '2030-05-10', successor: 'circle' },
} as const;
const MODELS = { old: 'old', middle: 'mid-1', new: 'new-1', last: 'last', moved: 'moved' };

/** What a provider says to everything: its own id of the model. */
const maker = fakeProvider('maker', (request, context) => saying(request.model)(request, context), {
  name: 'Maker',
  models: MODELS,
});
const reseller = fakeProvider(
  'reseller',
  (request, context) => saying(`r-${request.model}`)(request, context),
  {
    key: 'optional',
    env: ['R'],
    models: { old: 'maker/old' },
  },
);

/** The makers' own services have ends; nobody else has. */
const offer = (...providers: readonly (typeof maker)[]): void => {
  stock(...providers);
  const own = catalog.maker;
  if (own !== undefined) catalog.maker = { ...own, ends: { ...ENDS, 'mid-1': ENDS.middle } };
};
const onDay = (day: string): void => void vi.spyOn(Date, 'now').mockReturnValue(Date.parse(day));

beforeEach(() => offer(maker));
afterEach(() => void vi.restoreAllMocks());

describe('the fate of a model', () => {
  const fate = (model: string, day: string, options: object = {}, elsewhere = false) => {
    const own = catalog.maker;
    if (own === undefined) throw new Error('the maker is not there');
    return retirementOf(own, model, settle({ env: {}, ...options }), elsewhere, Date.parse(day));
  };
  const NOTE =
    'Maker ended old on 2030-05-10; middle follows it: name middle or set retired: "successor" (G4F_RETIRED)';

  it('is none far from its end, nor of a model without one', () => {
    expect(fate('new-1', '2031-01-01')).toBeUndefined();
    expect(fate('toString', '2031-01-01')).toBeUndefined();
    expect(fate('old', '2030-04-09')).toEqual({ note: expect.stringContaining('ends old on 2030-05-10') });
  });

  it('is a warning within the 30 days before, and on the day', () => {
    for (const day of ['2030-04-10', '2030-05-10T23:59:59Z'])
      expect(fate('old', day)?.warning).toMatch(
        /^Maker ends old on 2030-05-10; middle follows it: name middle/,
      );
  });

  it('is a refusal afterwards, which names day, successor and option', () => {
    expect(fate('old', '2030-05-11')).toEqual({ note: NOTE, refused: NOTE });
    expect(fate('last', '2030-05-11')?.refused).toBe('Maker ended last on 2030-05-10: name another');
  });

  it('is its own refusal where the day was only announced, or where it is asked elsewhere', () => {
    expect(fate('moved', '2030-05-11')?.refused).toBeUndefined();
    expect(fate('old', '2030-05-11', {}, true)).toEqual({ note: NOTE });
  });

  it('is the first in the line of successors that has not ended, where the caller wishes', () => {
    const retired = 'successor';
    expect(fate('old', '2030-05-11', { retired })?.successor?.model).toBe('mid-1');
    expect(fate('old', '2030-06-21', { retired })?.successor?.model).toBe('new-1');
    expect(fate('mid-1', '2030-06-21', { retired })?.successor?.model).toBe('new-1');
    expect(fate('moved', '2030-05-11', { retired })?.successor?.model).toBe('new-1');
    expect(fate('old', '2030-05-11', { retired }, true)?.successor?.model).toBe('mid-1');
    const baseURL = 'http://127.0.0.1:9';
    expect(fate('old', '2030-05-11', { retired, baseURL }, true)).toEqual({ note: NOTE });
    for (const model of ['last', 'circle'])
      expect(fate(model, '2030-05-11', { retired })?.refused).toContain('2030-05-10');
    expect(fate('old', '2030-05-10', { retired })?.successor).toBeUndefined();
  });

  it.each(['old-2029-01-02', 'old-20290102', 'old-0613', 'old-01-2029'])(
    'is shared by a snapshot: %s',
    (model) => {
      expect(fate(model, '2030-05-11')?.refused).toContain(`Maker ended ${model} on 2030-05-10`);
      expect(fate(`${model}x`, '2030-05-11')).toBeUndefined();
    },
  );

  it('is told by option or variable, of which the option counts', () => {
    const moved = (options: object) => fate('old', '2030-05-11', options)?.successor !== undefined;
    const env = { G4F_RETIRED: 'successor' };
    expect(moved({ env })).toBe(true);
    expect(moved({ env, retired: 'error' })).toBe(false);
    expect(moved({ env: { G4F_RETIRED: ' ' } })).toBe(false);
    expect(() => moved({ env: { G4F_RETIRED: 'next' } })).toThrow(
      /^G4F_RETIRED must be "error" or "successor"/,
    );
    expect(() => moved({ retired: true })).toThrow(/^retired must be "error" or "successor"; it is true/);
  });
});

describe('a call', () => {
  it('moves on to the successor, on stderr and on every chunk', async () => {
    onDay('2030-05-11');
    const { chunks, words, announced } = await ask({ retired: 'successor' }, 'old');
    expect(words).toBe('mid-1');
    const line =
      'Maker ended old on 2030-05-10. maker is asked for its successor middle instead; without retired: "successor" and G4F_RETIRED this is an error.';
    expect(announced).toEqual([line]);
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks)
      expect(chunk).toMatchObject({ provider: 'maker', model: 'mid-1', requested_model: 'old' });
    expect(chunks[0]?.warnings).toEqual([line]);
  });

  it('moves on as a whole, too, and where the provider is named', async () => {
    onDay('2030-06-21');
    const client = new AsyncClient({ env: {}, retired: 'successor' });
    for (const [model, provider] of [
      ['old', 'maker'],
      ['maker:old', undefined],
      ['maker/old', undefined],
    ] as const) {
      const answer = await client.chat.completions.create({
        model,
        messages: 'x',
        ...(provider !== undefined && { provider }),
      });
      expect(answer).toMatchObject({ model: 'new-1', requested_model: 'old' });
      expect(answer.choices[0]?.message.content).toBe('new-1');
    }
  });

  it('is an error without, and nobody is asked', async () => {
    onDay('2030-05-11');
    const { error, chunks, announced, route } = await ask({}, 'old');
    expect(error).toMatchObject({ code: 'model-not-found', model: 'old' });
    expect(error?.message).toMatch(/Maker ended old on 2030-05-10; middle follows it.*retired: "successor"/);
    expect([...chunks, ...announced, ...route]).toEqual([]);
  });

  it('goes to others that still offer the model, before and without its successor', async () => {
    offer(maker, reseller);
    onDay('2030-05-11');
    expect((await ask({}, 'old')).words).toBe('r-maker/old');
    for (const routing of ['order', 'round-robin', 'cheapest', 'lowest-latency'] as const)
      expect((await ask({ retired: 'successor', routing }, 'old')).words).toBe('r-maker/old');
    offer(maker, fakeProvider('reseller', failing('model-not-found'), { models: { old: 'maker/old' } }));
    const { words, announced } = await ask({ retired: 'successor' }, 'old');
    expect([words, announced.length]).toEqual(['mid-1', 1]);
    expect((await ask({}, 'old')).error).toMatchObject({ code: 'model-not-found' });
  });

  it('says what is missing besides the model', async () => {
    offer({ ...maker, key: 'required', env: ['MAKER_KEY'] });
    onDay('2030-05-11');
    const { error } = await ask({}, 'old');
    expect(error?.message).toContain('maker: set MAKER_KEY; Maker ended old on 2030-05-10');
    expect(error?.code).toBe('no-provider');
  });

  it('warns in the first chunk within 30 days before the end', async () => {
    onDay('2030-05-01');
    const { chunks } = await ask({}, 'old');
    expect(chunks[0]?.warnings).toEqual([expect.stringMatching(/^Maker ends old on 2030-05-10/)]);
    expect(chunks[0]).not.toHaveProperty('requested_model');
    onDay('2030-04-01');
    expect((await ask({}, 'old')).chunks[0]).not.toHaveProperty('warnings');
  });

  it("is refused with the reason by the maker's own word", async () => {
    offer(fakeProvider('maker', failing('model-not-found'), { name: 'Maker', models: MODELS }));
    onDay('2030-05-11');
    const { error } = await ask({}, 'moved');
    expect(error?.message).toMatch(
      /^it failed by model-not-found\. Maker ended moved on 2030-05-10; new follows it/,
    );
    expect((await ask({}, 'new')).error?.message).toBe('it failed by model-not-found.');
  });

  it('of a fallback that ended says so', async () => {
    offer(maker, fakeProvider('broken', failing('server')));
    onDay('2030-05-11');
    const { error } = await ask({ provider: 'broken', fallback: 'maker:old', maxRetries: 0 }, 'family');
    expect(error?.message).toContain(
      'the fallback "maker:old" cannot stand in: Maker ended old on 2030-05-10',
    );
  });
});

describe('gpt-4, which OpenAI ended on 2026-10-23', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startService();
    stock();
    Object.assign(catalog, registry);
  });
  afterEach(() => service.stop());
  const params = { model: 'gpt-4', messages: 'x' } as const;
  const TOLD = {
    code: 'model-not-found',
    message: expect.stringMatching(/2026-10-23.*gpt-5\.6-sol.*G4F_RETIRED/),
  };

  it('is refused by both clients, and followed by its successor in both', async () => {
    const env = { OPENAI_API_KEY: 'k' };
    const there = { env: { ...env, OPENAI_BASE_URL: service.url }, retired: 'successor' } as const;
    await expect(new AsyncClient({ env }).chat.completions.create(params)).rejects.toMatchObject(TOLD);
    using refused = new Client({ env });
    expect(() => refused.chat.completions.create(params)).toThrow(expect.objectContaining(TOLD));
    const whole = await new AsyncClient(there).chat.completions.create(params);
    expect(whole.requested_model).toBe('gpt-4');
    using client = new Client(there);
    const chunks = [...client.chat.completions.create({ ...params, stream: true })];
    expect(new Set(chunks.map((chunk) => chunk.requested_model))).toEqual(new Set(['gpt-4']));
    expect(chunks[0]?.warnings).toEqual([expect.stringContaining('OpenAI ended gpt-4 on 2026-10-23')]);
  });

  it.each([
    'openai-responses:gpt-4',
    'gpt-4-0613',
    'gpt-4-turbo',
    'openai/gpt-4',
    'openai:gpt-4',
    'o1',
    'gpt-4-turbo-2024-04-09',
  ])('so is %s', async (model) => {
    const { error } = await ask({ env: { OPENAI_API_KEY: 'k' } }, model);
    expect(error).toMatchObject(TOLD);
  });
});
