// A request becomes what the model takes; what it cannot do is said, not dropped in silence.
import type { ChatRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { readRequest } from '../../src/local/asked.ts';

const ask = (more: Partial<ChatRequest>) => {
  const warnings: string[] = [];
  const messages = [{ role: 'user', content: 'Hi' }] as const;
  const asked = readRequest(
    { model: 'm', stream: true, messages, ...more },
    (text) => void warnings.push(text),
  );
  return { ...asked, warnings };
};

describe('readRequest', () => {
  it('has defaults that make a small model answer sensibly', () => {
    const { choosing, maxTokens, stops, answers, warnings } = ask({});
    expect(choosing).toMatchObject({ temperature: 0.2, topP: 0.9, repeatPenalty: 1.1 });
    expect({ maxTokens, stops, answers, warnings }).toEqual({
      maxTokens: 1024,
      stops: [],
      answers: 1,
      warnings: [],
    });
  });

  it('takes the parameters it knows', () => {
    const { choosing, maxTokens, stops, answers } = ask({
      temperature: 1.5,
      top_p: 0.5,
      seed: 42,
      presence_penalty: 1,
      frequency_penalty: -1,
      max_tokens: 5,
      max_completion_tokens: 7,
      stop: 'END',
      n: 2,
    });
    expect(choosing).toMatchObject({
      temperature: 1.5,
      topP: 0.5,
      seed: 42,
      presencePenalty: 1,
      frequencyPenalty: -1,
    });
    expect({ maxTokens, stops, answers }).toEqual({ maxTokens: 7, stops: ['END'], answers: 2 });
  });

  it('fits any seed into the 32 bits of the sampler, the same one each time', () => {
    expect(ask({ seed: -1 }).choosing.seed).toBe(0xffffffff);
    expect(ask({ seed: 2 ** 40 + 5 }).choosing.seed).toBe(5);
  });

  it('reads every kind of message as text', () => {
    const { messages } = ask({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'One ' },
            { type: 'text', text: 'two' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '1', type: 'function', function: { name: 'add', arguments: '{"a":1}' } }],
        },
        { role: 'tool', tool_call_id: '1', content: '3' },
      ],
    });
    expect(messages).toEqual([
      { type: 'system', text: 'Be brief.' },
      { type: 'user', text: 'One two' },
      { type: 'model', response: ['\nadd({"a":1})'] },
      { type: 'user', text: '3' },
      { type: 'model', response: [] },
    ]);
  });

  it('names what it cannot honour, and keeps quiet about what changes nothing', () => {
    const { warnings } = ask({
      tools: [{ type: 'function', function: { name: 'f' } }],
      response_format: { type: 'json_object' },
      logprobs: true,
      made_up: 1,
    });
    expect(warnings.map((text) => /"(\w+)"/.exec(text)?.[1])).toEqual([
      'tools',
      'response_format',
      'logprobs',
      'made_up',
    ]);
    const nothing = {
      logprobs: false,
      tools: [],
      user: 'me',
      stop: null,
      response_format: { type: 'text' },
    } as const;
    expect(
      ask({ ...nothing, tool_choice: 'auto', stream_options: { include_usage: true } }).warnings,
    ).toEqual([]);
  });

  it('refuses pictures and sound, naming the place', () => {
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,' } } as const;
    const content = [{ type: 'text', text: 'What is this?' }, picture] as const;
    expect(() => ask({ messages: [{ role: 'user', content }] })).toThrow(
      /^local: messages\[0\]\.content\[1\] is of type image_url, but the embedded model reads text only/,
    );
  });

  it('refuses numbers that are none', () => {
    expect(() => ask({ temperature: Number.NaN })).toThrow(/temperature must be a number/);
  });
});
