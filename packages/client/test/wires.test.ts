// A model is reached by its name alone, whatever protocol its service speaks.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { type FakeService, startService } from './fake-service.ts';

let service: FakeService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const sse = (...payloads: readonly { readonly type?: string }[]): string =>
  payloads.map((one) => `${one.type ? `event: ${one.type}\n` : ''}data: ${JSON.stringify(one)}\n\n`).join('');

/** What each service says: "Hi", and that it is done. */
const ANSWERS: readonly (readonly [model: string, env: object, path: string, body: string])[] = [
  [
    'ollama:llama3.2',
    {},
    '/api/chat',
    `${JSON.stringify({ model: 'm', message: { content: 'Hi' }, done: false })}\n${JSON.stringify({ model: 'm', message: {}, done: true, done_reason: 'stop' })}\n`,
  ],
  [
    'claude-haiku-4.5',
    { ANTHROPIC_API_KEY: 'k' },
    '/messages',
    sse(
      { type: 'message_start', message: { model: 'm' } } as object,
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } } as object,
      { type: 'content_block_stop', index: 0 } as object,
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } } as object,
      { type: 'message_stop' },
    ),
  ],
  [
    'gemini-3.8-flash',
    { GEMINI_API_KEY: 'k' },
    '/models/gemini-3.8-flash:streamGenerateContent?alt=sse',
    sse({ candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP' }] } as object),
  ],
  [
    'cohere:command-a-03-2025',
    { COHERE_API_KEY: 'k' },
    '/chat',
    sse(
      { type: 'content-delta', index: 0, delta: { message: { content: { text: 'Hi' } } } } as object,
      { type: 'message-end', delta: { finish_reason: 'COMPLETE' } } as object,
    ),
  ],
  [
    'openai-responses:gpt-5.1',
    { OPENAI_API_KEY: 'k' },
    '/responses',
    sse(
      { type: 'response.output_text.delta', output_index: 0, delta: 'Hi' } as object,
      {
        type: 'response.completed',
        response: { status: 'completed', output: [{ type: 'message' }] },
      } as object,
    ),
  ],
];

it.each(ANSWERS)('%s', async (model, keys, path, body) => {
  service.answer = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(body);
  const { origin } = new URL(service.url);
  const addresses = Object.fromEntries(
    ['OLLAMA', 'ANTHROPIC', 'GEMINI', 'COHERE', 'OPENAI_RESPONSES'].map((id) => [`${id}_BASE_URL`, origin]),
  );
  const client = new AsyncClient({ env: { ...keys, ...addresses } });
  let text = '';
  for await (const chunk of client.chat.completions.create({ model, messages: 'Hello', stream: true })) {
    text += chunk.choices[0]?.delta.content ?? '';
  }
  expect(text).toBe('Hi');
  expect(service.requests.at(-1)?.path).toBe(path);
});
