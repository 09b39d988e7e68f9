// A run is read once, and not begun by a client that has been closed; both clients say so.
import { expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { fakeProvider, saying } from '../fake-provider.ts';

const clientOf = () => new AsyncClient({ env: {}, provider: fakeProvider('a', saying('{}')) });
const ASKED = { model: 'family', messages: 'hi', response_format: { type: 'json_object' } } as const;

it('refuses a second loop over a run, which would find nothing', async () => {
  const run = clientOf().chat.completions.parse({ ...ASKED, stream: true });
  for await (const _ of run);
  expect(() => run[Symbol.asyncIterator]()).toThrow('its chunks come once');
});

it('says of a closed client what every other call says', async () => {
  const client = clientOf();
  client.close();
  await expect(client.chat.completions.parse(ASKED)).rejects.toMatchObject({ code: 'invalid-request' });
  const run = client.chat.completions.parse({ ...ASKED, stream: true });
  await expect(run.next()).rejects.toThrow('it was closed; make a new AsyncClient');
});
