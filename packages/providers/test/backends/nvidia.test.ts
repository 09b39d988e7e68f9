// NVIDIA refuses a field that others take: it is left out, and the caller is told.
import { expect, it } from 'vitest';
import nvidia from '../../src/backends/nvidia.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

it('is not told who the user is', async () => {
  const warnings: string[] = [];
  const context = {
    ...createFakeContext(HELLO, { apiKey: 'k' }),
    warn: (message: string) => void warnings.push(message),
  };
  const asked = { model: 'm', messages: [], stream: true, user: 'someone', temperature: 0 };
  await collect(nvidia.chat(asked, context));
  const body = JSON.parse(context.requests[0]?.body ?? '');
  expect(body).not.toHaveProperty('user');
  expect(body.temperature).toBe(0);
  expect(warnings).toEqual(['nvidia does not take user: not sent.']);
});
