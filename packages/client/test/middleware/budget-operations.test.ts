// withBudget counts every operation that writes by its own shape, with the service's counts and without.
import type { ModelResponse, Provider, ResponseBatch } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { withBudget } from '../../src/middleware/with-budget.ts';
import { failureOf } from '../fake-provider.ts';

const said = 'x'.repeat(400);
const answer: ModelResponse = {
  id: 'resp_1',
  object: 'response',
  created_at: 5,
  status: 'completed',
  model: 'own',
  output: [{ type: 'function_call', id: 'f', call_id: 'c', name: 'f', arguments: said, status: 'completed' }],
};
const counts = {
  input_tokens: 60,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 40,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 100,
};
const completion = { id: 'c', object: 'text_completion', created: 1, model: 'm' } as const;
const choice = { index: 0, text: said, logprobs: null, finish_reason: 'stop' } as const;

/** A response of 400 characters of arguments, in two pieces if it is streamed. */
async function* respondWith(response: ModelResponse, streams: boolean): AsyncGenerator<ResponseBatch> {
  const last = { type: 'response.completed', response } as const;
  if (!streams) {
    yield [{ ...last, sequence_number: 0 }];
    return;
  }
  yield [{ type: 'response.created', sequence_number: 0, response: { ...response, output: [] } }];
  for (const sequence_number of [1, 2])
    yield [
      {
        type: 'response.function_call_arguments.delta',
        sequence_number,
        item_id: 'f',
        output_index: 0,
        delta: 'x'.repeat(200),
      },
    ];
  yield [{ ...last, sequence_number: 3 }];
}

describe('withBudget', () => {
  /** Every operation that writes, with counts and without: each answer is 100 tokens or more. */
  it.each<[string, Partial<Provider>, (client: AsyncClient) => Promise<unknown>]>([
    [
      'responses that are counted',
      { respond: (request) => respondWith({ ...answer, output: [], usage: counts }, request.stream) },
      (client) => client.responses.create({ model: 'family', input: 'x' }),
    ],
    [
      'responses without counts',
      { respond: (request) => respondWith(answer, request.stream) },
      (client) => client.responses.create({ model: 'family', input: 'x' }),
    ],
    [
      'streamed responses without counts',
      { respond: (request) => respondWith(answer, request.stream) },
      (client) => client.responses.stream({ model: 'family', input: 'x' }).finalResponse(),
    ],
    [
      'completions without counts',
      {
        async *complete() {
          yield { ...completion, choices: [choice] };
        },
      },
      (client) => client.completions.create({ model: 'family', prompt: 'x' }),
    ],
    [
      'transcripts without counts',
      {
        async *transcribe() {
          yield { text: said };
        },
      },
      (client) =>
        client.audio.transcriptions.create({
          model: 'family',
          file: { data: new TextEncoder().encode('ID3'), name: 'a.mp3' },
        }),
    ],
  ])('counts %s', async (_, operations, ask) => {
    const names = { family: 'own' };
    const provider: Provider = {
      id: 'writer',
      name: 'Writer',
      website: 'https://example.com',
      key: 'none',
      models: {},
      modelsFor: { respond: names, complete: names, transcribe: names },
      ...operations,
    };
    const client = new AsyncClient({ env: {}, provider, use: [withBudget({ tokens: 150, per: 'process' })] });
    await ask(client);
    await ask(client);
    expect(await failureOf(ask(client))).toMatchObject({ code: 'payment-required' });
  });
});
