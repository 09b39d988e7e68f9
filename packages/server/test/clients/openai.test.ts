// OpenAI's own library against the gateway: it must not notice.
import { G4FError, type StreamEvent } from '@g4f/core';
import type Openai from 'openai';
import { beforeAll, describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, saying, start, stop, text, usage } from '../made-up.ts';

/** Both majors of the library. What is used of them here has one shape, for which the types of the older stand. */
const MAJORS: readonly (readonly [string, () => Promise<typeof Openai>])[] = [
  ['6', async () => (await import('openai')).default],
  ['7', async () => (await import('openai-7')).default as unknown as typeof Openai],
];
let OpenAI: typeof Openai;
const clientOf = (url: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });
const messages = [{ role: 'user' as const, content: 'Hello' }];

const call: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];

describe.each(MAJORS)('openai %s', (_, load) => {
  beforeAll(async () => {
    OpenAI = await load();
  });

  it('reads a whole answer and its counts', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hello, ')], [text('world')], [stop, usage]));
    const answer = await clientOf(url).chat.completions.create({ model: 'model-a', messages });
    expect(answer.choices[0]?.message.content).toBe('Hello, world');
    expect(answer.choices[0]?.finish_reason).toBe('stop');
    expect(answer.usage?.total_tokens).toBe(18);
    expect(answer._request_id).toMatch(/^req_/);
  });

  it('streams, with the counts alone in the last chunk where they were asked for', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hel')], [text('lo 🌍')], [stop, usage]));
    const stream = await clientOf(url).chat.completions.create({
      model: 'model-a',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await all(stream);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hello 🌍');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 18 } });
  });

  it('is given tool calls, and sends their results', async () => {
    const { url, seen } = await gatewayOf(saying([start()], call));
    const tools = [
      { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } },
    ];
    const stream = clientOf(url).chat.completions.stream({ model: 'model-a', messages, tools });
    const { choices } = await stream.finalChatCompletion();
    const called = choices[0]?.message;
    expect(called?.tool_calls?.[0]).toMatchObject({
      id: 'call_1',
      function: { name: 'weather', arguments: '{"city":"Oslo"}' },
    });
    await clientOf(url).chat.completions.create({
      model: 'model-a',
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'Snow' },
      ],
      tools,
    });
    expect(seen.requests[1]?.messages.at(-1)).toMatchObject({ role: 'tool', content: 'Snow' });
  });

  it('sends schemas and pictures on as they are', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('{"a":1}'), stop]));
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } };
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    await clientOf(url).chat.completions.create({
      model: 'model-a',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, image] }],
      response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
    });
    expect(seen.requests[0]).toMatchObject({ response_format: { json_schema: { schema } } });
    expect(seen.requests[0]?.messages[0]?.content).toMatchObject([{ type: 'text' }, image]);
  });

  it('throws its own error for each status before the first content', async () => {
    const cases = [
      ['invalid-request', 400, OpenAI.BadRequestError],
      ['auth', 401, OpenAI.AuthenticationError],
      ['model-not-found', 404, OpenAI.NotFoundError],
      ['rate-limit', 429, OpenAI.RateLimitError],
      ['server', 502, OpenAI.InternalServerError],
      ['timeout', 504, OpenAI.InternalServerError],
    ] as const;
    for (const [code, status, type] of cases)
      for (const stream of [true, false]) {
        const { url } = await gatewayOf(failing(new G4FError('It failed.', { code }), [start()]));
        const asked = clientOf(url).chat.completions.create({ model: 'model-a', messages, stream });
        const error = await Promise.resolve(asked).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(type);
        expect(error).toMatchObject({ status });
      }
  });

  it('throws in the middle of a stream that fails, after what was said', async () => {
    const error = new G4FError('The line went dead.', { code: 'network' });
    const { url } = await gatewayOf(failing(error, [start()], [text('Half')]));
    const stream = await clientOf(url).chat.completions.create({ model: 'model-a', messages, stream: true });
    const said: string[] = [];
    const reading = (async () => {
      for await (const chunk of stream) said.push(chunk.choices[0]?.delta.content ?? '');
    })();
    await expect(reading).rejects.toThrow(/The line went dead/);
    expect(said.join('')).toBe('Half');
  });

  it('lists models, whose ids may have slashes, and embeds', async () => {
    const { url } = await gatewayOf(saying([start()], [stop]));
    const client = clientOf(url);
    const models = await all(client.models.list());
    expect(models.map(({ id }) => id)).toEqual(['model-a', 'org/model-b']);
    expect((await client.models.retrieve('org/model-b')).id).toBe('org/model-b');
    await expect(client.models.retrieve('none')).rejects.toBeInstanceOf(OpenAI.NotFoundError);
    const { data } = await client.embeddings.create({ model: 'model-a', input: ['a', 'b'] });
    expect(data.map(({ embedding }) => embedding)).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
  });
});
