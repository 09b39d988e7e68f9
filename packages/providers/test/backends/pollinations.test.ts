// Pollinations has two addresses: one for everybody, one for those with a key.
import { expect, it } from 'vitest';
import pollinations from '../../src/backends/pollinations.ts';
import { createFakeContext } from './fake-context.ts';

const KEYLESS = 'https://text.pollinations.ai/openai/models';
const KEYED = 'https://gen.pollinations.ai/v1/models';

it.each([
  ['everybody', {}, KEYLESS, undefined],
  ['a variable that is empty', { env: { POLLINATIONS_API_KEY: ' ' } }, KEYLESS, undefined],
  ['a key in the environment', { env: { POLLINATIONS_API_KEY: 'sk_1' } }, KEYED, 'Bearer sk_1'],
  ['a key in the call', { apiKey: 'sk_2' }, KEYED, 'Bearer sk_2'],
  [
    'an address of the caller',
    { apiKey: 'sk_3', baseURL: 'http://127.0.0.1:9' },
    'http://127.0.0.1:9/models',
    'Bearer sk_3',
  ],
])('for %s', async (_, lent, url, authorization) => {
  const context = createFakeContext({}, lent);
  await pollinations.listModels(context);
  expect(context.requests.map((request) => [request.url, request.headers.authorization])).toEqual([
    [url, authorization],
  ]);
});
