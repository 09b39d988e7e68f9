// Responses as the service has them: what is sent, and what is made of answers that are not quite as documented.
import { CARRIED_REASONING, type G4FError, isG4FError, LIMITS, type ResponseRequest } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import openai from '../../../src/backends/openai.ts';
import { createFakeContext, type FakeAnswer } from '../../backends/fake-context.ts';

const ASKED: ResponseRequest = { model: 'gpt-5.2', input: 'hi', stream: true };
const KEY = 'sk-secret';
const RESPONSE = { id: 'resp_1', object: 'response', created_at: 5, model: 'gpt-5.2', output: [] };

const events = (...payloads: readonly object[]): FakeAnswer => ({
  type: 'text/event-stream',
  body: payloads
    .map((payload) => `event: ${'type' in payload ? payload.type : ''}\ndata: ${JSON.stringify(payload)}\n\n`)
    .join(''),
});
const created = { type: 'response.created', response: { ...RESPONSE, status: 'in_progress' } };
const delta = { type: 'response.output_text.delta', item_id: 'msg_1', output_index: 0, delta: 'Hi' };
const completed = { type: 'response.completed', response: { ...RESPONSE, status: 'completed' } };

async function ask(answer: FakeAnswer, request: ResponseRequest = ASKED) {
  const context = createFakeContext(answer, { apiKey: KEY });
  const heard: unknown[] = [];
  try {
    for await (const part of openai.respond?.(request, context) ?? []) heard.push(...part);
  } catch (error) {
    if (isG4FError(error)) return { heard, error, context };
    throw error;
  }
  return { heard, error: undefined, context };
}
const failureOf = async (answer: FakeAnswer, request?: ResponseRequest): Promise<G4FError> => {
  const { error } = await ask(answer, request);
  if (error === undefined) throw new Error('it did not fail');
  return error;
};

describe('the request', () => {
  it('goes as the caller wrote it', async () => {
    const request: ResponseRequest = {
      ...ASKED,
      store: true,
      previous_response_id: 'resp_0',
      tools: [{ type: 'web_search' }],
      own: 1,
    };
    const { context } = await ask(events(created, completed), request);
    const [sent] = context.requests;
    expect(sent?.url).toBe('https://api.openai.com/v1/responses');
    expect(sent?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, accept: 'text/event-stream' });
    expect(JSON.parse(sent?.body ?? '')).toEqual(request);
  });

  it('leaves out reasoning that another service has sealed, and nothing else', async () => {
    const kept = [
      { role: 'user', content: 'hi' },
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA' },
    ] as const;
    const foreign = {
      type: 'reasoning',
      id: 'rs_2',
      summary: [],
      encrypted_content: `${CARRIED_REASONING}[]`,
    } as const;
    const { context } = await ask(events(created, completed), { ...ASKED, input: [...kept, foreign] });
    expect(JSON.parse(context.requests[0]?.body ?? '').input).toEqual(kept);
  });
});

