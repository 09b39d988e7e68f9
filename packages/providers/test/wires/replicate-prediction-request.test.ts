// What is sent to Replicate: one text and its settings, and a warning for all that one text cannot hold.
import type { ChatRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { replicatePrediction } from '../../src/wires/replicate-prediction/index.ts';
import { deepFreeze } from './hear-wire.ts';

const ASKING: ChatRequest = {
  model: 'meta/llama',
  messages: [{ role: 'user', content: 'hi' }],
  stream: true,
};

const encode = (given: Partial<ChatRequest>) => {
  const warnings: string[] = [];
  const request = deepFreeze({ ...ASKING, ...given });
  const body = replicatePrediction.endpoints.chat.encode(request, {}, (warning) => warnings.push(warning));
  return {
    body: JSON.parse(JSON.stringify(body)),
    warnings,
    path: replicatePrediction.endpoints.chat.path(request),
  };
};

describe('the body of a request', () => {
  it('is what the person says', () => {
    expect(encode({})).toEqual({
      path: '/models/meta/llama/predictions',
      body: { input: { prompt: 'hi' } },
      warnings: [],
    });
  });

  it('names the version of a model, where the caller does', () => {
    const { path, body } = encode({ model: 'meta/llama:5c7d5dc6' });
    expect(path).toBe('/predictions');
    expect(body).toEqual({ version: 'meta/llama:5c7d5dc6', input: { prompt: 'hi' } });
  });

  it('has the instructions apart', () => {
    const { body, warnings } = encode({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'No lists.' },
        { role: 'user', content: [{ type: 'text', text: 'hi' }] },
      ],
    });
    expect(body.input).toEqual({ prompt: 'hi', system_prompt: 'Be brief.\n\nNo lists.' });
    expect(warnings).toEqual([]);
  });

  it('has settings by the name that the caller used: models differ', () => {
    expect(
      encode({ temperature: 0, top_p: 0.9, max_tokens: 5, seed: null, top_k: 50, image_input: ['https://x'] })
        .body.input,
    ).toEqual({
      prompt: 'hi',
      temperature: 0,
      top_p: 0.9,
      max_tokens: 5,
      top_k: 50,
      image_input: ['https://x'],
    });
    expect(encode({ max_completion_tokens: 5 }).body.input).toEqual({
      prompt: 'hi',
      max_completion_tokens: 5,
    });
  });

  it('tells a conversation as a transcript, and says that it does', () => {
    const { body, warnings } = encode({
      messages: [
        { role: 'user', content: 'What is the weather?' },
        {
          role: 'assistant',
          content: 'Let me see.',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'weather', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c', content: 'rain' },
      ],
    });
    expect(body.input.prompt).toBe(
      'User: What is the weather?\n\nAssistant: Let me see.\nweather({})\n\nTool: rain\n\nAssistant:',
    );
    expect(warnings).toEqual(['this provider takes one text: the conversation was sent as a transcript.']);
  });

  it('lets the assistant go on where it had begun', () => {
    const { body } = encode({
      messages: [
        { role: 'user', content: 'Count.' },
        { role: 'assistant', content: 'One, two' },
      ],
    });
    expect(body.input.prompt).toBe('User: Count.\n\nAssistant: One, two');
  });

  it('warns of what it has no place for', () => {
    const { body, warnings } = encode({
      stop: 'END',
      n: 2,
      tools: [{ type: 'function', function: { name: 'f' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look.' },
            { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          ],
        },
      ],
    });
    expect(body).toEqual({ input: { prompt: 'Look.' } });
    expect(warnings).toEqual([
      'this provider has no place for stop, n, tools: not sent.',
      'this provider has one field for text: the other parts of a message were not sent.',
    ]);
  });
});
