// Streams: one reading of each, its events, its bytes, and how it fails.
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import OpenAI, { AuthenticationError, OpenAIError } from '../src/index.ts';
import { chatting, chunks, events, json, type Service, startService } from './service.ts';

let first: Service;
beforeAll(async () => {
  first = await startService();
});
beforeEach(() => {
  first.asked.length = 0;
  first.answer = chatting('Hello');
});
afterAll(() => first.close());

const params = { model: 'model-1', messages: [{ role: 'user' as const, content: 'Hi' }] };

it('is proxied as server-sent events', async () => {
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const response = await client.chat.completions.create({ ...params, stream: true }).asResponse();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect((await response.text()).split('\n\n').at(-2)).toBe('data: [DONE]');
});

it('is proxied with the names of the events of a response', async () => {
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const asked = client.responses.create({ model: 'model-1', input: 'Hi', stream: true });
  const text = await (await asked.asResponse()).text();
  expect(text).toContain('event: response.output_text.delta\ndata: {"type":"response.output_text.delta"');
});

it('is proxied with an event that tells its failure', async () => {
  first.answer = (response) => {
    events(
      response,
      chunks([{ content: 'Hel' }])
        .split('data: ')
        .slice(0, 3)
        .join('data: '),
    );
    response.end();
  };
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const response = await client.chat.completions.create({ ...params, stream: true }).asResponse();
  const last = (await response.text()).split('\n\n').at(-2);
  expect(last).toMatch(/^event: error\ndata: \{.*"code":"stream-truncated"/);
});

it('runs tools streamed in a loop, which ends when it is left', async () => {
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const tools = [
    { type: 'function' as const, function: { name: 'weather', parameters: {}, function: () => 'Snow' } },
  ];
  const runner = client.chat.completions.runTools({ ...params, tools, stream: true });
  const told: unknown[] = [];
  runner.on('message', ({ role }) => told.push(role));
  let text = '';
  for await (const chunk of runner) text += chunk.choices[0]?.delta.content ?? '';
  expect([text, told, runner.ended]).toEqual(['Hello', ['assistant', 'tool', 'assistant'], true]);
  const left = client.chat.completions.runTools({ ...params, tools, stream: true });
  const ended = left.emitted('abort');
  for await (const _ of left) break;
  expect(await ended).toBeInstanceOf(OpenAI.APIUserAbortError);
  expect(left.aborted).toBe(true);
  await expect(left.finalContent()).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
});

it('asks once for a loop that begins after the reading, and refuses a second loop', async () => {
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  let runs = 0;
  const weather = () => `Snow ${++runs}`;
  const tools = [
    { type: 'function' as const, function: { name: 'weather', parameters: {}, function: weather } },
  ];
  const runner = client.chat.completions.runTools({ ...params, tools, stream: true });
  // The reading by itself has begun.
  await runner.emitted('chunk');
  let text = '';
  for await (const chunk of runner) text += chunk.choices[0]?.delta.content ?? '';
  expect([text, runs, first.asked.length]).toEqual(['Hello', 1, 2]);
  const again = async () => {
    for await (const _ of runner);
  };
  await expect(again()).rejects.toThrow(OpenAIError);
  const response = client.responses.stream({ model: 'model-1', input: 'Hi' });
  await response.done();
  const types: string[] = [];
  for await (const { type } of response) types.push(type);
  expect([types.at(0), types.at(-1)]).toEqual(['response.created', 'response.completed']);
  expect(first.asked).toHaveLength(3);
});

it('throws to a loop that begins after the failure', async () => {
  first.answer = (response) => json(response, { error: { message: 'No.' } }, 401);
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const response = client.responses.stream({ model: 'model-1', input: 'Hi' });
  await expect(response.done()).rejects.toBeInstanceOf(AuthenticationError);
  const reading = async () => {
    for await (const _ of response);
  };
  await expect(reading()).rejects.toBeInstanceOf(AuthenticationError);
  expect(first.asked).toHaveLength(1);
});

it('tells by its events that no key could be made, also when it is aborted', async () => {
  const apiKey = () => Promise.reject(new Error('The vault is closed.'));
  const stream = new OpenAI({ baseURL: first.url, apiKey }).chat.completions.stream(params);
  const told: unknown[] = [];
  const unheard = (error: unknown) => told.push(error);
  process.on('unhandledRejection', unheard);
  const ended = new Promise<void>((resolve) => stream.on('end', resolve));
  stream.on('error', ({ message }) => told.push(message));
  stream.once('end', () => told.push('end'));
  stream.abort();
  await ended;
  // Node tells of a rejection that nobody heard once a turn is over.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unheard);
  expect(told).toEqual([expect.stringContaining('apiKey failed'), 'end']);
});

it('fails once, by its promise and its event', async () => {
  first.answer = (response) => json(response, { error: { message: 'No.' } }, 401);
  const client = new OpenAI({ baseURL: first.url, apiKey: 'a' });
  const stream = client.chat.completions.stream(params);
  const told: unknown[] = [];
  stream.on('error', (error) => told.push(error));
  await expect(stream.finalContent()).rejects.toBeInstanceOf(AuthenticationError);
  expect(told).toEqual([expect.any(AuthenticationError)]);
  const response = client.responses.stream({ model: 'model-1', input: 'Hi' });
  response.on('error', (error) => told.push(error));
  await expect(response.finalResponse()).rejects.toBeInstanceOf(AuthenticationError);
  expect(told).toHaveLength(2);
});
