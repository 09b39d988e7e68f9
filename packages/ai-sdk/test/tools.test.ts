// The AI SDK’s tools over this provider.
import { generateText, stepCountIs, streamText, tool } from 'ai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chunks, completion, events, json } from '../../openai/test/service.ts';
import { createG4F } from '../src/index.ts';
import { all, TwoServices } from './two-services.ts';

const services = new TwoServices();

const weather = tool({
  description: 'The weather of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => ({ text: `Snow in ${city}` }),
});

describe('tools', () => {
  it('run, and their results are sent back', async () => {
    const { text, steps } = await generateText({
      model: services.model(),
      prompt: 'Weather?',
      tools: { weather },
      toolChoice: 'auto',
      stopWhen: stepCountIs(3),
    });
    expect([text, steps.length]).toEqual(['Hello, world', 2]);
    expect(services.first.asked[0]?.body).toMatchObject({
      tool_choice: 'auto',
      tools: [{ type: 'function', function: { name: 'weather', parameters: { required: ['city'] } } }],
    });
    expect(services.first.asked[1]?.body.messages).toMatchObject([
      { role: 'user' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '{"text":"Snow in Oslo"}' },
    ]);
  });

  it('run while an answer is streamed', async () => {
    const result = streamText({
      model: services.model(),
      prompt: 'Weather?',
      tools: { weather },
      stopWhen: stepCountIs(3),
    });
    const parts = await all(result.fullStream);
    expect(parts.filter(({ type }) => type.startsWith('tool-')).map(({ type }) => type)).toEqual([
      ...['tool-input-start', 'tool-input-delta', 'tool-input-end', 'tool-call', 'tool-result'],
    ]);
    expect(await result.text).toBe('Hello, world');
  });

  it.each([true, false])(
    'do not run where the answer was cut before their arguments (stream: %s)',
    async (streams) => {
      const cut = [{ index: 0, id: 'call_1', type: 'function', function: { name: 'now', arguments: '' } }];
      services.first.answer = (response, { body }) => {
        if (body.stream !== true) return json(response, completion({ tool_calls: cut }, 'length'));
        events(response, chunks([{ tool_calls: cut }], 'length'));
        return response.end('data: [DONE]\n\n');
      };
      let ran = 0;
      const now = tool({
        inputSchema: z.object({}),
        execute: async () => {
          ran += 1;
          return 'now';
        },
      });
      const options = { model: services.model(), prompt: 'Time?', tools: { now } };
      const reason = streams
        ? await streamText(options).finishReason
        : (await generateText(options)).finishReason;
      expect([reason, ran]).toEqual(['length', 0]);
      const asked = {
        prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Time?' }] }],
        tools: [{ type: 'function' as const, name: 'now', inputSchema: {} }],
      };
      const parts = streams
        ? await all((await services.model().doStream(asked)).stream)
        : (await services.model().doGenerate(asked)).content;
      expect(parts.map(({ type }) => type)).not.toContain('tool-call');
    },
  );

  it('have one id and their name in all parts, though these come late', async () => {
    services.first.answer = (response) => {
      const pieces = [
        { function: { arguments: '{"city":' } },
        { function: { name: 'weather', arguments: '' } },
        { id: 'call_1', function: { arguments: '"Oslo"' } },
        { function: { arguments: '}' } },
      ];
      const deltas = pieces.map((piece) => ({ tool_calls: [{ index: 0, type: 'function', ...piece }] }));
      events(response, chunks(deltas, 'tool_calls'));
      response.end('data: [DONE]\n\n');
    };
    const asked = {
      prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Weather?' }] }],
      tools: [{ type: 'function' as const, name: 'weather', inputSchema: {} }],
    };
    const parts = await all((await services.model().doStream(asked)).stream);
    const told = parts.filter(({ type }) => type.startsWith('tool-'));
    const id = told.map((part) => Reflect.get(part, 'id')).at(0);
    expect(id).toMatch(/^call_/);
    expect(told).toEqual([
      { type: 'tool-input-start', id, toolName: 'weather' },
      { type: 'tool-input-delta', id, delta: '{"city":' },
      { type: 'tool-input-delta', id, delta: '"Oslo"' },
      { type: 'tool-input-delta', id, delta: '}' },
      { type: 'tool-input-end', id },
      { type: 'tool-call', toolCallId: id, toolName: 'weather', input: '{"city":"Oslo"}' },
    ]);
  });

  it('of one service are named in a warning', async () => {
    const search = {
      type: 'provider' as const,
      id: 'openai.web_search' as const,
      name: 'web_search',
      args: {},
    };
    const { warnings } = await services.model().doGenerate({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
      tools: [search],
    });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'the tool openai.web_search' }]);
  });

  it('are given back what a service sealed, with the next step', async () => {
    const details = [{ type: 'reasoning.encrypted', data: 'sealed', format: 'unknown', index: 0 }];
    const call = {
      id: 'call_1',
      type: 'function',
      function: { name: 'weather', arguments: '{"city":"Oslo"}' },
    };
    services.first.answer = (response, { body }) =>
      JSON.stringify(body.messages).includes('"role":"tool"')
        ? json(response, completion({ content: 'Snow.' }))
        : json(
            response,
            completion({ reasoning: 'Hm.', reasoning_details: details, tool_calls: [call] }, 'tool_calls'),
          );
    const provider = createG4F({ provider: 'openrouter', baseURL: services.first.url, apiKey: 'a', env: {} });
    const { text } = await generateText({
      model: provider('model-1'),
      prompt: 'Weather?',
      tools: { weather },
      stopWhen: stepCountIs(3),
    });
    expect(text).toBe('Snow.');
    expect(services.first.asked[1]?.body.messages).toMatchObject([
      {},
      { reasoning_details: [{ data: 'sealed' }] },
      {},
    ]);
  });
});
