// Which names a pattern means.
import { expect, it } from 'vitest';
import { isAllowed } from '../../src/keys/model-pattern.ts';

it.each([
  ['gpt-4o', 'gpt-4o', true],
  ['gpt-4o', 'gpt-4o-mini', false],
  ['gpt-4o', 'openai/gpt-4o', false],
  ['gpt-*', 'gpt-', true],
  ['*-mini', 'gpt-4o-mini', true],
  ['*-mini', 'gpt-4o-mini-x', false],
  ['a*a', 'a', false],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['*', '', true],
  ['GPT-*', 'gpt-4', false],
  ['gpt.4', 'gpt-4', false],
])('%s means %s: %s', (pattern, name, isMeant) => {
  expect(isAllowed([pattern], name)).toBe(isMeant);
});

it('means every model where there are no patterns, and none where the list is empty', () => {
  expect([isAllowed(undefined, 'm'), isAllowed([], 'm'), isAllowed(['a', 'm'], 'm')]).toEqual([
    true,
    false,
    true,
  ]);
});