describe('a stream', () => {
  it('is handed on as it came, and numbered where the service does not', async () => {
    const { heard } = await ask(events(created, { ...delta, own: [1] }, completed));
    expect(heard).toEqual([
      { ...created, sequence_number: 0 },
      { ...delta, own: [1], sequence_number: 1 },
      { ...completed, sequence_number: 2 },
    ]);
  });

  it('keeps the numbers that the service gives', async () => {
    const numbered = [created, delta, completed].map((event, at) => ({ ...event, sequence_number: at + 3 }));
    expect((await ask(events(...numbered))).heard).toEqual(numbered);
  });

  it('ends with the response, whatever follows', async () => {
    const { heard } = await ask(events(created, delta, completed, delta, { type: 'error', message: 'late' }));
    expect(heard).toHaveLength(3);
  });

  it('may come as one JSON body, or as events that are none of it', async () => {
    const whole = { ...RESPONSE, status: 'completed', output: [{ type: 'message', id: 'msg_1' }] };
    expect((await ask({ body: JSON.stringify(whole) })).heard).toMatchObject([
      { type: 'response.created', sequence_number: 0 },
      { type: 'response.completed', sequence_number: 1, response: whole },
    ]);
    expect((await ask(events({ type: 'ping' }, created, delta, completed))).heard).toHaveLength(3);
  });

  it('is told where its events belong, if the service does not say it', async () => {
    const added = (item_id: string) => ({ type: 'response.content_part.added', item_id, part: {} });
    const text = (item_id: string) => ({ type: 'response.output_text.delta', item_id, delta: 'Hi' });
    const said = [added('a'), text('a'), added('a'), text('a'), added('b'), text('b'), text('a')];
    const { heard } = await ask(events(created, ...said, completed));
    const places = [
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 0],
      [0, 1],
    ];
    expect(heard.slice(1, -1)).toMatchObject(
      places.map(([output_index, content_index]) => ({ output_index, content_index })),
    );
  });

  it.each([
    [LIMITS.items, undefined],
    [LIMITS.items + 1, 'bad-response'],
  ])('of %i items that the service does not place fails by %s', async (count, code) => {
    const begun = Array.from({ length: count }, (_, at) => ({
      type: 'response.output_item.added',
      item: { id: `msg_${at}`, type: 'message' },
    }));
    expect((await ask(events(created, ...begun, completed))).error?.code).toBe(code);
  });

  it.each<[string, FakeAnswer, string]>([
    [
      'an event named error',
      events(created, { type: 'error', code: 'server_error', message: 'x' }),
      'server',
    ],
    [
      'an error that has no type',
      events(created, { error: { code: 'invalid_api_key', message: 'Invalid API key' } }),
      'auth',
    ],
    [
      'an error of another type',
      events(created, { type: 'gateway', error: { code: 'rate_limit_exceeded', message: 'x' } }),
      'rate-limit',
    ],
    ['the words of one alone', events(created, { detail: 'Invalid API key' }), 'auth'],
    [
      'a failed response',
      events(created, {
        type: 'response.failed',
        response: { ...RESPONSE, error: { code: 'rate_limit_exceeded', message: 'slow down' } },
      }),
      'rate-limit',
    ],
    ['no last event', events(created, delta), 'stream-truncated'],
    [
      'half an event at its end',
      { type: 'text/event-stream', body: `${events(created).body}data: {"type":"resp` },
      'stream-truncated',
    ],
    ['an end mark alone', { type: 'text/event-stream', body: 'data: [DONE]\n\n' }, 'stream-truncated'],
    [
      'an event that is no JSON',
      { type: 'text/event-stream', body: 'data: nonsense\n\ndata: {}\n\n' },
      'bad-response',
    ],
    ['a chat', { body: '{"choices":[]}' }, 'bad-response'],
    ['a failure as JSON', { body: '{"error":{"message":"no","code":"invalid_api_key"}}' }, 'auth'],
    ['nothing', { body: '' }, 'bad-response'],
  ])('fails by %s', async (_, answer, code) => {
    expect(await failureOf(answer)).toMatchObject({ code, provider: 'openai' });
  });
});

describe('a whole response', () => {
  const asked = { ...ASKED, stream: false };

  it.each(['completed', 'incomplete', 'queued'])('is one event of its status: %s', async (status) => {
    const response = { ...RESPONSE, status, output: [{ type: 'message', id: 'msg_1' }] };
    const { heard } = await ask({ body: JSON.stringify(response) }, { ...asked, background: true });
    expect(heard).toEqual([{ type: `response.${status}`, sequence_number: 0, response }]);
  });

  it.each<[object, string]>([
    [{ status: 'failed', error: { code: 'server_error', message: 'broken' } }, 'server'],
    [{ status: 'completed', error: { code: 'rate_limit_exceeded', message: 'slow' } }, 'rate-limit'],
    [{ status: 'cancelled' }, 'server'],
    [{ output: undefined }, 'bad-response'],
  ])('is none: %j', async (fields, code) => {
    expect(await failureOf({ body: JSON.stringify({ ...RESPONSE, ...fields }) }, asked)).toMatchObject({
      code,
    });
  });
});

it('names neither the prompt nor the key in its errors', async () => {
  const body = JSON.stringify({ error: { message: `bad input: my secret plan, key ${KEY}` } });
  for (const request of [ASKED, { ...ASKED, input: 'x', instructions: 'my secret plan' }]) {
    const asked = request.input === 'hi' ? { ...request, input: 'my secret plan' } : request;
    const error = await failureOf({ status: 400, body }, asked);
    expect(`${error.message}`).not.toContain('secret plan');
    expect(`${error.message}`).not.toContain(KEY);
  }
});

describe('what is no answer', () => {
  const message = { type: 'message', id: 'msg_1', content: [] };
  const whole = (body: object): FakeAnswer => ({ type: 'application/json', body: JSON.stringify(body) });
  const WHOLE: ResponseRequest = { ...ASKED, stream: false };

  it.each([
    ['nothing in it', { ...RESPONSE, status: 'completed' }],
    ['nothing in it, and no status', RESPONSE],
    ['something else than items', { ...RESPONSE, status: 'completed', output: [null] }],
    ['work that nobody asked to leave running', { ...RESPONSE, status: 'in_progress', output: [message] }],
  ])('whole: %s', async (_, body) => {
    expect(await failureOf(whole(body), WHOLE)).toMatchObject({ code: 'bad-response' });
  });

  it('but what runs in the background, where that was asked for', async () => {
    const { heard } = await ask(whole({ ...RESPONSE, status: 'queued' }), { ...WHOLE, background: true });
    expect(heard).toMatchObject([{ type: 'response.queued' }]);
  });

  it('streamed: an end before anything was said', async () => {
    expect(await failureOf(events(created, completed))).toMatchObject({ code: 'bad-response' });
    expect((await ask(events(created, delta, completed))).error).toBeUndefined();
  });
});
