// Each library's own way to stop an answer: the provider is stopped as well.
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { gatewayOf, halfUntilLeft } from '../made-up.ts';

const model = 'model-a';
const messages = [{ role: 'user' as const, content: 'Hello' }];

/** Asks for a stream, stops it after the first words by the library's own means, and says what it was given. */
const LIBRARIES: Readonly<Record<string, (url: string) => Promise<string>>> = {
  async openai(url) {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'any', maxRetries: 0 });
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const { choices } of stream)
      if (choices[0]?.delta.content) {
        stream.controller.abort();
        return choices[0].delta.content;
      }
    return '';
  },
  async anthropic(url) {
    const client = new Anthropic({ baseURL: url, apiKey: 'any', maxRetries: 0 });
    const stream = client.messages.stream({ model, messages, max_tokens: 9 });
    const ended = stream.finalMessage().catch(() => undefined);
    const said = await new Promise<string>((resolve) => stream.once('text', resolve));
    stream.abort();
    await ended;
    return said;
  },
  async genai(url) {
    const stopping = new AbortController();
    const client = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url } });
    const config = { abortSignal: stopping.signal };
    for await (const chunk of await client.models.generateContentStream({ model, contents: 'Hello', config }))
      if (chunk.text) {
        stopping.abort();
        return chunk.text;
      }
    return '';
  },
  async ollama(url) {
    const stream = await new Ollama({ host: url }).chat({ model, messages, stream: true });
    for await (const { message } of stream)
      if (message.content) {
        stream.abort();
        return message.content;
      }
    return '';
  },
};

it.each(Object.entries(LIBRARIES))('%s', async (_, askAndStop) => {
  const { chat, left } = halfUntilLeft();
  const { url } = await gatewayOf(chat);
  expect(await askAndStop(url)).toBe('Half');
  await left;
});
