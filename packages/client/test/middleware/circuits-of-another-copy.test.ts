// The middleware is built apart from the clients, so that a program has two copies of what both are made of.
import { expect, it, vi } from 'vitest';
import { withSharedCircuits } from '../../src/middleware.ts';
import { fakeProvider, start, stop, text } from '../fake-provider.ts';

it('links that were made by another copy of this package are heard', async () => {
  vi.resetModules();
  const { AsyncClient } = await import('../../src/index.ts');
  const answered = vi.fn();
  const link = { answered, opened: () => undefined, restsFor: () => 0, others: () => [] };
  const provider = fakeProvider('answering', async function* ({ model }) {
    yield [start(model), text('Hello'), stop];
  });
  const client = new AsyncClient({ env: {}, provider, use: [withSharedCircuits(link)] });
  await client.chat.completions.create({ model: 'family', messages: 'Hi' });
  expect(answered).toHaveBeenCalledTimes(1);
  client.close();
});
