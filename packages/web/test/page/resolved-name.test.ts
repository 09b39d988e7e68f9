// A name that looks public is opened only if what it resolves to is.
import type { LookupAddress } from 'node:dns';
import { expect, it, vi } from 'vitest';
import { readPage } from '../../src/index.ts';
import { startSite } from '../site.ts';

const resolved = vi.hoisted(() => ({ asked: 0 }));

vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (_: string, __: object, done: (error: null, found: LookupAddress[]) => void) => {
    resolved.asked += 1;
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  },
}));

it('is refused where it leads to this machine, and nothing is sent', async () => {
  let requests = 0;
  const site = await startSite((_, response) => {
    requests += 1;
    response.end();
  });
  const port = site.host.split(':')[1];
  await expect(readPage(`http://public.example:${port}/`)).rejects.toMatchObject({
    code: 'invalid-request',
    message: /public\.example:\d+ is not a public address/,
  });
  expect({ requests, ...resolved }).toEqual({ requests: 0, asked: 1 });
  await site.close();
});
