// What is known of models agrees with who offers them, and a name leads to the same model or to none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { families, findFamily, knownNames } from '../src/models/index.ts';
import { registry } from '../src/registry.gen.ts';

const backends = Object.values(registry);
const NAME = /^[a-z0-9][a-z0-9.-]*$/;

describe('the families', () => {
  it('are many', () => {
    expect(families.size).toBeGreaterThanOrEqual(80);
  });

  it('are known where a backend names them (add what is missing to src/models/families.ts)', () => {
    const missing = backends.flatMap(({ id, models }) =>
      Object.keys(models)
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

  it('are each offered by a backend under an id that stands for no other', () => {
    for (const { id, models } of backends) {
      const ids = Object.values(models);
      expect(
        ids.filter((one, at) => ids.indexOf(one) !== at),
        id,
      ).toEqual([]);
    }
  });

  it('have facts of the right form', () => {
    for (const [name, { contextLength, price, ended }] of families) {
      if (contextLength !== undefined) expect(contextLength, name).toBeGreaterThan(0);
      if (price !== undefined) expect(Math.min(price.input, price.output), name).toBeGreaterThan(0);
      if (ended !== undefined) expect(new Date(ended).toISOString().slice(0, 10), name).toBe(ended);
    }
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
    ['mistral-large-latest', 'mistral-large'],
    ['claude-sonnet-4-20250514', 'claude-sonnet-4'],
  ])('%s is %s', (name, family) => {
    expect(findFamily(name)).toEqual({ family });
  });

  it.each([
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4-0613', 'gpt-4'],
    ['openai/gpt-4.1-2025-04-14', 'gpt-4.1'],
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
  ])('%s is none that we know', (name) => {
    expect(findFamily(name)).toBeUndefined();
  });

  it('never loses what tells models apart: another number, size or variant is another model', () => {
    const ending = fc.constantFrom('-mini', '-8b', '-turbo', '.5', '-2', 'o', '-vision', '-instruct');
    fc.assert(
      fc.property(fc.constantFrom(...families.keys()), ending, (family, more) => {
        const found = findFamily(`vendor/${family}${more}`);
        expect(found === undefined || found.family === `${family}${more}`).toBe(true);
      }),
    );
  });
});
