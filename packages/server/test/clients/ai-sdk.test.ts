// The AI SDK with its providers for OpenAI's and Anthropic's protocol against the gateway: they must not notice.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { G4FError, type StreamEvent } from '@g4f/core';
import {
  APICallError,
  generateText,
  jsonSchema,
  type LanguageModel,
  Output,
  stepCountIs,
  streamText,
  tool,
} from 'ai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { all, failing, gatewayOf, halfUntilLeft, saying, start, stop, text, usage } from '../made-up.ts';

const call: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];
const city = jsonSchema<{ city: string }>({
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
});
/** Without a second request of the library's own, and with the limit that Anthropic's protocol demands. */
const once = { maxRetries: 0, maxOutputTokens: 99, onError: () => undefined };

const PROVIDERS: Readonly<Record<string, (url: string) => LanguageModel>> = {
  '@ai-sdk/openai-compatible': (url) =>
    createOpenAICompatible({
      name: 'g4f',
      baseURL: `${url}/v1`,
      apiKey: 'any',
      supportsStructuredOutputs: true,
      includeUsage: true,
    })('model-a'),
  '@ai-sdk/anthropic': (url) => createAnthropic({ baseURL: `${url}/v1`, apiKey: 'any' })('model-a'),
};

describe.each(Object.entries(PROVIDERS))('%s', (_, modelOf) => {
  it('streams text and reasoning apart, and the counts', async () => {
    const thought: StreamEvent = { type: 'reasoning-delta', text: 'Hm' };
    const { url, seen } = await gatewayOf(
      saying([start()], [thought], [text('Hel')], [text('lo 🌍')], [stop, usage]),
    );
    const result = streamText({ model: modelOf(url), system: 'Be brief.', prompt: 'Hello', ...once });
    expect((await all(result.textStream)).join('')).toBe('Hello 🌍');
    expect(await result.reasoningText).toBe('Hm');
    expect(await result.finishReason).toBe('stop');
    expect(await result.usage).toMatchObject({ outputTokens: 7, inputTokens: 11 });
    expect(seen.requests[0]?.messages[0]).toMatchObject({ role: 'system' });
    expect(JSON.stringify(seen.requests[0]?.messages[0])).toContain('Be brief.');
  });

  it('calls a tool and goes on with its result', async () => {
    let turn = 0;
    const { url, seen } = await gatewayOf(async function* () {
      turn += 1;
      yield [start()];
      yield turn === 1 ? call : [text('It snows.'), stop, usage];
    });
    const weather = tool({
      inputSchema: city,
      execute: ({ city: name }) => `Snow in ${name}`,
    });
    const result = streamText({
      model: modelOf(url),
      prompt: 'What is the weather?',
      tools: { weather },
      stopWhen: stepCountIs(3),
      ...once,
    });
    expect((await all(result.textStream)).join('')).toBe('It snows.');
    expect(seen.requests[0]?.tools).toMatchObject([
      { function: { name: 'weather', parameters: { required: ['city'] } } },
    ]);
    expect(seen.requests[1]?.messages.slice(-2)).toMatchObject([
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1' },
    ]);
    expect(JSON.stringify(seen.requests[1]?.messages.at(-1))).toContain('Snow in Oslo');
  });

  it('sends pictures', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('A dot'), stop]));
    const image = 'data:image/png;base64,iVBORw0KGgo=';
    await generateText({
      model: modelOf(url),
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image', image },
          ],
        },
      ],
      ...once,
    });
    expect(seen.requests[0]?.messages[0]?.content).toMatchObject([
      { type: 'text', text: 'What?' },
      { type: 'image_url', image_url: { url: image } },
    ]);
  });

  it.each([
    ['invalid-request', 400, false],
    ['auth', 401, false],
    ['model-not-found', 404, false],
    ['rate-limit', 429, true],
    ['server', 502, true],
  ] as const)('throws %s as a call error with the status %d', async (code, statusCode, isRetryable) => {
    const { url } = await gatewayOf(failing(new G4FError('It failed.', { code }), [start()]));
    const error = await generateText({ model: modelOf(url), prompt: 'Hello', ...once }).catch(
      (thrown: unknown) => thrown,
    );
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode, isRetryable, message: 'It failed.' });
  });

  it('tells a failure in the middle, after what was said, and no good end', async () => {
    const error = new G4FError('The line went dead.', { code: 'network' });
    const { url } = await gatewayOf(failing(error, [start()], [text('Half')]));
    const told: unknown[] = [];
    const result = streamText({
      model: modelOf(url),
      prompt: 'Hello',
      ...once,
      onError: ({ error: why }) => void told.push(why),
    });
    const parts = await all(result.fullStream);
    const said = parts.flatMap((part) => (part.type === 'text-delta' ? [part.text] : []));
    expect(said.join('')).toBe('Half');
    expect(JSON.stringify(told)).toContain('The line went dead');
    expect(parts.filter(({ type }) => type === 'finish')).not.toContainEqual(
      expect.objectContaining({ finishReason: 'stop' }),
    );
  });

  it('aborts, and the provider is stopped as well', async () => {
    const { chat, left } = halfUntilLeft();
    const { url } = await gatewayOf(chat);
    const aborting = new AbortController();
    const result = streamText({
      model: modelOf(url),
      prompt: 'Hello',
      abortSignal: aborting.signal,
      ...once,
    });
    for await (const { type } of result.fullStream) if (type === 'text-delta') aborting.abort();
    await left;
  });
});

// Without this the SDK tells in the log of the tests how to turn its warnings off.
beforeAll(() => void vi.stubGlobal('AI_SDK_LOG_WARNINGS', false));
afterAll(() => void vi.unstubAllGlobals());

it('asks for a schema by OpenAI’s response_format', async () => {
  const { url, seen } = await gatewayOf(saying([start()], [text('{"city":"Oslo"}'), stop]));
  const model = PROVIDERS['@ai-sdk/openai-compatible']?.(url) ?? '';
  const { output } = await generateText({
    model,
    prompt: 'Where?',
    output: Output.object({ schema: city }),
    ...once,
  });
  expect(output).toEqual({ city: 'Oslo' });
  expect(seen.requests[0]?.response_format).toMatchObject({
    type: 'json_schema',
    json_schema: { schema: { properties: { city: { type: 'string' } } } },
  });
});

it('asks for a schema by a tool that Anthropic’s model must call', async () => {
  const answer: StreamEvent[] = [
    { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'json', arguments: '{"city":"Oslo"}' },
    { type: 'finish', reason: 'tool_calls' },
  ];
  const { url, seen } = await gatewayOf(saying([start()], answer));
  const model = PROVIDERS['@ai-sdk/anthropic']?.(url) ?? '';
  const { output } = await generateText({
    model,
    prompt: 'Where?',
    output: Output.object({ schema: city }),
    ...once,
  });
  expect(output).toEqual({ city: 'Oslo' });
  expect(seen.requests[0]).toMatchObject({ tools: [{ function: { name: 'json' } }] });
});
