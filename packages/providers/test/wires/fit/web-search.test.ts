// `web_search_options` becomes each service's own search, or a warning.
import type { ChatRequest, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import anthropic from '../../../src/backends/anthropic.ts';
import cohere from '../../../src/backends/cohere.ts';
import gemini from '../../../src/backends/gemini.ts';
import openai from '../../../src/backends/openai.ts';
import openaiResponses from '../../../src/backends/openai-responses.ts';
import openrouter from '../../../src/backends/openrouter.ts';
import perplexity from '../../../src/backends/perplexity.ts';
import xai from '../../../src/backends/xai.ts';
import { createFakeContext } from '../../backends/fake-context.ts';

const PLACE = { city: 'Oslo', country: 'NO' };
const WANTED = { search_context_size: 'low', user_location: { type: 'approximate', approximate: PLACE } };
const FUNCTION = {
  type: 'function',
  function: { name: 'add', parameters: { type: 'object', properties: {} } },
} as const;

/** The body that is sent, and the warnings. The answer is of no account. */
const sent = async (provider: Provider, more: Partial<ChatRequest>) => {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  const context = { ...createFakeContext({ type: 'text/event-stream', body: '' }, { apiKey: 'k' }), warn };
  const request = {
    model: 'some-model',
    messages: [{ role: 'user' as const, content: 'hi' }],
    stream: true,
    ...more,
  };
  try {
    for await (const _ of provider.chat?.(request, context) ?? []);
  } catch {
    // An empty answer is cut.
  }
  return { body: JSON.parse(String(context.requests[0]?.body)), warnings };
};

describe('a search', () => {
  it('is OpenAI’s own parameter in its chats', async () => {
    const { body } = await sent(openai, { web_search_options: WANTED });
    expect(body.web_search_options).toEqual(WANTED);
  });

  it('is a tool of its responses, beside those of the caller', async () => {
    const { body } = await sent(openaiResponses, { web_search_options: WANTED, tools: [FUNCTION] });
    expect(body.tools).toEqual([
      expect.objectContaining({ type: 'function', name: 'add' }),
      { type: 'web_search', search_context_size: 'low', user_location: { type: 'approximate', ...PLACE } },
    ]);
    expect(body).not.toHaveProperty('web_search_options');
  });

  it('is Anthropic’s tool, which has no sizes', async () => {
    const { body } = await sent(anthropic, {
      web_search_options: WANTED,
      tools: [FUNCTION],
      tool_choice: 'auto',
    });
    expect(body.tools[1]).toEqual({
      type: 'web_search_20250305',
      name: 'web_search',
      user_location: { type: 'approximate', ...PLACE },
    });
    expect(body).not.toHaveProperty('web_search_options');
  });

  it('is Google’s search in Gemini, which knows neither place nor size', async () => {
    const { body } = await sent(gemini, { web_search_options: WANTED });
    expect(body.tools).toEqual([{ googleSearch: {} }]);
  });

  it('is Perplexity’s own parameter, with a place that is not nested', async () => {
    const { body } = await sent(perplexity, { web_search_options: WANTED });
    expect(body.web_search_options).toEqual({ search_context_size: 'low', user_location: PLACE });
  });

  it('is OpenRouter’s plugin, unless the caller names plugins', async () => {
    expect((await sent(openrouter, { web_search_options: {} })).body.plugins).toEqual([{ id: 'web' }]);
    const plugins = [{ id: 'web', max_results: 1 }];
    expect((await sent(openrouter, { web_search_options: {}, plugins })).body.plugins).toEqual(plugins);
    expect((await sent(openrouter, {})).body).not.toHaveProperty('plugins');
  });

  it.each([
    [anthropic, { type: 'web_search_20260209', name: 'web_search', max_uses: 1 }],
    [gemini, { googleSearch: {} }],
    [openaiResponses, { type: 'web_search_preview' }],
  ])('that the caller has among the tools is not there twice (%#)', async (provider, tool) => {
    const tools = [tool] as unknown as NonNullable<ChatRequest['tools']>;
    const { body } = await sent(provider, { web_search_options: {}, tools });
    expect(body.tools).toEqual([tool]);
  });

  it.each([[anthropic], [gemini], [openaiResponses], [openrouter]])(
    'is not asked for by null (%#)',
    async (provider) => {
      const { body } = await sent(provider, { web_search_options: null });
      expect(JSON.stringify(body)).not.toMatch(/search|plugins/i);
    },
  );
});

describe('what is lost of it', () => {
  const lost = async (provider: Provider): Promise<string> =>
    (await sent(provider, { web_search_options: WANTED })).warnings.join(' ');

  it('is warned of', async () => {
    expect(await lost(anthropic)).toMatch(/search_context_size was not sent/);
    expect(await lost(gemini)).toMatch(/no search_context_size and no user_location: not sent/);
    expect(await lost(openaiResponses)).toBe('');
    expect(await lost(perplexity)).toBe('');
  });

  it('is all of it where chats cannot search, which is warned of, too', async () => {
    expect(await lost(xai)).toMatch(/searches the web in responses alone/);
    expect((await sent(xai, { web_search_options: WANTED })).body).not.toHaveProperty('web_search_options');
    expect(await lost(cohere)).toMatch(/no place for web_search_options: not sent/);
  });
});
