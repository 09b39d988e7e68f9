// Without undici, or with one that a bundler broke, requests go over `fetch`, but never past a proxy that was set.
import { expect, it, vi } from 'vitest';
import { contextOf, failureOf, get, startService, textOf } from './service.ts';

const { broken } = vi.hoisted(() => ({
  broken: () => {
    throw new Error('Dynamic require of "node:assert" is not supported');
  },
}));
vi.mock('undici', broken);
vi.mock('undici/lib/dispatcher/agent.js', broken);

it('a request goes over fetch, and is told apart in its phases', async () => {
  const service = await startService((response, request, body) => response.end(`${request.method} ${body}`));
  const context = contextOf();
  const { status, body } = await context.send({ ...get(service.url), method: 'POST', body: 'hello' });
  expect([status, await textOf(body)]).toEqual([200, 'POST hello']);
  expect(context.entered).toEqual(['prepare', 'headers', 'first-content']);
});

it('a service that cannot be reached is a network failure', async () => {
  expect(await failureOf(() => contextOf().send(get('http://127.0.0.1:9/')))).toMatchObject({
    code: 'network',
  });
});

it.each([
  { proxy: 'http://user:secret@127.0.0.1:9' },
  { env: { HTTP_PROXY: 'http://user:secret@127.0.0.1:9' } },
])('no request goes past a proxy that was set: %o', async (set) => {
  const service = await startService((response) => response.end('not reached'));
  const named = service.url.replace('127.0.0.1', 'models.invalid');
  const error = await failureOf(() => contextOf(set).send(get(named)));
  expect(error).toMatchObject({
    code: 'invalid-request',
    retryable: false,
    message: expect.stringMatching(
      /^undici could not be loaded: .+ The proxy of .+ needs it: .+ leave it out/,
    ),
  });
  expect(String(error)).not.toContain('secret');
  expect(service.sockets).toEqual([]);
});

it('undici is loaded anew for the next request, so that a failure which passes is none for ever', async () => {
  const service = await startService((response) => response.end('ok'));
  const first = contextOf();
  await textOf((await first.send(get(service.url))).body);
  vi.doUnmock('undici/lib/dispatcher/agent.js');
  vi.doUnmock('undici');
  const second = contextOf();
  const { body } = await second.send(get(service.url));
  expect(await textOf(body)).toBe('ok');
  expect([first.entered.includes('connect'), second.entered.includes('connect')]).toEqual([false, true]);
});
