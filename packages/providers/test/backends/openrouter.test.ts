// OpenRouter would like to know which program asks; it is not told.
import { expect, it } from 'vitest';
import openrouter from '../../src/backends/openrouter.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

it('sends no header that says who we are', async () => {
  const context = createFakeContext(HELLO, { apiKey: 'k' });
  await collect(openrouter.chat({ model: 'openai/gpt-4', messages: [], stream: true }, context));
  await openrouter.listModels(context).catch(() => undefined);
  for (const { headers } of context.requests) {
    expect(Object.keys(headers).filter((name) => /referer|title|user-agent/i.test(name))).toEqual([]);
  }
});

it('offers each family under the id of exactly that model', () => {
  expect(openrouter.models).toMatchObject({ 'gpt-4': 'openai/gpt-4', 'gpt-4o': 'openai/gpt-4o' });
  for (const id of Object.values(openrouter.models)) expect(id).toMatch(/^[a-z-]+\/[a-z0-9.-]+$/);
});

it('tells what went wrong upstream, when that hides behind its own words', async () => {
  const body = JSON.stringify({
    error: {
      code: 429,
      message: 'Provider returned error',
      metadata: { raw: 'slow down', provider_name: 'X' },
    },
  });
  const asked = openrouter.chat(
    { model: 'm', messages: [], stream: true },
    createFakeContext({ status: 429, body }, { apiKey: 'k' }),
  );
  await expect(collect(asked)).rejects.toMatchObject({
    code: 'rate-limit',
    message: expect.stringContaining('slow down'),
  });
});
