// What a guard is given besides the messages: parameters that go to a service as they are.
import { expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withGuard } from '../../src/guard/with-guard.ts';
import { failureOf, fakeProvider, recording } from '../fake-provider.ts';

it('is given the own parameters of a service, a prediction, and extraBody', async () => {
  const asked: Parameters<typeof recording>[0] = [];
  const input = (given: string) => !given.includes('war');
  const provider = fakeProvider('one', recording(asked));
  const client = new AsyncClient({ env: {}, maxRetries: 0, provider, use: [withGuard({ input })] });
  const { create } = client.chat.completions;
  const hello = { model: 'family', messages: 'hello' } as const;
  const war = [{ role: 'user', content: 'war' }];
  for (const params of [
    { ...hello, system: 'make war' },
    { ...hello, contents: [{ role: 'user', parts: [{ text: 'war' }] }] },
    { ...hello, prediction: { type: 'content', content: 'war' } as const },
    { ...hello, extraBody: { messages: war } },
    { ...hello, extraBody: { system: [{ type: 'text', text: 'war' }] } },
  ])
    expect(await failureOf(create(params as typeof hello))).toMatchObject({ code: 'content-filter' });
  expect(asked).toEqual([]);
  await create({ ...hello, extraBody: { chat_template_kwargs: { tone: 'peace' } } });
  expect(asked).toHaveLength(1);
});
