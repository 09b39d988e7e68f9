// What services with older completions are sent: OpenAI's body, and what each takes of it.
import type { TextCompletion, TextCompletionRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import deepinfra from '../../../src/backends/deepinfra.ts';
import deepseek from '../../../src/backends/deepseek.ts';
import llamacpp from '../../../src/backends/llamacpp.ts';
import mistral from '../../../src/backends/mistral.ts';
import vllm from '../../../src/backends/vllm.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const ANSWER = JSON.stringify({
  id: 'c',
  model: 'm',
  choices: [{ index: 0, text: 'x', finish_reason: 'stop' }],
});

const send = async ({ complete }: typeof mistral, request: Partial<TextCompletionRequest>, body = ANSWER) => {
  const warnings: string[] = [];
  const fake = createFakeContext({ body }, { apiKey: 'k' });
  const context = { ...fake, warn: (message: string) => void warnings.push(message) };
  const parts: TextCompletion[] = [];
  const asked = { model: 'm', prompt: ['a + b'], stream: false, ...request };
  for await (const part of complete?.(asked, context) ?? []) parts.push(part);
  const [sent] = fake.requests;
  return { url: sent?.url, body: JSON.parse(sent?.body ?? '{}'), warnings, parts };
};

const ALL = { suffix: ';', max_tokens: 9, n: 2, echo: true, logprobs: 1, stop: '\n', seed: 7, top_k: 5 };
const TWO = JSON.stringify({
  id: 'c',
  model: 'm',
  choices: [0, 1].map((index) => ({ index, text: 'x', finish_reason: 'stop' })),
});

describe('the body', () => {
  it('has one prompt as it is, several as a list, and all parameters', async () => {
    const { url, body, warnings } = await send(vllm, ALL, TWO);
    expect(url).toBe('http://127.0.0.1:8000/v1/completions');
    expect(body).toEqual({ model: 'm', prompt: 'a + b', ...ALL });
    expect(warnings).toEqual([]);
    expect((await send(llamacpp, { prompt: ['a', 'b'] }, TWO)).body.prompt).toEqual(['a', 'b']);
    expect((await send(llamacpp, { prompt: [[1, 2]] })).body.prompt).toEqual([1, 2]);
  });

  it('asks for token counts where it streams, as the caller has it', async () => {
    expect((await send(llamacpp, { stream: true })).body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    });
    const stream_options = { include_usage: false };
    expect((await send(llamacpp, { stream: true, stream_options })).body).toMatchObject({ stream_options });
  });

  it('of llama.cpp has nothing that it would pass over in silence', async () => {
    const { body, warnings } = await send(llamacpp, ALL, TWO);
    const { suffix: _, echo: __, ...taken } = ALL;
    expect(body).toEqual({ model: 'm', prompt: 'a + b', ...taken });
    expect(warnings).toEqual(['llamacpp does not take suffix, echo: not sent.']);
  });

  it('of Mistral fills the middle, in its own words, and has nothing that it would refuse', async () => {
    const { url, body, warnings } = await send(mistral, { ...ALL, stream: true });
    expect(url).toBe('https://api.mistral.ai/v1/fim/completions');
    expect(body).toEqual({
      model: 'm',
      prompt: 'a + b',
      stream: true,
      suffix: ';',
      max_tokens: 9,
      stop: '\n',
      random_seed: 7,
      top_k: 5,
    });
    expect(warnings).toEqual(['mistral does not take n, echo, logprobs: not sent.']);
  });

  it('of DeepSeek goes to its beta', async () => {
    const { url, body } = await send(deepseek, { suffix: ';', echo: true });
    expect(url).toBe('https://api.deepseek.com/beta/completions');
    expect(body).toEqual({ model: 'm', prompt: 'a + b', suffix: ';', echo: true });
  });

  it.each([[['a', 'b']], [[[1, 2]]]])(
    'of a service that takes one text is not sent with %j',
    async (prompt) => {
      await expect(send(deepinfra, { prompt })).rejects.toMatchObject({
        code: 'invalid-request',
        scope: 'provider',
        message: expect.stringContaining('it completes one text at a time'),
      });
    },
  );
});

describe('the answer', () => {
  it('of Mistral, which is that of a chat, becomes a text', async () => {
    const choice = { index: 0, message: { role: 'assistant', content: 'return 1' }, finish_reason: 'stop' };
    const { parts } = await send(mistral, {}, JSON.stringify({ id: 'c', model: 'm', choices: [choice] }));
    expect(
      parts
        .flatMap(({ choices }) => choices)
        .map(({ text }) => text)
        .join(''),
    ).toBe('return 1');
  });

  it('with fewer texts than were asked for is none', async () => {
    const two = {
      code: 'bad-response',
      message: expect.stringContaining('2 texts were asked for, and 1 came'),
    };
    await expect(send(llamacpp, { n: 2 })).rejects.toMatchObject(two);
    await expect(send(llamacpp, { prompt: ['a', 'b'] })).rejects.toMatchObject(two);
    await expect(send(llamacpp, {}, '{"id":"c","choices":[]}')).rejects.toMatchObject({
      code: 'bad-response',
    });
  });
});

describe('the end of a stream', () => {
  // llama.cpp's server, build 10434.
  const chunk = (text: string, finish_reason: string | null, more = {}): string =>
    `data: ${JSON.stringify({ id: 'c', model: 'm', choices: [{ index: 0, text, logprobs: null, finish_reason }], ...more })}\n\n`;
  const usage = { prompt_tokens: 2, completion_tokens: 1, total_tokens: 3 };
  const beside = { system_fingerprint: 'b1', timings: { predicted_n: 1 } };

  it('is the finish reason, with the token counts, for who did not ask for a chunk of their own', async () => {
    const body = `${chunk(' the', null)}${chunk('', 'length', { usage, ...beside })}data: [DONE]\n\n`;
    const { parts } = await send(llamacpp, { stream: true }, body);
    expect(parts.at(-1)).toMatchObject({ choices: [{ text: '', finish_reason: 'length' }], usage });
    expect(parts.filter((part) => part.usage !== undefined)).toHaveLength(1);
    const asked = { stream: true, stream_options: { include_usage: true } };
    expect((await send(llamacpp, asked, body)).parts.at(-1)).toMatchObject({ choices: [], usage });
  });
});
