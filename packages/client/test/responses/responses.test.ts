// `responses.create` of AsyncClient, over providers that only chat.
import type { ChatRequest, Context, ModelResponse, ResponseStreamEvent } from '@g4f/core';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { AnswerPromise } from '../../src/surface/received.ts';
import type { AsyncResponseStream, WholeResponseParams } from '../../src/surface/responses.ts';
import {
  collect,
  failing,
  failureOf,
  fakeProvider,
  recording,
  saying,
  start,
  stop,
  text,
} from '../fake-provider.ts';

const ASKED = { model: 'family', input: 'hi' } as const;
const clientOf = (...provider: ReturnType<typeof fakeProvider>[]): AsyncClient =>
  new AsyncClient({ env: {}, provider, maxRetries: 0 });

it('gives what was asked for', () => {
  const { create, stream } = clientOf(fakeProvider('a', saying('x'))).responses;
  expectTypeOf(() => create(ASKED)).returns.toEqualTypeOf<AnswerPromise<ModelResponse>>();
  expectTypeOf(() => create({ ...ASKED, stream: true })).returns.toEqualTypeOf<AsyncResponseStream>();
  expectTypeOf(() => stream(ASKED)).returns.toEqualTypeOf<AsyncResponseStream>();
});

describe('of a provider that only chats', () => {
  it('comes whole, with the text of all messages', async () => {
    const asked: { request: ChatRequest; context: Context }[] = [];
    const client = clientOf(fakeProvider('chatty', recording(asked, saying('Hel', 'lo'))));
    const response = await client.responses.create({ ...ASKED, metadata: { a: 'b' } });
    expect(response).toMatchObject({
      object: 'response',
      status: 'completed',
      model: 'chatty-model',
      provider: 'chatty',
      output_text: 'Hello',
      metadata: { a: 'b' },
      output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] }],
    });
    expect(response.warnings).toBeUndefined();
    expect(asked[0]?.request).toEqual({
      model: 'chatty-model',
      messages: [{ role: 'user', content: 'hi' }],
      stream: false,
    });
  });

  it('comes as it is said, and finalResponse gives the whole', async () => {
    const stream = clientOf(fakeProvider('chatty', saying('Hel', 'lo'))).responses.stream(ASKED);
    let said = '';
    for await (const event of stream) if (event.type === 'response.output_text.delta') said += event.delta;
    expect(said).toBe('Hello');
    expect(await stream.finalResponse()).toMatchObject({ output_text: 'Hello', provider: 'chatty' });
    expect(stream.route.map(({ provider }) => provider)).toEqual(['chatty']);
  });

  it('carries what it was told back: calls, results, signed reasoning', async () => {
    const asked: { request: ChatRequest; context: Context }[] = [];
    const details = [{ type: 'reasoning.text', format: 'own', text: 'Hm', signature: 's' }];
    const client = clientOf(
      fakeProvider(
        'chatty',
        recording(asked, async function* () {
          yield [start(), { type: 'reasoning-delta', text: 'Hm' }];
          yield [{ type: 'aside', extra: { delta: { reasoning_details: details } } }];
          yield [{ type: 'tool-call-delta', key: '0', id: 'c1', name: 'look', arguments: '{"a":1}' }];
          yield [{ type: 'finish', reason: 'tool_calls' }];
        }),
      ),
    );
    const first = await client.responses.create(ASKED);
    const input = [
      { role: 'user', content: 'hi' } as const,
      ...first.output,
      { type: 'function_call_output', call_id: 'c1', output: 'sunny' } as const,
    ];
    await client.responses.create({ model: 'family', input });
    expect(asked[1]?.request.messages).toEqual([
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: null,
        reasoning: 'Hm',
        reasoning_details: details,
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
    ]);
  });

  it('warns of what only a service with responses does', async () => {
    const client = clientOf(fakeProvider('chatty', saying('x')));
    const params = { ...ASKED, tools: [{ type: 'web_search' }], inputs: 'a' };
    const response = await client.responses.create(params);
    expect(response.warnings).toEqual([
      expect.stringContaining('"inputs" is not known'),
      expect.stringContaining('web_search'),
    ]);
    const [first] = await collect(client.responses.stream(params));
    expect(first).toMatchObject({ type: 'response.created', response: { warnings: response.warnings } });
  });

  it('refuses what the answer would be wrong without, and asks nobody', async () => {
    const asked: { request: ChatRequest; context: Context }[] = [];
    const client = clientOf(fakeProvider('chatty', recording(asked)));
    const error = await failureOf(client.responses.create({ ...ASKED, previous_response_id: 'resp_1' }));
    expect(error).toMatchObject({ code: 'invalid-request', provider: 'chatty' });
    expect(error.message).toContain('previous_response_id');
    expect(asked).toEqual([]);
  });

  it('fails over before the first content, and tells of a failure after it', async () => {
    const broken = fakeProvider('broken', failing('server', [start()]));
    const client = clientOf(broken, fakeProvider('chatty', saying('x')));
    expect(await client.responses.create(ASKED)).toMatchObject({ provider: 'chatty' });
    const late = clientOf(
      fakeProvider('late', failing('server', [start(), text('Hel')])),
      fakeProvider('chatty', saying('x')),
    );
    const events: ResponseStreamEvent[] = [];
    const failure = await failureOf(collect(late.responses.stream(ASKED), events));
    expect(failure.code).toBe('server');
    expect(events.at(-1)).toMatchObject({ type: 'response.output_text.delta', delta: 'Hel' });
  });

  it('is cut where the chat is cut', async () => {
    const cut = fakeProvider('cut', async function* () {
      yield [start(), text('Hel')];
    });
    const events: ResponseStreamEvent[] = [];
    const failure = await failureOf(collect(clientOf(cut).responses.stream(ASKED), events));
    expect(failure.code).toBe('stream-truncated');
    expect(events.some(({ type }) => type === 'response.completed')).toBe(false);
  });

  it('closes the chat when the reader leaves', async () => {
    let closed = 0;
    const endless = fakeProvider('endless', async function* () {
      try {
        yield [start()];
        for (;;) yield [text('x')];
      } finally {
        closed += 1;
      }
    });
    for await (const event of clientOf(endless).responses.stream(ASKED))
      if (event.type === 'response.output_text.delta') break;
    await expect.poll(() => closed).toBe(1);
  });
});

