// A stream that is handed on: as bytes, as a Response of server-sent events, into a WritableStream; closed and slowed down by its reader.
import { once } from 'node:events';
import { type ErrorCode, G4FError } from '@g4f/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { AsyncChunkStream } from '../../src/surface/chat-stream.ts';
import { collect, failureOf, fakeProvider, start, text, wordsOf } from '../fake-provider.ts';
import {
  begin,
  chunk,
  type FakeService,
  json,
  payload,
  ROLE,
  sayHello,
  startService,
} from '../fake-service.ts';

let service: FakeService;
/** Hands on what the first one says. */
let relay: FakeService;
const client = new AsyncClient({ env: {}, maxRetries: 0 });
const ask = (): AsyncChunkStream =>
  client.chat.completions.create({ model: 'm', messages: 'x', stream: true }, { baseURL: service.url });
beforeAll(async () => {
  service = await startService();
  relay = await startService(async (response) => {
    const answer = ask().toResponse();
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    for await (const bytes of answer.body ?? []) response.write(bytes);
    response.end();
  });
});
afterAll(() => Promise.all([service.close(), relay.close()]));
beforeEach(() => {
  service.answer = sayHello;
});

const textOf = async (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text();
const cutAfter = async (...events: string[]): Promise<void> => {
  service.answer = (response) => {
    begin(response, ROLE, ...events);
    setImmediate(() => response.destroy());
  };
};

/** The stream of a provider that fails. */
const failingWith = (error: G4FError): AsyncChunkStream => {
  const provider = fakeProvider('own', async function* () {
    yield* [];
    throw error;
  });
  return client.chat.completions.create({ model: 'm', messages: 'x', stream: true }, { provider });
};

describe('toReadableStream', () => {
  it('is one chunk a line', async () => {
    const lines = (await textOf(ask().toReadableStream())).trimEnd().split('\n');
    const chunks = lines.map((line) => JSON.parse(line));
    expect(wordsOf(chunks)).toBe('Hello');
    expect(chunks.at(-1)).toMatchObject({
      object: 'chat.completion.chunk',
      choices: [{ finish_reason: 'stop' }],
    });
  });

  it('fails where the answer does, and when the stream is aborted', async () => {
    await cutAfter(chunk({ content: 'Hel' }));
    expect(await failureOf(textOf(ask().toReadableStream()))).toMatchObject({ code: 'network' });
    const stream = ask();
    const readable = stream.toReadableStream();
    stream.abort();
    expect(await failureOf(textOf(readable))).toMatchObject({ code: 'aborted' });
  });
});

describe('toResponse', () => {
  it('is what OpenAI’s services send', async () => {
    const response = ask().toResponse({ status: 201, headers: { 'x-mine': '1' } });
    expect([response.status, response.headers.get('x-mine')]).toEqual([201, '1']);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response.text()).split('\n\n');
    expect(events.slice(-2)).toEqual(['data: [DONE]', '']);
    const chunks = events.slice(0, -2).map((event) => JSON.parse(event.replace(/^data: /, '')));
    expect(wordsOf(chunks)).toBe('Hello');
  });

  it('is read by a client as the answer itself', async () => {
    const read = client.chat.completions.create(
      { model: 'm', messages: 'x', stream: true },
      { baseURL: relay.url },
    );
    expect(wordsOf(await collect(read))).toBe('Hello');
  });

  it('a failure in the middle is an event of its own, without [DONE], which a client throws', async () => {
    await cutAfter(chunk({ content: 'Hel' }));
    const events = (await ask().toResponse().text()).trimEnd().split('\n\n');
    expect(events.at(-1)).toMatch(
      /^event: error\ndata: \{"error":\{"message":".*","type":"network","code":"network"/,
    );
    expect(events.join()).not.toContain('[DONE]');
    const relayed = client.chat.completions.create(
      { model: 'm', messages: 'x', stream: true },
      { baseURL: relay.url },
    );
    const chunks: Parameters<typeof wordsOf>[0][number][] = [];
    expect(await failureOf(collect(relayed, chunks))).toMatchObject({ code: expect.any(String) });
    expect(wordsOf(chunks)).toBe('Hel');
  });

  it.each<[string, G4FError]>([
    ['an address', new G4FError('own: http://10.0.0.7:8080/v1 was cut.', { code: 'network' })],
    ['a variable', new G4FError('own: no key. Set OWN_API_KEY.', { code: 'auth', status: 401 })],
    ['an option', new G4FError('proxy http://10.0.0.7 is none.', { code: 'invalid-request' })],
    ['a redirect', new G4FError('own: 302 to http://10.0.0.7', { code: 'invalid-request', status: 302 })],
    ['a list of providers', new G4FError('own failed | 10.0.0.7 failed', { code: 'no-provider' })],
  ])('a visitor is told the code of a failure and not %s', async (_, error) => {
    const events = (await failingWith(error).toResponse().text()).trimEnd();
    const told = { message: 'the answer failed.', type: error.code, code: error.code, param: null };
    expect(events).toBe(`event: error\ndata: ${JSON.stringify({ error: told })}`);
  });

  it.each<[ErrorCode, number | undefined]>([
    ['invalid-request', 400],
    ['context-length', 400],
    ['content-filter', undefined],
  ])('a visitor is told what the service says of the request: %s', async (code, status) => {
    const error = new G4FError('own: it is too hot. Change the request.', { code, status });
    expect(await failingWith(error).toResponse().text()).toContain(`"message":"${error.message}"`);
  });

  it('a visitor is told nothing of a client that has no key', async () => {
    const keyless = new AsyncClient({ provider: 'openai', env: {} });
    const asked = { model: 'm', messages: 'x', stream: true } as const;
    expect(await keyless.chat.completions.create(asked).toResponse().text()).not.toMatch(/OPENAI|http/);
  });

  it('an abort on this side is told as well', async () => {
    service.answer = (response) => begin(response, ROLE, chunk({ content: 'Hel' }));
    const stream = ask();
    const reader = stream.toResponse().body?.getReader();
    await reader?.read();
    stream.abort();
    let rest = '';
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
      rest += new TextDecoder().decode(read.value);
    expect(rest).toContain('"code":"aborted"');
    expect(rest).not.toContain('[DONE]');
  });

  it('cancelling the body closes the connection to the service, even while nothing comes', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    service.answer = (response) => {
      closed = once(response, 'close');
      begin(response, ROLE, chunk({ content: 'Hel' }));
    };
    const stream = ask();
    const reader = stream.toResponse().body?.getReader();
    await reader?.read();
    await reader?.read();
    const waiting = reader?.read();
    await reader?.cancel();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await closed;
    // Held until here: a stream that is dropped is closed as well.
    expect(stream.route).toHaveLength(1);
  });

  it('the body is read at the pace of its reader', async () => {
    let batches = 0;
    const provider = fakeProvider('endless', async function* () {
      yield [start()];
      for (;;) {
        batches += 1;
        yield [text('word ')];
      }
    });
    const stream = new AsyncClient({ provider, env: {} }).chat.completions.create({
      model: 'family',
      messages: 'x',
      stream: true,
    });
    const reader = stream.toResponse().body?.getReader();
    for (let at = 0; at < 5; at++) await reader?.read();
    const before = batches;
    for (let at = 0; at < 20; at++) await new Promise(setImmediate);
    expect(batches).toBe(before);
    expect(batches).toBeLessThan(10);
    await reader?.cancel();
  });
});

describe('pipeTo', () => {
  it('writes each chunk', async () => {
    const chunks: Parameters<typeof wordsOf>[0][number][] = [];
    await ask().pipeTo(new WritableStream({ write: (chunk) => void chunks.push(chunk) }));
    expect(wordsOf(chunks)).toBe('Hello');
  });

  it('a writer that fails closes the connection, and is the error', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    service.answer = (response) => {
      closed = once(response, 'close');
      begin(response, ROLE, chunk({ content: 'Hel' }), chunk({ content: 'lo' }));
    };
    const full = new Error('the disk is full');
    const writable = new WritableStream({
      write() {
        throw full;
      },
    });
    await expect(ask().pipeTo(writable)).rejects.toBe(full);
    await closed;
  });
});

