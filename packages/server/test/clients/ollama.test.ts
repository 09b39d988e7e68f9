// Ollama's own library against the gateway: it must not notice.
import { G4FError, type StreamEvent } from '@g4f/core';
import { Ollama } from 'ollama';
import { describe, expect, it } from 'vitest';
import { all, failing, gatewayOf, gatewayWith, saying, start, stop, text, usage } from '../made-up.ts';

const messages = [{ role: 'user', content: 'Hello' }];
const call: StreamEvent[] = [
  { type: 'tool-call-delta', key: '0', id: 'call_1', name: 'weather', arguments: '{"city":' },
  { type: 'tool-call-delta', key: '0', arguments: '"Oslo"}' },
  { type: 'finish', reason: 'tool_calls' },
];

describe('ollama', () => {
  it('chats, whole and in a stream, under the name with a tag', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('Hel')], [text('lo')], [stop, usage]));
    const client = new Ollama({ host: url });
    const whole = await client.chat({
      model: 'model-a:latest',
      messages,
      options: { num_predict: 5, num_ctx: 4096, temperature: 0 },
    });
    expect(whole).toMatchObject({
      message: { role: 'assistant', content: 'Hello' },
      done: true,
      done_reason: 'stop',
      eval_count: 7,
    });
    const lines = await all(await client.chat({ model: 'model-a', messages, stream: true }));
    expect(lines.map(({ message }) => message.content)).toEqual(['Hel', 'lo', '']);
    expect(lines.map(({ done }) => done)).toEqual([false, false, true]);
    expect(lines.at(-1)).toMatchObject({ prompt_eval_count: 11, eval_count: 7, done_reason: 'stop' });
    expect(seen.requests[0]).toMatchObject({ model: 'model-a', max_tokens: 5, temperature: 0 });
    expect(seen.requests[0]).not.toHaveProperty('num_ctx');
  });

  it('thinks, calls tools and sends their results by name', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [{ type: 'reasoning-delta', text: 'Hm' }], call));
    const client = new Ollama({ host: url });
    const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object' } } }];
    const lines = await all(
      await client.chat({ model: 'model-a', messages, tools, think: 'high', stream: true }),
    );
    expect(lines[0]?.message.thinking).toBe('Hm');
    const called = lines.find(({ message }) => message.tool_calls)?.message;
    expect(called?.tool_calls).toMatchObject([
      { function: { name: 'weather', arguments: { city: 'Oslo' } } },
    ]);
    await client.chat({
      model: 'model-a',
      messages: [
        ...messages,
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ function: { name: 'weather', arguments: { city: 'Oslo' } } }],
        },
        { role: 'tool', content: 'Snow', tool_name: 'weather' },
      ],
    });
    expect(seen.requests[0]).toMatchObject({ reasoning_effort: 'high', tools });
    expect(seen.requests[1]?.messages.slice(1)).toMatchObject([
      { tool_calls: [{ id: 'call_1', function: { arguments: '{"city":"Oslo"}' } }] },
      { role: 'tool', tool_call_id: 'call_1', content: 'Snow' },
    ]);
  });

  it('generates, with schemas and pictures', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [text('{"a":1}'), stop]));
    const client = new Ollama({ host: url });
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const answer = await client.generate({
      model: 'model-a',
      prompt: 'What?',
      system: 'Brief.',
      images: ['iVBORw0KGgo='],
      format: schema,
    });
    expect(answer.response).toBe('{"a":1}');
    expect(seen.requests[0]).toMatchObject({
      messages: [
        { role: 'system', content: 'Brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
          ],
        },
      ],
      response_format: { json_schema: { schema } },
    });
  });

  it('loads a model that is offered, and refuses one that is not', async () => {
    const { url, seen } = await gatewayOf(saying([start()], [stop]));
    const client = new Ollama({ host: url });
    for (const model of ['model-a', 'org/model-b:latest'])
      expect(await client.generate({ model, prompt: '' })).toMatchObject({ done_reason: 'load' });
    expect(await client.generate({ model: 'model-a', prompt: '', keep_alive: 0 })).toMatchObject({
      done_reason: 'unload',
    });
    const unknown = { status_code: 404, message: expect.stringMatching(/^model 'x' not found/) };
    await expect(client.generate({ model: 'x', prompt: '' })).rejects.toMatchObject(unknown);
    await expect(client.chat({ model: 'x:latest', messages: [] })).rejects.toMatchObject(unknown);
    expect(seen.requests).toEqual([]);
  });

  it('loads a name of the gateway, and a model of a service whose list is away', async () => {
    const listModels = async () => {
      throw new G4FError('away', { code: 'network' });
    };
    const { url } = await gatewayWith({ listModels }, { models: { house: ['made-up:model-a'] } });
    const client = new Ollama({ host: url });
    for (const model of ['house', 'x'])
      expect(await client.generate({ model, prompt: '' })).toMatchObject({ done_reason: 'load' });
  });

  it('embeds, lists, shows and tells its version', async () => {
    const { url } = await gatewayOf(saying([start()], [stop]));
    const client = new Ollama({ host: url });
    expect((await client.embed({ model: 'model-a', input: ['a', 'b'], truncate: true })).embeddings).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
    expect((await client.list()).models.map(({ name }) => name)).toEqual(['model-a', 'org/model-b']);
    expect((await client.show({ model: 'model-a' })).model_info).toMatchObject({
      'g4f.context_length': 8192,
    });
    expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('throws before the first content, and in the middle', async () => {
    const early = await gatewayOf(
      failing(new G4FError('No such model.', { code: 'model-not-found' }), [start()]),
    );
    await expect(
      new Ollama({ host: early.url }).chat({ model: 'x', messages, stream: true }),
    ).rejects.toMatchObject({ status_code: 404, message: 'No such model.' });
    const late = await gatewayOf(
      failing(new G4FError('The line went dead.', { code: 'network' }), [start()], [text('Half')]),
    );
    const said: string[] = [];
    const reading = (async () => {
      for await (const { message } of await new Ollama({ host: late.url }).chat({
        model: 'm',
        messages,
        stream: true,
      }))
        said.push(message.content);
    })();
    await expect(reading).rejects.toThrow(/The line went dead/);
    expect(said).toEqual(['Half']);
  });
});
