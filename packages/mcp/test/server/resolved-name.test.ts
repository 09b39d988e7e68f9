// A recording at a name that looks public is fetched only if what it resolves to is.
import type { LookupAddress, LookupOptions } from 'node:dns';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { createStage } from './stage.ts';

const resolved = vi.hoisted(() => ({ names: [] as string[] }));

vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  const lookup = (name: string, _: LookupOptions, done: (error: null, found: LookupAddress[]) => void) => {
    resolved.names.push(name);
    done(null, [{ address: '127.0.0.1', family: 4 }]);
  };
  return { ...dns, lookup };
});

it('is refused where it leads to this machine, and nothing is asked', async () => {
  let requests = 0;
  const inner = createServer((_, response) => {
    requests += 1;
    response.end();
  });
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.1', resolve));
  const stage = await createStage();
  try {
    const caller = await stage.connect();
    const url = `http://public.example:${(inner.address() as AddressInfo).port}/talk.mp3`;
    const heard = await caller.callTool({ name: 'transcribe', arguments: { model: 'whisper-1', url } });
    expect(heard).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/public\.example:\d+ is not a public address/) }],
    });
    expect({ requests, names: resolved.names }).toEqual({ requests: 0, names: ['public.example'] });
  } finally {
    await stage.close();
    inner.close();
  }
});
