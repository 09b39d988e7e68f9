// OpenAI's published document accepts every object that the client returns, whatever wire it came over.
import { AsyncClient } from '@g4f/client';
import { standardTapes } from '@g4f/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WIRES } from '../../src/wires.ts';
import { type DocumentedService, startDocumentedService } from './documented-service.ts';
import { problemsOf } from './schema-problems.ts';

let service: DocumentedService;
beforeAll(async () => {
  service = await startDocumentedService();
});
afterAll(() => service.close());

const clientFor = (provider?: string): AsyncClient =>
  new AsyncClient({
    env: {},
    baseURL: `${service.url}/v1`,
    apiKey: 'key',
    maxRetries: 0,
    ...(provider !== undefined && { provider }),
  });

describe.each(WIRES)('over $wire', ({ wire, provider }) => {
  describe.each(standardTapes(wire))('$about', ({ request, headers, body }) => {
    const { messages, ...others } = request;
    const { model, stream, tools } = others;

    it('is a chat completion, or its chunks', async () => {
      service.answer = { headers, body };
      const { create } = clientFor(provider).chat.completions;
      if (!stream) {
        const answer = await create({ model, messages, stream: false });
        expect(problemsOf('CreateChatCompletionResponse', answer)).toEqual([]);
        return;
      }
      const given = { model, messages, ...(tools != null && { tools }) };
      const reader = clientFor(provider).chat.completions.stream(given);
      for await (const chunk of reader)
        expect(problemsOf('CreateChatCompletionStreamResponse', chunk)).toEqual([]);
      service.answer = { headers, body };
      const whole = await clientFor(provider).chat.completions.stream(given).finalChatCompletion();
      expect(problemsOf('CreateChatCompletionResponse', whole)).toEqual([]);
    });

    it('is a response, or its events', async () => {
      service.answer = { headers, body };
      // OpenAI itself would be asked for a response of its own.
      const { responses } = clientFor(provider === 'openai' ? undefined : provider);
      const given = { model, input: 'How is the weather?' };
      if (!stream) {
        expect(problemsOf('Response', await responses.create(given))).toEqual([]);
        return;
      }
      const events = responses.stream(given);
      for await (const event of events) expect(problemsOf('ResponseStreamEvent', event)).toEqual([]);
      expect(problemsOf('Response', await events.finalResponse())).toEqual([]);
    });
  });
});
