// Ids of calls in each service's alphabet: none of two becomes the same, and the same history has the same ids.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallIds, type IdRule } from '../../../src/wires/fit/call-ids.ts';

const RULES: readonly [string, IdRule, RegExp][] = [
  ['Anthropic', { length: 64, foreign: /[^a-zA-Z0-9_-]/ }, /^[a-zA-Z0-9_-]{1,64}$/],
  ['Mistral', { length: 9, exactly: true, foreign: /[^a-zA-Z0-9]/ }, /^[a-zA-Z0-9]{9}$/],
  ['OpenAI', { length: 40, mayRepeat: true }, /^[\s\S]{1,40}$/],
];

const id = fc.oneof(
  fc.constantFrom(
    'functions.f:0',
    'functions_f:0',
    'functions_f_0',
    'c1',
    '',
    'aB3dE6gH9',
    'x'.repeat(100),
    'x'.repeat(101),
  ),
  fc.string({ maxLength: 90 }),
);

describe.each(RULES)('%s', (_name, rule, form) => {
  it('has ids of its form, each for one call, the same with every request', () => {
    fc.assert(
      fc.property(fc.array(id, { maxLength: 30 }), (given) => {
        const [first, again] = [createCallIds(rule), createCallIds(rule)];
        const made = given.map(first);
        expect(given.map(again)).toEqual(made);
        for (const one of made) expect(one).toMatch(form);
        const calls = rule.mayRepeat ? new Set(given.filter((one) => one !== '')).size : given.length;
        expect(new Set(made.filter((_, at) => !rule.mayRepeat || given[at] !== '')).size).toBe(calls);
      }),
    );
  });

  it('keeps those that fit', () => {
    expect(createCallIds(rule)('aB3dE6gH9')).toBe('aB3dE6gH9');
  });
});

it('keeps ids readable where it can', () => {
  const ids = createCallIds({ length: 64, foreign: /[^a-zA-Z0-9_-]/ });
  expect(ids('functions.f:0')).toBe('functions_f_0');
  expect(ids('functions_f_0')).toMatch(/^functions_f_0_[a-z0-9]{13}$/);
});