describe('withResponse', () => {
  it('of a whole answer has status, headers and id; of a stream as soon as it begins, and the stream is whole', async () => {
    service.answer = (response, request) => {
      response.setHeader('x-request-id', 'req-1');
      return sayHello(response, request);
    };
    const options = { baseURL: service.url };
    const whole = await client.chat.completions.create({ model: 'm', messages: 'x' }, options).withResponse();
    expect([whole.data.choices[0]?.message.content, whole.request_id]).toEqual(['Hello', 'req-1']);
    expect([whole.response.status, whole.response.ok, whole.response.headers.get('X-Request-Id')]).toEqual([
      200,
      true,
      'req-1',
    ]);
    const stream = await ask().withResponse();
    expect([stream.response.status, stream.request_id, stream.data.requestId]).toEqual([
      200,
      'req-1',
      'req-1',
    ]);
    expect(wordsOf(await collect((await stream.data.withResponse()).data))).toBe('Hello');
    const after = ask();
    await collect(after);
    expect((await after.withResponse()).response.status).toBe(200);
  });

  it('of other operations, too', async () => {
    service.answer = (response) => {
      response.setHeader('x-request-id', 'req-2');
      json(response, {
        object: 'list',
        model: 'e',
        data: [{ object: 'embedding', index: 0, embedding: [1, 2] }],
      });
    };
    const asked = client.embeddings.create({ model: 'e', input: 'x' }, { baseURL: service.url });
    const { data, response, request_id } = await asked.withResponse();
    expect([data.data[0]?.embedding, response.status, request_id]).toEqual([[1, 2], 200, 'req-2']);
  });

  it('rejects where the answer does', async () => {
    service.answer = (response) => json(response, { error: { message: 'no' } }, 401);
    const refused = { code: 'auth', status: 401 };
    const whole = client.chat.completions.create({ model: 'm', messages: 'x' }, { baseURL: service.url });
    expect(await failureOf(whole.withResponse())).toMatchObject(refused);
    expect(await failureOf(ask().withResponse())).toMatchObject(refused);
    service.answer = (response) => {
      begin(response, payload({ error: { message: 'no' } }));
      response.end();
    };
    expect(await failureOf(ask().withResponse())).toMatchObject({ code: expect.any(String) });
  });

  it('an answer that came over no network has no status', async () => {
    const provider = fakeProvider('mine', async function* () {
      yield [start(), text('x'), { type: 'finish', reason: 'stop' }];
    });
    const own = new AsyncClient({ provider, env: {} });
    const { response, request_id } = await own.chat.completions
      .create({ model: 'family', messages: 'x' })
      .withResponse();
    expect([response.status, response.ok, [...response.headers], request_id]).toEqual([null, true, [], null]);
  });
});
