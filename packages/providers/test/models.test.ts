// What is known of models agrees with who offers them, and a name leads to the same model or to none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACTS_READ, families, findFamily, knownNames } from '../src/models/index.ts';
import { registry } from '../src/registry/registry.gen.ts';
import { createFakeContext } from './backends/fake-context.ts';

const backends = Object.values(registry);
const NAME = /^[a-z0-9][a-z0-9._-]*$/;

describe('the families', () => {
  it('are many', () => {
    expect(families.size).toBeGreaterThanOrEqual(80);
  });

  it('are known where a provider names them (add what is missing to src/models/families.ts)', () => {
    const missing = backends.flatMap(({ id, models, modelsFor = {} }) =>
      Object.keys({ ...models, ...modelsFor.embed })
        .filter((family) => !families.has(family))
        .map((family) => `${id}: ${family}`),
    );
    expect(missing).toEqual([]);
  });

  it('have plain names, and aliases that lead to one family each', () => {
    const names = knownNames();
    expect(names.filter((name) => !NAME.test(name))).toEqual([]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it('are each offered by a provider under an id that stands for no other', () => {
    for (const { id, models, modelsFor = {} } of backends) {
      const ids = Object.values({ ...models, ...modelsFor.embed });
      expect(
        ids.filter((one, at) => ids.indexOf(one) !== at),
        id,
      ).toEqual([]);
    }
  });

  it('have facts of the right form', () => {
    for (const [name, { contextLength, price, input = [], output = [], released, ended }] of families) {
      if (contextLength !== undefined) expect(contextLength, name).toBeGreaterThan(0);
      if (price !== undefined) expect(price.input, name).toBeGreaterThan(0);
      if (price !== undefined) expect(price.output, name).toBeGreaterThanOrEqual(0);
      for (const day of [released, ended]) {
        if (day !== undefined) expect(new Date(day).toISOString().slice(0, 10), name).toBe(day);
      }
      for (const kinds of [input, output]) expect(new Set(kinds).size, name).toBe(kinds.length);
    }
    expect(new Date(FACTS_READ).toISOString().slice(0, 10)).toBe(FACTS_READ);
  });

  it('are asked for what they do: a model that chats is in no list of embeddings, and the other way round', () => {
    const embeds = (family: string) => families.get(family)?.output?.includes('embedding') === true;
    for (const { id, models, modelsFor = {} } of backends) {
      expect(Object.keys(models).filter(embeds), id).toEqual([]);
      expect(Object.keys(modelsFor.embed ?? {}).every(embeds), id).toBe(true);
    }
  });

  it('tell the size of their vectors if they embed, and no others do', () => {
    for (const [name, { output = ['text'], dimensions }] of families) {
      expect(dimensions !== undefined, name).toBe(output.includes('embedding'));
      if (dimensions !== undefined) expect(dimensions.own, name).toBeGreaterThan(0);
    }
  });

  it('may have vectors of another size exactly where their maker says so, and the service takes it', async () => {
    for (const { id, modelsFor = {}, load } of backends.filter(({ id }) => id !== 'local')) {
      const provider = await load();
      const sizes: string[] = [];
      for (const [family, own] of Object.entries(modelsFor.embed ?? {})) {
        const context = createFakeContext({ status: 418 }, { apiKey: 'k' });
        const parts = provider.embed?.({ model: own, input: ['a'], dimensions: 64 }, context);
        await parts?.[Symbol.asyncIterator]()
          .next()
          .catch(() => undefined);
        if (context.requests.length > 0) sizes.push(family);
      }
      const takesNone = ['huggingface', 'together'].includes(id);
      const chosen = Object.keys(modelsFor.embed ?? {}).filter(
        (name) => families.get(name)?.dimensions?.chosen,
      );
      expect(sizes, id).toEqual(takesNone ? [] : chosen);
    }
  });

  it('have successors that their maker offers, and that have not ended before them', () => {
    for (const [name, { home, ended, successor }] of families) {
      if (successor === undefined) continue;
      const next = families.get(successor);
      expect(ended, name).toBeDefined();
      expect(registry[home]?.models, name).toHaveProperty([successor]);
      if (next?.ended !== undefined) expect(next.ended > (ended ?? ''), name).toBe(true);
    }
  });

  it('that end are told of by the registry at their maker, by all their names, and nowhere else', () => {
    expect(registry.openai?.ends?.['gpt-4']).toEqual({ ended: '2026-10-23', successor: 'gpt-5.6-sol' });
    for (const { id, ends = {} } of backends)
      for (const [name, end] of Object.entries(ends)) {
        const family = families.get(findFamily(name)?.family ?? '');
        expect([family?.ended, family?.successor], name).toEqual([end.ended, end.successor]);
        expect(registry[family?.home ?? '']?.baseURL, `${name} at ${id}`).toBe(registry[id]?.baseURL);
        expect(end.announced === true, name).toBe(end.ended > FACTS_READ);
      }
  });

  it("are sent home to their makers' own providers, where these are on the shelf", () => {
    const homes = (backend: string) =>
      [...families].filter(([, { home }]) => home === backend).map(([name]) => name);
    for (const id of ['openai', 'anthropic', 'gemini', 'mistral', 'xai', 'moonshot', 'perplexity']) {
      expect(homes(id), id).toEqual(expect.arrayContaining(Object.keys(registry[id]?.models ?? {})));
    }
  });

  it('are the ones that a provider means by its ids, as far as the ids say', () => {
    const wrong = backends.flatMap(({ id, models, modelsFor = {} }) =>
      Object.entries({ ...models, ...modelsFor.embed })
        .filter(([family, own]) => (findFamily(own)?.family ?? family) !== family)
        .map(([family, own]) => `${id}: ${own} is ${findFamily(own)?.family}, not ${family}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a name', () => {
  it.each([
    ['gpt-4o', 'gpt-4o'],
    ['GPT-4o', 'gpt-4o'],
    ['openai/gpt-4o', 'gpt-4o'],
    ['openai/gpt-4o:free', 'gpt-4o'],
    ['models/gemini-2.5-pro', 'gemini-2.5-pro'],
    ['accounts/fireworks/models/gpt-oss-120b', 'gpt-oss-120b'],
    ['@cf/openai/gpt-oss-120b', 'gpt-oss-120b'],
    ['@cf/meta/llama-3.1-8b-instruct', 'llama-3.1-8b'],
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3.3-70b'],
    ['google/gemma-3-27b-it:free', 'gemma-3-27b'],
    ['publishers/google/models/gemini-2.5-flash', 'gemini-2.5-flash'],
    ['mistral-large-latest', 'mistral-large'],
    ['claude-sonnet-4-20250514', 'claude-sonnet-4'],
  ])('%s is %s', (name, family) => {
    expect(findFamily(name)).toEqual({ family });
  });

  it.each([
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4-0613', 'gpt-4'],
    ['openai/gpt-4.1-2025-04-14', 'gpt-4.1'],
    ['claude-opus-4-5-20991231', 'claude-opus-4.5'],
    ['mistral-large-2407', 'mistral-large'],
    ['command-r-03-2024', 'command-r'],
  ])('%s is a snapshot of %s, and is not taken for it', (name, family) => {
    expect(findFamily(name)).toEqual({ family, snapshot: name.replace(/^.*\//, '') });
  });

  it.each([
    'gpt-4o-pro',
    'gpt-40',
    'llama-3.3-70b-instruct-turbo',
    'qwen3',
    '',
    'gpt-4o-mini-2',
    'claude-sonnet-latest',
    // Made from a model of that name, by somebody else.
    'someone/gpt-oss-120b',
    'unsloth/Llama-3.3-70B-Instruct',
    'accounts/me/models/gpt-oss-120b',
    'openai/llama-3.3-70b',
    'toString',
  ])('%s is none that we know', (name) => {
    expect(findFamily(name)).toBeUndefined();
  });

  it('never loses what tells models apart: another number, size or variant is another model', () => {
    const ending = fc.constantFrom('-mini', '-8b', '-turbo', '.5', '-2', 'o', '-vision', '-fp8', '-thinking');
    fc.assert(
      fc.property(fc.constantFrom(...families), ending, ([family, { prefixes }], more) => {
        const found = findFamily(`${prefixes[0]}/${family}${more}`);
        const names = [found?.family, ...(families.get(found?.family ?? '')?.aliases ?? [])];
        expect(found === undefined || names.includes(`${family}${more}`)).toBe(true);
      }),
    );
  });

  it('is found again whatever services put around it, and only under its own maker', () => {
    const around = fc.constantFrom(
      (name: string) => name.toUpperCase(),
      (name: string) => `${name}:free`,
      (name: string) => `@cf/${name}`,
      (name: string) => `accounts/fireworks/models/${name}`,
    );
    const one = fc.constantFrom(...[...families].map(([name, { prefixes }]) => ({ name, prefixes })));
    fc.assert(
      fc.property(one, fc.array(around, { maxLength: 2 }), one, ({ name, prefixes }, wraps, other) => {
        const written = wraps.reduce((text, wrap) => wrap(text), `${prefixes[0]}/${name}`);
        expect(findFamily(written)).toEqual(/:free.*:free/i.test(written) ? undefined : { family: name });
        if (other.prefixes[0] !== prefixes[0])
          expect(findFamily(`${other.prefixes[0]}/${name}`)).toBeUndefined();
      }),
    );
  });
});
