// The parameters of a chat, as each service's models take them.
import { describe, expect, it } from 'vitest';
import { sentTo } from './sent-to.ts';

it('OpenAI’s open models have three levels, wherever they are', async () => {
  const given = { model: 'openai/gpt-oss-120b', reasoning_effort: 'max', temperature: 0.1 };
  for (const id of ['groq', 'cerebras']) {
    const { body, warnings } = await sentTo(id, [{ role: 'user', content: 'hi' }], given);
    expect(body).toMatchObject({ reasoning_effort: 'high', temperature: 0.1 });
    expect(warnings).toEqual([expect.stringContaining('"max": "high"')]);
  }
});

describe('how hard a model reasons is said in its own levels', () => {
  it.each<[string, string, object, object, RegExp | undefined]>([
    ['xai', 'grok-4.3', { reasoning_effort: 'max' }, { reasoning_effort: 'high' }, /"max": "high"/],
    [
      'xai',
      'grok-4.3',
      { reasoning_effort: 'none', stop: 'x' },
      { reasoning_effort: 'none', stop: 'x' },
      undefined,
    ],
    ['xai', 'grok-4.3', { stop: 'x', frequency_penalty: 0 }, {}, /take stop: not sent/],
    ['xai', 'grok-4.7', { reasoning_effort: 'none' }, { reasoning_effort: 'low' }, /"none": "low"/],
    ['xai', 'grok-4.20-reasoning', { reasoning_effort: 'low' }, {}, /takes no reasoning_effort/],
    ['xai', 'grok-4-1-fast-non-reasoning', { reasoning_effort: 'low', stop: 'x' }, { stop: 'x' }, /takes no/],
    ['xai', 'grok-4.20-multi-agent', { reasoning_effort: 'max' }, { reasoning_effort: 'xhigh' }, /"max"/],
    ['xai', 'grok-3-mini', { reasoning_effort: 'minimal' }, { reasoning_effort: 'low' }, /"minimal": "low"/],
    [
      'mistral',
      'mistral-small-latest',
      { reasoning_effort: 'low' },
      { reasoning_effort: 'high' },
      /"low": "high"/,
    ],
    [
      'mistral',
      'mistral-small-latest',
      { reasoning_effort: 'none' },
      { reasoning_effort: 'none' },
      undefined,
    ],
    [
      'groq',
      'qwen/qwen3.8-27b',
      { reasoning_effort: 'low' },
      { reasoning_effort: 'default' },
      /"low": "default"/,
    ],
    ['groq', 'qwen/qwen3.8-27b', { reasoning_effort: 'none' }, { reasoning_effort: 'none' }, undefined],
  ])('%s: %s with %j is asked with %j', async (id, model, given, expected, warning) => {
    const { body, warnings } = await sentTo(id, [{ role: 'user', content: 'hi' }], { model, ...given });
    const { model: _, messages: __, stream: ___, stream_options: ____, ...rest } = body;
    expect(rest).toEqual(expected);
    expect(warnings.join('\n')).toMatch(warning ?? /^$/);
  });
});

describe('the parameters of OpenAI’s models', () => {
  it.each<[string, object, object, RegExp | undefined]>([
    [
      'gpt-4o',
      { temperature: 0.5, reasoning_effort: 'high' },
      { temperature: 0.5 },
      /takes no reasoning_effort/,
    ],
    ['gpt-4.1-mini', { temperature: 0.5, stop: 'x' }, { temperature: 0.5, stop: 'x' }, undefined],
    [
      'o3',
      { temperature: 0.5, stop: 'x', reasoning_effort: 'xhigh' },
      { reasoning_effort: 'high' },
      /temperature, stop/,
    ],
    ['o3', { temperature: 1, presence_penalty: 0 }, {}, undefined],
    ['gpt-5', { reasoning_effort: 'none' }, { reasoning_effort: 'minimal' }, /no reasoning_effort "none"/],
    ['gpt-5.1', { reasoning_effort: 'minimal' }, { reasoning_effort: 'low' }, /"minimal": "low"/],
    ['gpt-5.1', { temperature: 0.2 }, { temperature: 0.2 }, undefined],
    ['gpt-5.2', { temperature: 0.2, reasoning_effort: 'low' }, { reasoning_effort: 'low' }, /temperature/],
    ['gpt-5.2', { reasoning_effort: 'max' }, { reasoning_effort: 'xhigh' }, /"max": "xhigh"/],
    ['gpt-5.6-sol', { reasoning_effort: 'max' }, { reasoning_effort: 'max' }, undefined],
    ['gpt-6-luna', { reasoning_effort: 'max', top_p: 0.1 }, { reasoning_effort: 'max' }, /top_p/],
    ['gpt-5-pro', { reasoning_effort: 'low' }, { reasoning_effort: 'high' }, /"low": "high"/],
    [
      'my-deployment',
      { temperature: 0.1, reasoning_effort: 'max' },
      { temperature: 0.1, reasoning_effort: 'max' },
      undefined,
    ],
  ])('%s with %j is asked with %j', async (model, given, expected, warning) => {
    for (const id of ['openai', 'azure-openai']) {
      const { body, warnings } = await sentTo(id, [{ role: 'user', content: 'hi' }], { model, ...given });
      const { model: _, messages: __, stream: ___, stream_options: ____, ...rest } = body;
      expect(rest).toEqual(expected);
      expect(warnings.join('\n')).toMatch(warning ?? /^$/);
    }
  });
});
