// Anthropic's own library against the gateway: it must not notice.
import Anthropic from '@anthropic-ai/sdk';
import { G4FError, type StreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, saying, start, stop, text, usage } from '../made-up.ts';

const clientOf = (url: string) => new Anthropic({ baseURL: url, apiKey: 'any', maxRetries: 0 });
const asked = { model: 'model-a', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hello' }] };

const thought: StreamEvent[] = [
  { type: 'reasoning-delta', text: 'Let me ' },
  { type: 'reasoning-delta', text: 'see.' },
];
const calls: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '1', id: 'call_2', name: 'time', arguments: '{"zone":"CET"}' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];

describe('@anthropic-ai/sdk', () => {
  it('reads a whole message with thinking, and counts that are not counted twice', async () => {
    const { url, seen } = await gatewayOf(saying([start()], thought, [text('Hello')], [stop, usage]));
    const message = await clientOf(url).messages.create({
      ...asked,
      system: 'Be brief.',
      stop_sequences: ['END'],
    });
    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'Let me see.' },
      { type: 'text', text: 'Hello' },
    ]);
    expect(message).toMatchObject({ stop_reason: 'end_turn', model: 'm' });
    expect(message.usage).toMatchObject({ input_tokens: 8, cache_read_input_tokens: 3, output_tokens: 7 });
    expect(message._request_id).toMatch(/^req_/);
    expect(seen.requests[0]).toMatchObject({ max_tokens: 100, stop: ['END'] });
    expect(seen.requests[0]?.messages[0]).toMatchObject({ role: 'system', content: 'Be brief.' });
  });

  it('streams text and thinking as blocks of their own', async () => {
    const { url } = await gatewayOf(saying([start()], thought, [text('Hel')], [text('lo')], [stop, usage]));
    const stream = clientOf(url).messages.stream(asked);
    const events = await all(stream);
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      ...['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'],
      ...['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'],
      ...['message_delta', 'message_stop'],
    ]);
    const message = await stream.finalMessage();
    expect(message.content).toMatchObject([{ thinking: 'Let me see.' }, { text: 'Hello' }]);
    expect(message.usage).toMatchObject({ input_tokens: 8, output_tokens: 7 });
  });

  it('is given calls whole and apart, though their pieces came mixed', async () => {
    const { url } = await gatewayOf(saying([start()], [text('I look.')], calls));
    const tools = [{ name: 'weather', input_schema: { type: 'object' as const } }];
    const stream = clientOf(url).messages.stream({ ...asked, tools });
    const blocks: unknown[] = [];
    stream.on('contentBlock', (block) => blocks.push(block));
    const message = await stream.finalMessage();
    expect(message.stop_reason).toBe('tool_use');
    expect(blocks).toMatchObject([
      { type: 'text', text: 'I look.' },
      { type: 'tool_use', id: 'call_1', name: 'weather', input: { city: 'Oslo' } },
      { type: 'tool_use', id: 'call_2', name: 'time', input: { zone: 'CET' } },
    ]);
  });

  it('sends results, pictures, documents and choices on', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('ok'), stop]));
    const data = 'iVBORw0KGgo=';
    await clientOf(url).messages.create({
      ...asked,
      tools: [
        { name: 'weather', description: 'It looks.', input_schema: { type: 'object', properties: {} } },
      ],
      tool_choice: { type: 'tool', name: 'weather', disable_parallel_tool_use: true },
      messages: [
        {
          role: 'user',
          content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }],
        },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm', signature: '' },
            { type: 'tool_use', id: 't1', name: 'weather', input: { a: 1 } },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'And?' },
            { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'Snow' }] },
          ],
        },
      ],
    });
    expect(seen.requests[0]).toMatchObject({
      tools: [
        {
          type: 'function',
          function: { name: 'weather', description: 'It looks.', parameters: { type: 'object' } },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'weather' } },
      parallel_tool_calls: false,
      messages: [
        {
          role: 'user',
          content: [{ type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } }],
        },
        {
          role: 'assistant',
          reasoning: 'Hm',
          tool_calls: [{ id: 't1', function: { name: 'weather', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: 't1', content: [{ type: 'text', text: 'Snow' }] },
        { role: 'user', content: [{ type: 'text', text: 'And?' }] },
      ],
    });
    expect(seen.requests[0]?.messages[1]).not.toHaveProperty('reasoning_details');
  });

  it('throws its own error before the first content, and in the middle', async () => {
    const limit = new G4FError('Too fast.', { code: 'rate-limit', retryAfterMs: 1500 });
    const early = await gatewayOf(failing(limit, [start()]));
    const error = await clientOf(early.url)
      .messages.create({ ...asked, stream: true })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Anthropic.RateLimitError);
    expect((error as InstanceType<typeof Anthropic.RateLimitError>).headers?.get('retry-after')).toBe('2');
    const late = await gatewayOf(
      failing(new G4FError('The line went dead.', { code: 'network' }), [start()], [text('Half')]),
    );
    const stream = clientOf(late.url).messages.stream(asked);
    const said: string[] = [];
    stream.on('text', (words) => said.push(words));
    await expect(stream.finalMessage()).rejects.toThrow(/The line went dead/);
    expect(said).toEqual(['Half']);
  });

  it('lists models in its own form', async () => {
    const { url } = await gatewayOf(saying([start()], [stop]));
    const models = await all(clientOf(url).models.list());
    expect(models.map(({ id, type }) => [id, type])).toEqual([
      ['model-a', 'model'],
      ['org/model-b', 'model'],
    ]);
  });
});
