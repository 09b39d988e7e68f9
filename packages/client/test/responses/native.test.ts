// `responses.create` over providers that have responses of their own: their events as they came, in their grammar.
import type { ModelResponse, ResponseRequest, ResponseStreamEvent } from '@g4f/core';
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { collect, failureOf, fakeProvider, saying } from '../fake-provider.ts';

const ASKED = { model: 'family', input: 'hi' } as const;
const clientOf = (...provider: ReturnType<typeof fakeProvider>[]): AsyncClient =>
  new AsyncClient({ env: {}, provider, maxRetries: 0 });

const RESPONSE: ModelResponse = {
  id: 'resp_1',
  object: 'response',
  created_at: 5,
  status: 'completed',
  model: 'own',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 1,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 2,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 3,
  },
};
/** What a service leaves out that repeats nothing of the request, and OpenAI's never does. */
const REPEATED = {
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: null,
  tool_choice: 'auto',
  tools: [],
  top_p: null,
  error: null,
  incomplete_details: null,
};
const created: ResponseStreamEvent = {
  type: 'response.created',
  sequence_number: 0,
  response: { ...RESPONSE, status: 'in_progress', output: [] },
};
const delta = (sequence_number: number): ResponseStreamEvent => ({
  type: 'response.output_text.delta',
  sequence_number,
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: 'Hello',
});
const completed = (sequence_number: number): ResponseStreamEvent => ({
  type: 'response.completed',
  sequence_number,
  response: RESPONSE,
});

/** Has responses of its own, which are these; then it fails, if it is to. */
const responding = (
  parts: readonly (readonly unknown[])[],
  { asked = [], fails }: { asked?: ResponseRequest[]; fails?: G4FError } = {},
) =>
  fakeProvider('native', saying('from its chat'), {
    async *respond(request) {
      asked.push(request);
      yield* parts as readonly (readonly ResponseStreamEvent[])[];
      if (fails !== undefined) throw fails;
    },
  });

describe('of a provider that has responses', () => {
  it('is asked as the caller wrote it, and hands the events on as they came', async () => {
    const asked: ResponseRequest[] = [];
    const client = clientOf(responding([[created, delta(1)], [completed(2)]], { asked }));
    const params = { ...ASKED, store: true, previous_response_id: 'resp_0', tools: [{ type: 'web_search' }] };
    const events = await collect(client.responses.stream(params));
    expect(asked).toEqual([{ ...params, stream: true, model: 'native-model' }]);
    expect(events).toMatchObject([created, delta(1), completed(2)]);
    expect(events[0]).toMatchObject({ response: { provider: 'native' } });
    const response = await client.responses.stream(params).finalResponse();
    const { tools } = params;
    expect(response).toEqual({ ...REPEATED, tools, ...RESPONSE, provider: 'native', output_text: 'Hello' });
  });

  it('comes whole', async () => {
    const client = clientOf(responding([[completed(0)]]));
    const whole = { provider: 'native', output_text: 'Hello' };
    expect(await client.responses.create(ASKED)).toEqual({ ...REPEATED, ...RESPONSE, ...whole });
  });

  it('keeps what its service says of the request', async () => {
    const said = { ...RESPONSE, temperature: 1, tool_choice: 'none', tools: [{ type: 'web_search' }] };
    const client = clientOf(responding([[{ ...completed(0), response: said }]]));
    expect(await client.responses.create({ ...ASKED, temperature: 0.5 })).toMatchObject(said);
  });

  it('is asked first, unless the caller named another before it who loses nothing', async () => {
    const both = () => [fakeProvider('chatty', saying('x')), responding([[completed(0)]])];
    const client = clientOf(...both());
    expect(await client.responses.create(ASKED)).toMatchObject({ provider: 'chatty' });
    const searching = { ...ASKED, tools: [{ type: 'web_search' }] };
    expect(await client.responses.create(searching)).toMatchObject({ provider: 'native' });
    const continued = { ...ASKED, previous_response_id: 'resp_0' };
    expect(await client.responses.create(continued)).toMatchObject({ provider: 'native' });
  });

  it.each<[string, readonly (readonly unknown[])[], string]>([
    ['a stream that does not begin', [[delta(0)]], 'bad-response'],
    ['a second beginning', [[created], [{ ...created, sequence_number: 1 }]], 'bad-response'],
    ['a missing number', [[created, delta(2)]], 'bad-response'],
    ['a number twice', [[created, delta(1)], [delta(1)]], 'bad-response'],
    ['what follows the end', [[created, completed(1)], [delta(2)]], 'bad-response'],
    ['what is no event', [[created, { type: 'response.output_text.delta' }]], 'bad-response'],
    [
      'a failure that is not thrown',
      [[created, { type: 'response.failed', sequence_number: 1 }]],
      'bad-response',
    ],
    ['a response without output', [[{ ...created, response: { id: 'r' } }]], 'bad-response'],
    ['a stream without its last event', [[created, delta(1)]], 'stream-truncated'],
    ['nothing', [], 'bad-response'],
  ])('fails by %s', async (_, parts, code) => {
    expect(await failureOf(collect(clientOf(responding(parts)).responses.stream(ASKED)))).toMatchObject({
      code,
      provider: 'native',
    });
  });

  it.each([
    ['a few long events', 20, 1_000_000],
    ['many short ones', 70_000, 0],
  ])('keeps no more than 16 MiB before the first content: %s', async (_, count, length) => {
    const waiting = Array.from({ length: count }, (_, at) => ({
      type: 'response.in_progress',
      sequence_number: at + 1,
      response: { ...RESPONSE, output: [], instructions: 'x'.repeat(length) },
    }));
    const parts = [[created], ...waiting.map((event) => [event]), [delta(count + 1), completed(count + 2)]];
    const client = clientOf(responding(parts), fakeProvider('other', saying('instead')));
    const stream = client.responses.stream(ASKED);
    expect((await stream.finalResponse()).output_text).toBe('instead');
    expect(stream.route).toMatchObject([{ provider: 'native', code: 'bad-response' }, { provider: 'other' }]);
  });

  it('lets another answer as long as it has only begun', async () => {
    const fails = new G4FError('it is busy.', { code: 'server' });
    const events = await collect(
      clientOf(responding([[created]], { fails }), fakeProvider('chatty', saying('x'))).responses.stream(
        ASKED,
      ),
    );
    expect(events[0]).toMatchObject({ type: 'response.created', response: { provider: 'chatty' } });
    expect(events.filter(({ type }) => type === 'response.created')).toHaveLength(1);
  });

  it('lets another answer where what a whole response is made of has only begun to come', async () => {
    const fails = new G4FError('it is busy.', { code: 'server' });
    const client = clientOf(responding([[]], { fails }), fakeProvider('chatty', saying('x')));
    const asked = { ...ASKED, tools: [{ type: 'web_search' }] };
    expect(await client.responses.create(asked)).toMatchObject({ provider: 'chatty' });
  });
});
