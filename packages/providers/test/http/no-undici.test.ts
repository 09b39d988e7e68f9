// Without undici, or with one that a bundler broke, the failure says so, and asking again is no use.
import { expect, it, vi } from 'vitest';
import { contextOf, failureOf, get } from './service.ts';

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
