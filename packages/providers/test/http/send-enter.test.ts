// When the wait for a connection begins: not while the code that makes it is still being loaded.
import { expect, it, vi } from 'vitest';
import { contextOf, failureOf, get, startService } from './service.ts';

const pool = vi.hoisted(() => ({ open: (): void => undefined }));
vi.mock('../../src/http/transport/transport.ts', async (original) => {
  const { poolFor } = await original<typeof import('../../src/http/transport/transport.ts')>();
  const loaded = new Promise<void>((open) => {
    pool.open = open;
  });
  return { poolFor: (...given: Parameters<typeof poolFor>) => loaded.then(() => poolFor(...given)) };
});

it('the deadline of the connection does not pay for the loading of HTTP', async () => {
  const service = await startService((response) => response.end('ok'));
  const context = contextOf();
  const sent = context.send(get(service.url));
  await new Promise((resolve) => setImmediate(resolve));
  expect(context.entered).toEqual(['prepare']);
  pool.open();
  await sent;
  expect(context.entered[1]).toBe('connect');
});

it('who leaves while HTTP is being loaded connects to nobody', async () => {
  const service = await startService((response) => response.end('ok'));
  const caller = new AbortController();
  const context = contextOf({ signal: caller.signal });
  const sent = context.send(get(service.url));
  caller.abort();
  expect(await failureOf(() => sent)).toMatchObject({ code: 'aborted' });
  expect(context.entered).toEqual(['prepare']);
  expect(service.sockets).toEqual([]);
});
