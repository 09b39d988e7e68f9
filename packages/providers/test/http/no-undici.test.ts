// Without undici, or with one that a bundler broke, the failure says so, and asking again is no use.
import { expect, it, vi } from 'vitest';
import { contextOf, failureOf, get, startService, textOf } from './service.ts';

const { broken } = vi.hoisted(() => ({
  broken: () => {
    throw new Error('Dynamic require of "node:assert" is not supported');
  },
}));
vi.mock('undici', broken);
vi.mock('undici/lib/dispatcher/agent.js', broken);

it('is told in one line, with what to do', async () => {
  expect(await failureOf(() => contextOf().send(get('http://127.0.0.1:9/')))).toMatchObject({
    code: 'invalid-request',
    retryable: false,
    message: expect.stringMatching(/^undici could not be loaded: .+ Install it; a bundler must leave it out/),
  });
});

it('is loaded anew for the next request, so that a failure which passes (too many open files) is none for ever', async () => {
  const service = await startService((response) => response.end('ok'));
  await failureOf(() => contextOf().send(get(service.url)));
  vi.doUnmock('undici/lib/dispatcher/agent.js');
  vi.doUnmock('undici');
  const { body } = await contextOf().send(get(service.url));
  expect(await textOf(body)).toBe('ok');
});
