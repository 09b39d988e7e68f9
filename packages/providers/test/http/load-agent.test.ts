// undici's own files are not its door: where another version of it has them elsewhere, the door serves.
import { expect, it, vi } from 'vitest';
import { contextOf, get, startService, textOf } from './service.ts';

vi.mock('undici/lib/dispatcher/agent.js', () => {
  throw new Error('Cannot find module');
});

it('requests are sent all the same', async () => {
  const service = await startService((response) => response.end('ok'));
  const { body } = await contextOf().send(get(service.url));
  expect(await textOf(body)).toBe('ok');
});