describe('parameters', () => {
  const client = clientOf(fakeProvider('chatty', saying('x')));
  it.each<[unknown, string]>([
    [{ input: 'hi' }, 'model'],
    [{ model: 'family' }, 'input'],
    [{ model: 'family', messages: 'hi' }, 'messages'],
    [{ model: 'family', input: [] }, 'input'],
    [{ model: 'family', input: 5 }, 'input'],
    [{ model: 'family', input: [{ role: 'robot', content: 'secret words' }] }, 'input[0].role'],
    [{ model: 'family', input: [{ role: 'user', content: 5 }] }, 'input[0].content'],
    [{ model: 'family', input: [{ type: 'function_call_output', output: 'x' }] }, 'input[0].call_id'],
    [
      { model: 'family', input: 'hi', tools: [{ type: 'function', function: { name: 'f' } }] },
      'tools[0].name',
    ],
    [{ model: 'family', input: 'hi', text: { format: 'json' } }, 'text.format'],
    [{ model: 'family', input: 'hi', max_output_tokens: '5' }, 'max_output_tokens'],
  ])('%j: the error names %s', async (params, path) => {
    const error = await failureOf(client.responses.create(params as WholeResponseParams));
    expect(error.code).toBe('invalid-request');
    expect(error.message).toContain(path);
    expect(error.message).not.toContain('secret words');
  });

  it('null is absent', async () => {
    expect(await client.responses.create({ ...ASKED, instructions: null, stream: null })).toMatchObject({
      instructions: null,
      output_text: 'x',
    });
  });

  it('a model that nobody offers is told of as for a chat', async () => {
    const anyone = new AsyncClient({ env: {} });
    const error = await failureOf(anyone.responses.create({ model: 'gpt-5.22', input: 'hi' }));
    expect(error).toMatchObject({ code: 'model-not-found' });
    expect(error.message).toContain('gpt-5.2');
  });
});

it('is logged, kept, and given again', async () => {
  const lines: string[] = [];
  let calls = 0;
  const { withCache } = await import('../../src/middleware/with-cache.ts');
  const { withLog } = await import('../../src/middleware/with-log.ts');
  const provider = fakeProvider('chatty', async function* () {
    calls += 1;
    yield [start(), text('x')];
    yield [{ ...stop, usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } } as typeof stop];
  });
  const client = new AsyncClient({
    env: {},
    provider,
    use: [withLog((line) => lines.push(line)), withCache()],
  });
  const first = await client.responses.create({ ...ASKED, temperature: 0 });
  const again = await client.responses.create({ ...ASKED, temperature: 0 });
  expect(calls).toBe(1);
  expect(again).toEqual({ ...first, cached: true });
  expect(lines[0]).toMatch(/operation=respond .*provider=chatty .*prompt_tokens=1 completion_tokens=2/);
});
