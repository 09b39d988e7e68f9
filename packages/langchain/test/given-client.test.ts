// A client that is there, given to the model.
import { AsyncClient } from '@g4f/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatting, type Service, startService } from '../../openai/test/service.ts';
import { ChatG4F } from '../src/index.ts';

let first: Service;
beforeAll(async () => {
  first = await startService();
  first.answer = chatting('Hello', ', ', 'world');
});
afterAll(() => first.close());

it('takes a client that is there, and shows no key of it', async () => {
  const client = new AsyncClient({
    backends: [{ id: 'one', baseURL: first.url }],
    provider: 'one',
    apiKey: 'sk-secret',
    env: {},
  });
  const own = new ChatG4F({ model: 'model-1', client });
  await own.invoke('Hi');
  expect((await client.usage()).total.answers).toBe(1);
  expect(JSON.stringify(own) + JSON.stringify(own.serialize())).not.toContain('sk-secret');
});

it('takes a client of another class by its shape', async () => {
  const there = new AsyncClient({ backends: [{ id: 'one', baseURL: first.url }], provider: 'one', env: {} });
  const alike = Object.assign(Object.create(null), { chat: there.chat });
  expect((await new ChatG4F({ model: 'model-1', client: alike }).invoke('Hi')).text).toBe('Hello, world');
});
