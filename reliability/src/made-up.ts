// Providers that answer from here, without a service.
import type { Provider } from '@g4f/core';

/** One whose chats are these. */
export const answering = (chat: NonNullable<Provider['chat']>): Provider => ({
  id: 'made-up',
  name: 'made up',
  website: 'https://example.org/',
  key: 'none',
  models: { m: 'm' },
  chat,
});

/** One that says this at once. */
export const saying = (text: string): Provider =>
  answering(async function* ({ model }) {
    yield [
      { type: 'answer-start', id: 'answer', model, created: 0 },
      { type: 'text-delta', text },
      { type: 'finish', reason: 'stop' },
    ];
  });
