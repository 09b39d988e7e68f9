// Moderations that are not as documented: what cannot be read must not let anything through.
import { isG4FError } from '@g4f/core';
import { expect, it } from 'vitest';
import openai from '../../../src/backends/openai.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

async function moderate(body: object): Promise<unknown> {
  const context = createFakeContext(
    { type: 'application/json', body: JSON.stringify(body) },
    { apiKey: 'sk-secret' },
  );
  try {
    const parts = [];
    for await (const part of openai.moderate?.({ model: 'm', input: ['x'] }, context) ?? []) parts.push(part);
    return parts[0];
  } catch (error) {
    return isG4FError(error) ? error.code : error;
  }
}
const found = (result: object, more: object = {}): object => ({ id: 'modr_1', results: [result], ...more });

it.each([
  ['a mark that is text', found({ flagged: 'true', categories: { hate: false } })],
  ['a category that is a number', found({ categories: { hate: 1 } })],
  ['no categories', found({ flagged: false, categories: {} })],
  [
    'an error beside the results',
    found({ flagged: false, categories: { hate: false } }, { error: { message: 'busy' } }),
  ],
])('refuses %s', async (_, body) => {
  expect(['bad-response', 'server']).toContain(await moderate(body));
});

it('reads categories that a model does not judge, and adds up where nobody has', async () => {
  expect(await moderate(found({ flagged: false, categories: { hate: false, illicit: null } }))).toMatchObject(
    {
      results: [{ flagged: false, categories: { hate: false, illicit: false } }],
    },
  );
  expect(await moderate(found({ categories: { hate: true } }))).toMatchObject({
    results: [{ flagged: true }],
  });
});
