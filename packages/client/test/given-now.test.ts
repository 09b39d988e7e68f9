// A call asks what it was given when it was made, whatever the program does with its list of messages afterwards.
import { openaiCompatible } from '@g4f/providers/parts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { type FakeService, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const FACES = {
  AsyncClient: () => new AsyncClient({ baseURL: service.url, env: {} }),
  'the small client': () =>
    new SmallClient({ provider: openaiCompatible({ baseURL: service.url }), env: {} }),
};

const asked = (from: number): unknown[] => service.requests.slice(from).map(({ body }) => body.messages);

describe.each(Object.entries(FACES))('%s', (_, clientOf) => {
  it.each([false, true])('asks what stood in its messages when it was called; stream: %s', async (stream) => {
    const { create } = clientOf().chat.completions;
    const before = service.requests.length;
    const messages = [{ role: 'user' as const, content: '' }];
    const calls: AsyncIterable<unknown>[] = [];
    const wholes: Promise<unknown>[] = [];
    for (const content of ['one', 'two', 'three']) {
      Object.assign(messages[0] ?? {}, { content });
      if (stream) calls.push(create({ model: 'm', messages, stream }));
      else wholes.push(create({ model: 'm', messages }));
    }
    messages.push({ role: 'user', content: 'and more' });
    for (const call of calls) for await (const _ of call);
    await Promise.all(wholes);
    const saying = (content: string) => [{ role: 'user', content }];
    expect(asked(before)).toEqual(expect.arrayContaining(['one', 'two', 'three'].map(saying)));
  });
});
