// Callers that leave, callers that do not read, and a server that ends.
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { Batch, Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../src/index.ts';
import { gateway, gatewayOf, madeUp, post, start, stop, text } from './made-up.ts';

const PATHS = [
  ['/v1/chat/completions', { messages: [{ role: 'user', content: 'Hello' }] }],
  ['/v1/messages', { messages: [{ role: 'user', content: 'Hello' }], max_tokens: 9 }],
  ['/v1beta/models/model-a:streamGenerateContent?alt=sse', { contents: 'Hello' }],
  ['/api/chat', { messages: [{ role: 'user', content: 'Hello' }] }],
] as const;

/** Resolves when the call is given up. */
const givenUp = ({ signal }: Context): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** A promise, and what resolves it. */
function deferred(): readonly [Promise<void>, () => void] {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return [promise, resolve];
}

/** A provider that says these, then nothing, and tells when it was begun and when it was left. */
function silentAfter(...batches: Batch[]) {
  const [begun, begin] = deferred();
  const [left, leave] = deferred();
  async function* chat(_request: unknown, context: Context): AsyncGenerator<Batch> {
    begin();
    void givenUp(context).then(leave);
    yield* batches;
    await givenUp(context);
  }
  return { chat, begun, left };
}

function open(url: string, body: object) {
  const asked = httpRequest(url, { method: 'POST', headers: { 'content-type': 'application/json' } });
  asked.on('error', () => undefined);
  asked.end(JSON.stringify(body));
  return asked;
}

describe.each(PATHS)('%s', (path, body) => {
  const sent = (stream: boolean) => ({
    model: 'model-a',
    ...body,
    ...('contents' in body ? {} : { stream }),
  });

  it.each([true, false])(
    'stops the provider when the caller leaves before the headers (stream: %s)',
    async (stream) => {
      const { chat, begun, left } = silentAfter([start()]);
      const { url } = await gatewayOf(chat);
      const asked = open(url + path, sent(stream));
      await begun;
      asked.destroy();
      await left;
    },
  );

  it('stops the provider when the caller leaves in the middle', async () => {
    const { chat, left } = silentAfter([start()], [text('Half')]);
    const { url } = await gatewayOf(chat);
    const asked = open(url + path, sent(true));
    const [answer] = await once(asked, 'response');
    await once(answer, 'data');
    asked.destroy();
    await left;
  });
});

describe('several calls on one connection', () => {
  it.each([true, false])('stop all of them when the caller leaves (stream: %s)', async (stream) => {
    const calls = 12;
    const counts = { begun: 0, left: 0 };
    const [begun, begin] = deferred();
    const [left, leave] = deferred();
    const records: RequestRecord[] = [];
    async function* chat(_request: unknown, context: Context): AsyncGenerator<Batch> {
      counts.begun += 1;
      if (counts.begun === calls) begin();
      yield [start()];
      await givenUp(context);
      counts.left += 1;
      if (counts.left === calls) leave();
    }
    const [told, tell] = deferred();
    const { port } = await gatewayOf(chat, {
      onRequest(record) {
        if (records.push(record) === calls) tell();
      },
    });
    const body = JSON.stringify({ model: 'model-a', messages: [{ role: 'user', content: 'a' }], stream });
    const call = `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const socket = connect(port, '127.0.0.1');
    socket.write(call.repeat(calls));
    await begun;
    socket.destroy();
    await left;
    await told;
    expect(records.map(({ isComplete }) => isComplete)).toEqual(Array.from({ length: calls }, () => false));
  });
});

describe('a caller that does not read', () => {
  it('holds the provider', async () => {
    let said = 0;
    async function* large(): AsyncGenerator<Batch> {
      yield [start()];
      while (said < 100) {
        said += 1;
        yield [text('x'.repeat(1_000_000))];
      }
      yield [stop];
    }
    const { url } = await gatewayOf(large);
    const asked = open(`${url}/v1/chat/completions`, {
      model: 'model-a',
      messages: [{ role: 'user', content: 'a' }],
      stream: true,
    });
    const [answer] = await once(asked, 'response');
    answer.pause();
    // Meanwhile the server has as many turns as it would need to read all of it.
    for (let turn = 0; turn < 300; turn += 1) await (await fetch(`${url}/health`)).text();
    // What the buffers of two sockets hold is far less.
    expect(said).toBeLessThan(50);
    answer.resume();
    await once(answer, 'end');
    expect(said).toBe(100);
  });
});

describe('close', () => {
  it('lets running calls end, and takes no others', async () => {
    const [go, release] = deferred();
    async function* slow(): AsyncGenerator<Batch> {
      yield [start()];
      yield [text('Hello')];
      await go;
      yield [text(', world'), stop];
    }
    const server = await gateway(madeUp(slow).options);
    const body = { model: 'model-a', messages: [{ role: 'user', content: 'a' }], stream: true };
    const answer = await post(`${server.url}/v1/chat/completions`, body);
    const closed = server.close();
    await expect(post(`${server.url}/v1/chat/completions`, body)).rejects.toThrow();
    release();
    expect(await answer.text()).toContain('[DONE]');
    await closed;
  });

  it.each(PATHS)('tells at %s that it aborts what does not end in time', async (path, body) => {
    const { chat, left } = silentAfter([start()], [text('Half')]);
    const server = await gateway(madeUp(chat).options);
    const answer = await post(server.url + path, { model: 'model-a', ...body, stream: true });
    await server.close(0);
    await left;
    const said = await answer.text();
    expect(said).toContain('Half');
    expect(said).toMatch(/error.*shutting down/s);
    expect(said).not.toMatch(/\[DONE\]|message_stop|finishReason|"done":true/);
  });

  it.each([false, true])('tells so before the first content, too (stream: %s)', async (stream) => {
    const { chat, begun } = silentAfter([start()]);
    const server = await gateway(madeUp(chat).options);
    const body = { model: 'model-a', messages: [{ role: 'user', content: 'a' }], stream };
    const asked = post(`${server.url}/v1/chat/completions`, body);
    await begun;
    await server.close(0);
    const answer = await asked;
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('shutting down');
  });

  it('keeps no connection alive after its last answer', async () => {
    const [go, release] = deferred();
    async function* slow(): AsyncGenerator<Batch> {
      yield [start()];
      yield [text('Hello')];
      await go;
      yield [stop];
    }
    const server = await gateway(madeUp(slow).options);
    const socket = connect(server.port, '127.0.0.1');
    const body = JSON.stringify({
      model: 'model-a',
      messages: [{ role: 'user', content: 'a' }],
      stream: true,
    });
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    let said = '';
    socket.on('data', (piece) => {
      said += piece;
    });
    await once(socket, 'data');
    const ended = once(socket, 'close');
    const closed = server.close(3_600_000);
    release();
    await ended;
    await closed;
    expect(said).toContain('[DONE]');
  });

  it('waits for no connection that says nothing', async () => {
    const { chat } = silentAfter([start()]);
    const server = await gateway(madeUp(chat).options);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    // The server knows of it by then: this one came later.
    await (await fetch(`${server.url}/health`)).text();
    const ended = once(socket, 'close');
    await server.close(3_600_000);
    await ended;
  });
});
