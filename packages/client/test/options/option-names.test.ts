// A misspelt option is told, by both clients, and nothing is sent: it may be the address that keeps a prompt at home.
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { AsyncClient as SmallClient } from '../../src/mini.ts';
import { failureOf } from '../fake-provider.ts';
import { type FakeService, startService } from '../fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const hello = { model: 'm', messages: 'hello' } as const;
const clientOf = (slip: object = {}) => new AsyncClient({ baseURL: service.url, env: {}, ...slip });
const smallClientOf = (slip: object = {}) =>
  new SmallClient({ provider: openaiCompatible({ baseURL: service.url }), env: {}, ...slip });

describe.each([
  ['api_key', 'apiKey'],
  ['apikey', 'apiKey'],
  ['baseUrl', 'baseURL'],
  ['base_url', 'baseURL'],
])('%s', (name, meant) => {
  const slip: object = { [name]: 'gsk-slip-of-the-pen' };

  it.each<[string, () => unknown]>([
    ['to the client', () => clientOf(slip)],
    ['to the small client', () => smallClientOf(slip)],
    ['to a call', () => clientOf().chat.completions.create(hello, slip)],
    ['to a call of the small client', () => smallClientOf().chat.completions.create(hello, slip)],
    ['among the parameters', () => clientOf().chat.completions.create({ ...hello, ...slip })],
    ['among those of the small client', () => smallClientOf().chat.completions.create({ ...hello, ...slip })],
    ['to a list of models', () => clientOf().models.list(slip)],
  ])('%s is refused', async (_, call) => {
    const sent = service.requests.length;
    const { code, message } = await failureOf(async () => call());
    expect([code, message]).toEqual([
      'invalid-request',
      `there is no option "${name}". Did you mean ${meant}?`,
    ]);
    expect(service.requests.length).toBe(sent);
  });

  it.each([undefined, null])('that is %s is not set, and so not misspelt', async (none) => {
    for (const client of [clientOf({ [name]: none }), smallClientOf({ [name]: none })]) {
      const answer = await client.chat.completions.create({ ...hello, [name]: none }, { [name]: none });
      expect(answer.choices).toHaveLength(1);
    }
  });
});
