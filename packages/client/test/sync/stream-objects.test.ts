// The streams of the synchronous client as objects: the finished answer, tee, the service's response.
import { LIMITS } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from '../../src/client.ts';
import type { SyncChunkStream } from '../../src/surface/chat-stream.ts';
import { failureOf, wordsOf } from '../fake-provider.ts';
import { busyUntil, type Service, startService } from './service.ts';

let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = new Client({ baseURL: service.url, env: {}, maxRetries: 0 });
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const ask = (model = 'm', extraBody = {}): SyncChunkStream =>
  client.chat.completions.create({ model, messages: 'x', stream: true }, { extraBody });
const keep = (model = 'm'): SyncChunkStream => client.chat.completions.stream({ model, messages: 'x' });
const ALL = 'piece 0 piece 1 piece 2 ';
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 };
const TWICE = { code: 'invalid-request', message: expect.stringContaining('chunks come once') };

describe('the finished answer', () => {
  it('is what a whole answer is, by all its names, as often as it is asked for', () => {
    const stream = ask('counted');
    expect(stream.usage).toBeUndefined();
    const completion = stream.finalCompletion();
    expect(completion).toMatchObject({
      object: 'chat.completion',
      usage,
      choices: [{ finish_reason: 'stop' }],
    });
    expect(stream.finalChatCompletion()).toBe(completion);
    expect(stream.finalMessage()).toBe(completion.choices[0]?.message);
    expect([stream.finalText(), stream.finalContent(), stream.usage]).toEqual([ALL, ALL, usage]);
    expect(stream.route).toMatchObject([{ model: 'counted' }]);
  });

  it('of create() cannot be had after a loop, nor a loop after it; the token counts can', async () => {
    const looped = ask('counted');
    for (const _ of looped) expect(looped.usage).toBeUndefined();
    expect(looped.usage).toEqual(usage);
    expect(await failureOf(() => looped.finalMessage())).toMatchObject(TWICE);
    const finished = ask();
    finished.finalText();
    expect(await failureOf(() => wordsOf([...finished]))).toMatchObject(TWICE);
    expect(await failureOf(() => finished.tee())).toMatchObject(TWICE);
  });

  it('of stream() is there after a loop, and where one has begun', async () => {
    const looped = keep('counted');
    expect(wordsOf([...looped])).toBe(ALL);
    expect([looped.finalText(), looped.usage]).toEqual([ALL, usage]);
    const begun = keep();
    begun.next();
    expect(begun.finalText()).toBe(ALL);
    expect(keep().finalText()).toBe(ALL);
    const left = keep();
    for (const _ of left) break;
    expect(await failureOf(() => left.finalText())).toMatchObject({ code: 'aborted' });
  });

  it('a failure is thrown, with the caller’s line in its stack', async () => {
    const error = await failureOf(() => ask('cut').finalMessage());
    expect(error.code).toMatch(/network|stream-truncated/);
    expect(error.stack).toContain('stream-objects.test.ts');
    expect(await failureOf(() => ask('refuse').finalText())).toMatchObject({ code: 'auth' });
  });

  it('an answer that is longer than what is kept is an error, and its connection is closed', async () => {
    const before = service.left;
    expect(await failureOf(() => ask('endless').finalText())).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('longer than the limit'),
    });
    busyUntil(() => service.left > before);
  });
});

describe('tee', () => {
  it('both have all of it, whichever is read first', () => {
    const before = service.requests;
    const [one, other] = ask('counted').tee();
    const first = one.next().value;
    const chunks = [...other];
    expect(wordsOf(chunks)).toBe(ALL);
    expect([first, ...one]).toEqual(chunks);
    expect([one.usage, other.usage, one.requestId, one.headers]).toEqual([
      usage,
      usage,
      'req-counted',
      other.headers,
    ]);
    const [left, right] = ask().tee();
    expect([left.finalText(), wordsOf([...right])]).toEqual([ALL, ALL]);
    expect(service.requests - before).toBe(2);
  });

  it('a failure is told to both', async () => {
    for (const stream of ask('cut').tee()) {
      const seen: Parameters<typeof wordsOf>[0][number][] = [];
      expect(
        await failureOf(() => {
          for (const chunk of stream) seen.push(chunk);
        }),
      ).toMatchObject({ code: expect.stringMatching(/network|stream-truncated/) });
      expect(wordsOf(seen)).toBe(ALL);
    }
  });

  it('the service is left when both are, or the stream itself is', async () => {
    const before = service.left;
    const [one, other] = ask('endless').tee();
    for (const _ of one) break;
    expect(wordsOf([other.next().value ?? [], other.next().value ?? []].flat())).toContain('words');
    for (const _ of other) break;
    busyUntil(() => service.left > before);
    const stream = ask('endless');
    const [left] = stream.tee();
    left.next();
    stream.abort();
    expect(await failureOf(() => left.next())).toMatchObject({ code: 'aborted' });
    busyUntil(() => service.left > before + 1);
  });

  it('a stream or a branch that was aborted says so, and not that it was read', async () => {
    const stream = ask();
    stream.abort();
    expect(await failureOf(() => stream.finalText())).toMatchObject({ code: 'aborted' });
    expect(await failureOf(() => stream.tee())).toMatchObject({ code: 'aborted' });
    const [branch] = ask().tee();
    branch.abort();
    expect(await failureOf(() => branch.tee())).toMatchObject({ code: 'aborted' });
  });

  it('one that falls too far behind is told so, and the other reads on', async () => {
    const [fast, slow] = ask('endless').tee();
    slow.next();
    let length = 0;
    for (const chunk of fast) {
      length += wordsOf([chunk]).length;
      if (length > 2 * LIMITS.teedCharacters) break;
    }
    expect(await failureOf(() => slow.next())).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('behind the other'),
    });
  });
});

it.each([undefined, null, 5, []])('stream(%j) says what is expected', async (params) => {
  const stream = (): SyncChunkStream => Reflect.apply(client.chat.completions.stream, undefined, [params]);
  expect(await failureOf(() => stream().next())).toMatchObject({
    code: 'invalid-request',
    message: 'create() takes an object with model and messages.',
  });
});

describe('withResponse', () => {
  it('leaves all of the stream to whoever reads it then', async () => {
    const begun = (): SyncChunkStream => ask().withResponse().data;
    expect(begun().finalText()).toBe(ALL);
    const [one, other] = begun().tee();
    expect([one.finalText(), wordsOf([...other])]).toEqual([ALL, ALL]);
    expect(wordsOf([...begun()])).toBe(ALL);
    const read = begun();
    read.next();
    expect(await failureOf(() => read.finalText())).toMatchObject(TWICE);
    expect(await failureOf(() => read.tee())).toMatchObject(TWICE);
    const left = begun();
    left.abort();
    expect([...left]).toEqual([]);
  });

  it('has status, headers and id as soon as the answer begins, and the stream is whole', () => {
    const { data, response, request_id } = ask().withResponse();
    expect([response.status, response.ok, response.headers.get('content-type'), request_id]).toEqual([
      200,
      true,
      'text/event-stream',
      'req-m',
    ]);
    expect(wordsOf([...data])).toBe(ALL);
    expect(data.withResponse().request_id).toBe('req-m');
  });

  it('throws what the answer would', async () => {
    expect(await failureOf(() => ask('refuse').withResponse())).toMatchObject({ code: 'auth', status: 401 });
  });
});
