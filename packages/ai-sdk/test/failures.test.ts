// What the AI SDK is told when a call fails, is aborted or left.
import { APICallError } from '@ai-sdk/provider';
import { AsyncClient } from '@g4f/client';
import { generateText, streamText } from 'ai';
import { describe, expect, it } from 'vitest';
import { events, json } from '../../openai/test/service.ts';
import { createG4F } from '../src/index.ts';
import { all, begun, failureOf, TwoServices } from './two-services.ts';

const services = new TwoServices();

describe('failures', () => {
  it('are call errors with the status, and are not retried once more', async () => {
    services.first.answer = services.second.answer = (response) =>
      json(response, { error: { message: 'Busy.' } }, 503, { 'x-own': 'yes' });
    const error = await failureOf(generateText({ model: services.provider('one')('model-1'), prompt: 'Hi' }));
    if (!APICallError.isInstance(error)) throw error;
    expect(error).toMatchObject({
      statusCode: 503,
      isRetryable: false,
      url: 'g4f:one',
      cause: { code: 'server' },
    });
    expect(error.responseHeaders).toMatchObject({ 'x-own': 'yes' });
    expect(services.first.asked).toHaveLength(1);
  });

  it('name a missing key', async () => {
    const provider = createG4F({ provider: 'openai', env: {} });
    const error = await failureOf(generateText({ model: provider('gpt-5.4'), prompt: 'Hi' }));
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining('set OPENAI_API_KEY') });
  });

  it.each([
    ['breaks off', ''],
    [
      'reports a failure',
      `data: ${JSON.stringify({ error: { message: 'Broken.', type: 'server_error' } })}\n\n`,
    ],
  ])('of a service that %s in the middle are parts of the stream', async (_, end) => {
    services.first.answer = (response) => {
      events(response, begun({ content: 'Hel' }));
      response.end(end);
    };
    const told: unknown[] = [];
    const result = streamText({
      model: services.model(),
      prompt: 'Hi',
      onError: ({ error }) => void told.push(error),
    });
    const parts = await all(result.fullStream);
    expect(parts.find((part) => part.type === 'text-delta')).toMatchObject({ text: 'Hel' });
    expect(told).toEqual([expect.any(APICallError)]);
    expect(services.second.asked).toEqual([]);
  });

  it('are no failures where the caller aborts', async () => {
    const closed = new Promise<void>((resolve) => {
      services.first.answer = (response) => {
        events(response, begun({ content: 'Hel' }));
        response.on('close', resolve);
      };
    });
    const controller = new AbortController();
    const result = streamText({ model: services.model(), prompt: 'Hi', abortSignal: controller.signal });
    const types: string[] = [];
    for await (const { type } of result.fullStream) {
      types.push(type);
      if (type === 'text-delta') controller.abort();
    }
    expect(types.at(-1)).toBe('abort');
    await closed;
    const aborted = AbortSignal.abort();
    const error = await failureOf(
      generateText({ model: services.model(), prompt: 'Hi', abortSignal: aborted }),
    );
    expect(error).toMatchObject({ name: 'AbortError' });
  });

  it('of a reader that leaves close the connection', async () => {
    const closed = new Promise<void>((resolve) => {
      services.first.answer = (response) => {
        events(response, begun({ content: 'Hel' }));
        response.on('close', resolve);
      };
    });
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hi' }] }];
    const { stream } = await services.model().doStream({ prompt });
    await stream.cancel();
    await closed;
  });
});

it('uses a client that is given, and shows it', async () => {
  const client = new AsyncClient({
    backends: [{ id: 'one', baseURL: services.first.url }],
    provider: 'one',
    env: {},
  });
  const provider = createG4F({ client });
  await generateText({ model: provider.languageModel('model-1'), prompt: 'Hi' });
  expect(provider.client).toBe(client);
  expect((await client.usage()).total.total_tokens).toBe(8);
});
