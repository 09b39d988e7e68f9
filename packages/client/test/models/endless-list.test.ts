// A provider whose list of models never ends takes nothing from the others.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { stock } from '../fake-catalog.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

vi.mock('@g4f/providers/registry', async (original) =>
  (await import('../fake-catalog.ts')).catalogInsteadOfRegistry(original),
);
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => vi.useRealTimers());

it('is told of after 30 s', async () => {
  const asked: string[] = [];
  const lists = (id: string, list: () => Promise<readonly { readonly id: string }[]>) =>
    fakeProvider(id, saying(), {
      models: {},
      listModels: () => {
        asked.push(id);
        return list();
      },
    });
  stock(
    lists('acme', () => new Promise(() => undefined)),
    lists('bolt', async () => [{ id: 'bolt-1' }]),
  );
  const listing = Promise.resolve(new AsyncClient({ env: {} }).models.list({ live: true }));
  while (asked.length < 2) await nextTurn();
  await nextTurn();
  vi.advanceTimersByTime(30_000);
  const { data, errors } = await listing;
  expect(data.map(({ id }) => id)).toContain('bolt-1');
  expect(errors).toMatchObject([{ provider: 'acme', code: 'timeout' }]);
});
