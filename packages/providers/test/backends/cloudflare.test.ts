// Cloudflare's address holds the caller's account.
import { describe, expect, it } from 'vitest';
import cloudflare from '../../src/backends/cloudflare.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

const asking = { model: '@cf/openai/gpt-oss-20b', messages: [], stream: true } as const;

describe('the account', () => {
  it.each([
    ['acc', 'acc'],
    [' acc ', 'acc'],
    ['a?b#c', 'a%3Fb%23c'],
  ])('%j is part of the address', async (CLOUDFLARE_ACCOUNT_ID, part) => {
    const context = createFakeContext(HELLO, { apiKey: 'k', env: { CLOUDFLARE_ACCOUNT_ID } });
    await collect(cloudflare.chat(asking, context));
    expect(context.requests[0]?.url).toBe(
      `https://api.cloudflare.com/client/v4/accounts/${part}/ai/v1/chat/completions`,
    );
  });

  it.each([{}, { CLOUDFLARE_ACCOUNT_ID: ' ' }])('is asked for where it is missing: %j', async (env) => {
    const context = createFakeContext(HELLO, { apiKey: 'k', env });
    await expect(collect(cloudflare.chat(asking, context))).rejects.toMatchObject({
      code: 'invalid-request',
      provider: 'cloudflare',
      message: 'cloudflare: the account is not known. Set CLOUDFLARE_ACCOUNT_ID, or pass baseURL.',
    });
    expect(context.requests).toEqual([]);
  });

  it('is not needed where the caller gives the address', async () => {
    const context = createFakeContext(HELLO, { apiKey: 'k', baseURL: 'https://gateway.example/v1' });
    await collect(cloudflare.chat(asking, context));
    expect(context.requests[0]?.url).toBe('https://gateway.example/v1/chat/completions');
  });
});
