// OpenRouter would like to know which program asks; it is not told.
import type { ChatRequest, Message, ReasoningDetail } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import openrouter from '../../src/backends/openrouter.ts';
import { collect, createFakeContext, HELLO } from './fake-context.ts';

it('sends no header that says who we are', async () => {
  const context = createFakeContext(HELLO, { apiKey: 'k' });
  await collect(openrouter.chat({ model: 'openai/gpt-4', messages: [], stream: true }, context));
  await openrouter.listModels(context).catch(() => undefined);
  for (const { headers } of context.requests) {
    expect(Object.keys(headers).filter((name) => /referer|title|user-agent/i.test(name))).toEqual([]);
  }
});

it('offers each family under the id of exactly that model', () => {
  expect(openrouter.models).toMatchObject({ 'gpt-4': 'openai/gpt-4', 'gpt-4o': 'openai/gpt-4o' });
  for (const id of Object.values(openrouter.models)) expect(id).toMatch(/^[a-z-]+\/[a-z0-9.-]+$/);
});

it('tells what went wrong upstream, when that hides behind its own words', async () => {
  const body = JSON.stringify({
    error: {
      code: 429,
      message: 'Provider returned error',
      metadata: { raw: 'slow down', provider_name: 'X' },
    },
  });
  const asked = openrouter.chat(
    { model: 'm', messages: [], stream: true },
    createFakeContext({ status: 429, body }, { apiKey: 'k' }),
  );
  await expect(collect(asked)).rejects.toMatchObject({
    code: 'rate-limit',
    message: expect.stringContaining('slow down'),
  });
});

describe('its reasoning', () => {
  const piece = (more: object): ReasoningDetail => ({
    type: 'reasoning.text',
    format: 'anthropic-claude-v1',
    index: 0,
    ...more,
  });
  const sent = async (...messages: readonly Message[]) => {
    const context = createFakeContext(HELLO, { apiKey: 'k' });
    const request: ChatRequest = { model: 'm', messages, stream: true };
    await collect(openrouter.chat(request, context));
    return JSON.parse(context.requests[0]?.body ?? '').messages;
  };

  it('goes back to it whole, as a signature wants it', async () => {
    const reasoning_details = [
      piece({ text: 'Let' }),
      piece({ text: ' me see.' }),
      piece({ signature: 'sig' }),
    ];
    const [, answer] = await sent(
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'ho', reasoning: 'Let me see.', reasoning_details },
    );
    expect(answer).toEqual({
      role: 'assistant',
      content: 'ho',
      reasoning_details: [piece({ text: 'Let me see.', signature: 'sig' })],
    });
  });

  it('goes back to nobody else, and that of others does not go to it', async () => {
    const sealed = { type: 'reasoning.encrypted', format: 'openai-responses', data: 'x' } as const;
    expect(
      await sent({ role: 'assistant', content: 'ho', reasoning: 'hm', reasoning_details: [sealed] }),
    ).toEqual([{ role: 'assistant', content: 'ho' }]);
    expect(await sent({ role: 'assistant', content: 'ho', reasoning: 'hm' })).toEqual([
      { role: 'assistant', content: 'ho' },
    ]);
  });
});
