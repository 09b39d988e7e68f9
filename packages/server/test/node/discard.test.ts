// What is left of a body after its answer: callers that write all of it before they read see the answer, and nobody is read for ever.
import { once } from 'node:events';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { discardRest } from '../../src/node/discard.ts';
import { gatewayOf, saying, start, stop, text } from '../made-up.ts';

const hello = saying([start()], [text('Hello')], [stop]);
const HEAD = 'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n';
/** More than the buffers of both sockets hold. */
const LARGE = 'x'.repeat(16_000_000);
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
    `${HEAD}${manyHeaders}content-length: ${LARGE.length}\r\n\r\n${LARGE}`,
  'headers without an end': () => `${HEAD}x: ${LARGE}`,
  'no HTTP': () => LARGE,
  'chunks that are none': () => `${HEAD}transfer-encoding: chunked\r\n\r\nzz\r\n${LARGE}`,
};

describe('a caller that writes all of it before it reads', () => {
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

describe('what is read for nothing', () => {
  const most = { bytes: 10, ms: 100, idleMs: 40 };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('has a limit of bytes', async () => {
    const body = new PassThrough();
    const discarded = discardRest(body, most);
    body.write('x'.repeat(11));
    await discarded;
    expect(body.listenerCount('data')).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has a limit of time without a byte', async () => {
    const body = new PassThrough();
    const discarded = discardRest(body, most);
    vi.advanceTimersByTime(40);
    await discarded;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('has a limit of time in all', async () => {
    const body = new PassThrough();
    let isDone = false;
    const discarded = discardRest(body, most).then(() => {
      isDone = true;
    });
    for (let at = 0; at < 3; at += 1) {
      const read = once(body, 'data');
      body.write('x');
      await read;
      expect(isDone).toBe(false);
      vi.advanceTimersByTime(30);
    }
    vi.advanceTimersByTime(10);
    await discarded;
  });

  it('ends with the body, and with a caller that leaves', async () => {
    const whole = new PassThrough();
    const cut = new PassThrough();
    const both = Promise.all([discardRest(whole, most), discardRest(cut, most)]);
    whole.end('x');
    cut.destroy();
    await both;
    await discardRest(cut, most);
    expect(vi.getTimerCount()).toBe(0);
  });
});
