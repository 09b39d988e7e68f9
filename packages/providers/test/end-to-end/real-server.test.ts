// Against a real server: llama.cpp's, started by `node scripts/real-server.mjs -- npx vitest run real-server`.
import { type ChatCompletion, type ChatRequest, fold } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import llamacpp from '../../src/backends/llamacpp.ts';
import { discover } from '../../src/discover/discover.ts';
import { contextOf, failureOf, until } from '../http/service.ts';

const baseURL = process.env.G4F_REAL_SERVER ?? '';
const context = (more: object = {}) => contextOf({ baseURL, ...more });
const ask = (given: Partial<ChatRequest>): ChatRequest => ({
  model: 'smollm2',
  messages: [{ role: 'user', content: 'Say hello in five words.' }],
  stream: true,
  max_tokens: 20,
  temperature: 0,
  seed: 1,
  ...given,
});
const whole = (given: Partial<ChatRequest> = {}): Promise<ChatCompletion> =>
  fold(llamacpp.chat(ask(given), context()));

describe.skipIf(baseURL === '')("llama.cpp's server (skipped where G4F_REAL_SERVER names none)", () => {
  it('answers, streamed and whole, with its token counts', async () => {
    const streamed = await whole();
    const once = await whole({ stream: false });
    for (const { choices, usage } of [streamed, once]) {
      expect(choices[0]?.message.content).not.toBe('');
      expect(['stop', 'length']).toContain(choices[0]?.finish_reason);
      expect(usage?.prompt_tokens).toBeGreaterThan(0);
      expect(usage?.completion_tokens).toBeGreaterThan(0);
    }
    expect(streamed.choices[0]?.message.content).toBe(once.choices[0]?.message.content);
  });

  it('keeps to the limit of tokens, and to stop words', async () => {
    const short = await whole({ max_tokens: 3 });
    expect(short.choices[0]).toMatchObject({ finish_reason: 'length' });
    expect(short.usage?.completion_tokens).toBe(3);
    const full = (await whole()).choices[0]?.message.content ?? '';
    const word = full.split(' ')[1] ?? '';
    const stopped = await whole({ stop: word });
    expect(stopped.choices[0]?.message.content).not.toContain(word);
  });

  it('gives JSON of the form that is asked for', async () => {
    const schema = {
      type: 'object',
      properties: { n: { type: 'integer' } },
      required: ['n'],
      additionalProperties: false,
    };
    const { choices } = await whole({
      max_tokens: 60,
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema } },
    });
    expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({ n: expect.any(Number) });
  });

  it('says that a conversation is too long', async () => {
    const content = 'word '.repeat(5000);
    const error = await failureOf(() => whole({ messages: [{ role: 'user', content }] }));
    expect(error).toMatchObject({ code: 'context-length', provider: 'llamacpp' });
  });

  it('lists its model, and is found and known by it', async () => {
    const [model] = await llamacpp.listModels(context());
    expect(model?.id).toContain('SmolLM2');
    expect(await llamacpp.available?.(context())).toBeUndefined();
    const found = await discover({ env: {}, addresses: [baseURL], timeoutMs: 2000 });
    expect(found).toContainEqual({ id: 'llamacpp', name: 'llama.cpp', baseURL, models: [model?.id] });
  });

  it('stops computing when the reader leaves', async () => {
    const slots = async () =>
      (await (await fetch(baseURL.replace(/\/v1$/, '/slots'))).json()) as readonly {
        is_processing: boolean;
      }[];
    for await (const batch of llamacpp.chat(
      ask({ max_tokens: 2000, messages: [{ role: 'user', content: 'Tell a very long story.' }] }),
      context(),
    )) {
      if (batch.some(({ type }) => type === 'text-delta')) break;
    }
    let busy = true;
    const look = setInterval(async () => {
      busy = (await slots()).some((slot) => slot.is_processing);
    }, 50);
    await until(() => !busy).finally(() => clearInterval(look));
  });
});
