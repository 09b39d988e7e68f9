// What is left of a body after its answer: callers that write all of it before they read see the answer, and nobody is read for ever.
import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { GATEWAY_LIMITS } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Discards } from '../../src/node/discard.ts';
import { gatewayOf, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const HEAD = 'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n';
/** More than the buffers of both sockets hold. */
const LARGE = 'x'.repeat(16_000_000);
/** What is read of whom nobody knows. */
const SMALL = 'x'.repeat(900_000);
const chunk = `${LARGE.length.toString(16)}\r\n${LARGE}\r\n`;
const manyHeaders = Array.from({ length: 300 }, (_, at) => `x-${at}: a\r\n`).join('');

/** What is answered to a caller that reads nothing before it has written everything, and how its connection failed. */
async function writeThenRead(port: number, bytes: string) {
  const socket = connect(port, '127.0.0.1').pause();
  const failed: unknown[] = [];
  socket.on('error', ({ code }: NodeJS.ErrnoException) => failed.push(code));
  await Promise.race([
    new Promise<void>((resolve) => socket.write(bytes, () => resolve())),
    once(socket, 'close'),
  ]).catch(() => undefined);
  let said = '';
  socket.on('data', (piece) => {
    said += piece;
    if (said.includes('\r\n\r\n') && said.endsWith('}')) socket.destroy();
  });
  if (!socket.closed) await once(socket.resume(), 'close');
  return { status: said.slice(0, 12), failed };
}

/** Made when they are sent: a table of tests would print them. */
const BYTES = {
  'a body in chunks above the limit': () => `${HEAD}transfer-encoding: chunked\r\n\r\n${chunk}0\r\n\r\n`,
  'a body that announces too much': () => `${HEAD}content-length: ${LARGE.length}\r\n\r\n${LARGE}`,
  'a body where there is nothing': () =>
    `${HEAD.replace('chat', 'none')}content-length: ${LARGE.length}\r\n\r\n${LARGE}`,
  'a compressed body': () => `${HEAD}content-encoding: gzip\r\ntransfer-encoding: chunked\r\n\r\n${chunk}`,
  'a body after too many headers': () =>
    `${HEAD}${manyHeaders}content-length: ${SMALL.length}\r\n\r\n${SMALL}`,
  'headers without an end': () => `${HEAD}x: ${SMALL}`,
  'no HTTP': () => SMALL,
  'chunks that are none': () => `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n${SMALL}`,
};

describe('a caller that writes all of it before it reads', () => {
  it('is told that its key is wrong', async () => {
    const { port } = await gatewayOf(hello, { keys: ['k'.repeat(32)] });
    const bytes = `${HEAD}content-length: ${SMALL.length}\r\n\r\n${SMALL}`;
    expect(await writeThenRead(port, bytes)).toEqual({ status: 'HTTP/1.1 401', failed: [] });
  });

  it.each([
    ['a body in chunks above the limit', 413],
    ['a body that announces too much', 413],
    ['a body where there is nothing', 404],
    ['a compressed body', 415],
    ['a body after too many headers', 431],
    ['headers without an end', 431],
    ['no HTTP', 400],
    ['chunks that are none', 400],
  ] as const)('is told of %s', async (what, status) => {
    const { port, seen } = await gatewayOf(hello, { bodyLimit: 1000 });
    expect(await writeThenRead(port, BYTES[what]())).toEqual({ status: `HTTP/1.1 ${status}`, failed: [] });
    expect(seen.requests).toEqual([]);
  });
});

/** A caller that has not sent all of its body when it is answered: the head of the answer, and its connection. */
async function cutShort(port: number, head: string) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${head}content-length: 5000000000\r\n\r\nx`);
  const [said]: unknown[] = await once(socket, 'data');
  return { socket, said: String(said) };
}

describe('a connection on which more would come', () => {
  it.each([
    ['chat', ['k'.repeat(32)], 401, true],
    ['none', [], 404, false],
    ['chat', [], 413, false],
  ] as const)('is said to be closed (%s, %j)', async (path, keys, status, isStranger) => {
    const read = vi.spyOn(Discards.prototype, 'rest');
    onTestFinished(() => read.mockRestore());
    const { port } = await gatewayOf(hello, { keys });
    const { socket, said } = await cutShort(port, HEAD.replace('chat', path));
    expect(said).toContain(`HTTP/1.1 ${status}`);
    expect(said).toMatch(/^connection: close\r$/im);
    expect(read.mock.lastCall?.[1]).toBe(isStranger);
    socket.destroy();
  });

  it.each(['HEAD', 'OPTIONS'])('is closed after an answer without a body, too (%s)', async (method) => {
    const server = await gatewayOf(hello, { cors: true });
    const head = HEAD.replace('POST', method).replace('host', 'origin: http://a.example\r\nhost');
    const { socket, said } = await cutShort(server.port, head);
    expect(said).toMatch(/^connection: close\r$/im);
    const closed = once(socket, 'close');
    await server.close();
    await closed;
  });

  it.each([200, 60_000])('does not hold up a server that closes (grace: %i ms)', async (grace) => {
    const server = await gatewayOf(hello);
    // No time passes: neither that for which the server reads on, nor its grace.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { socket } = await cutShort(server.port, HEAD.replace('chat', 'none'));
    const closed = once(socket, 'close');
    await server.close(grace);
    await closed;
  });
});

describe.each([
  ['a caller that was let in', false, GATEWAY_LIMITS.unwantedBytes, GATEWAY_LIMITS.unwantedMs],
  ['a stranger', true, GATEWAY_LIMITS.strangerBytes, GATEWAY_LIMITS.strangerMs],
] as const)('what is read for nothing of %s', (_, isStranger, bytes, ms) => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has a limit of bytes', async () => {
    const body = new PassThrough();
    const discarded = new Discards().rest(body, isStranger);
    const piece = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < bytes; sent += piece.length) body.write(piece);
    body.write('x');
    await discarded;
    expect(body.listenerCount('data')).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has a limit of time, which no byte makes longer', async () => {
    const body = new PassThrough();
    let isDone = false;
    const discarded = new Discards().rest(body, isStranger).then(() => {
      isDone = true;
    });
    for (let at = 0; at < 4; at += 1) {
      const read = once(body, 'data');
      body.write('x');
      await read;
      expect(isDone).toBe(false);
      vi.advanceTimersByTime(ms / 4);
    }
    await discarded;
  });

  it('ends with the body, and with a caller that leaves', async () => {
    const discards = new Discards();
    const whole = new PassThrough();
    const cut = new PassThrough();
    const both = Promise.all([discards.rest(whole, isStranger), discards.rest(cut, isStranger)]);
    whole.end('x');
    cut.destroy();
    await both;
    await discards.rest(cut, isStranger);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is of so many at once, of which the first ends for another one', async () => {
    const discards = new Discards();
    const first = discards.rest(new PassThrough(), isStranger);
    for (let count = 1; count < GATEWAY_LIMITS.unwantedAtOnce; count += 1)
      void discards.rest(new PassThrough(), isStranger);
    expect(vi.getTimerCount()).toBe(GATEWAY_LIMITS.unwantedAtOnce);
    void discards.rest(new PassThrough(), isStranger);
    expect(vi.getTimerCount()).toBe(GATEWAY_LIMITS.unwantedAtOnce);
    await first;
    discards.end();
    await discards.rest(new PassThrough(), isStranger);
    expect(vi.getTimerCount()).toBe(0);
  });
});
