// A request whose body is a stream of bytes, over undici and over fetch: what fails, who is late, and what is closed.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BodyStream, G4FError, type HttpRequest, type WaitPhase } from '@g4f/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSend as createFetchSend } from '../../../src/http/transport/send.browser.ts';
import { createSend as createUndiciSend } from '../../../src/http/transport/send.node.ts';
import { failureOf, startService, textOf } from '../service.ts';

const WAYS = {
  undici: (signal: AbortSignal, enter: (phase: WaitPhase) => void) =>
    createUndiciSend({ provider: 'acme', signal, env: {}, connectMs: 5000, enter }),
  fetch: (signal: AbortSignal, enter: (phase: WaitPhase) => void) =>
    createFetchSend({ provider: 'acme', signal, enter }),
};

const post = (url: string, bodyStream: BodyStream, length?: number): HttpRequest => ({
  method: 'POST',
  url,
  headers: {
    'content-type': 'application/octet-stream',
    ...(length !== undefined && { 'content-length': String(length) }),
  },
  bodyStream,
});

/** A stream that tells whether it was closed. */
const source = (...pieces: readonly (Uint8Array | string | Error | 'for ever')[]) => {
  const seen = { taken: 0, closed: 0 };
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of pieces) {
        if (piece instanceof Error) throw piece;
        if (piece === 'for ever') await new Promise(() => undefined);
        seen.taken += 1;
        yield piece as Uint8Array;
      }
    } finally {
      seen.closed += 1;
    }
  }
  return { seen, stream: bytes() };
};

const A = Buffer.from('aaaa');
const B = Buffer.from('bb');

describe.each(Object.entries(WAYS))('over %s', (way, createSend) => {
  const echo = () =>
    startService((response, { headers }, body) =>
      response.end(
        JSON.stringify({ body, length: headers['content-length'], chunked: headers['transfer-encoding'] }),
      ),
    );
  const asking = (signal = new AbortController().signal) => {
    const entered: WaitPhase[] = [];
    return { entered, send: createSend(signal, (phase) => void entered.push(phase)) };
  };

  it('arrives whole, with its length where that is known', async () => {
    const { url } = await echo();
    const { send } = asking();
    const { body } = await send(post(url, source(A, Buffer.alloc(0), B).stream, 6));
    expect(JSON.parse(await textOf(body))).toMatchObject({ body: 'aaaabb', length: '6' });
  });

  it('arrives whole where its length is not known', async () => {
    const { url } = await echo();
    const { send } = asking();
    const { body } = await send(post(url, source(A, B).stream));
    expect(JSON.parse(await textOf(body)).body).toBe('aaaabb');
  });

  it('begins the wait for headers anew with each piece that is taken', async () => {
    const { url } = await echo();
    const { send, entered } = asking();
    await send(post(url, source(A, B).stream, 6));
    const waits = entered.filter((phase) => phase === 'headers').length;
    expect(waits).toBeGreaterThanOrEqual(3);
    expect(entered.at(-1)).toBe('first-content');
  });

  it("that fails in the middle is the caller's failure, and not the network's", async () => {
    const { url } = await echo();
    const { send } = asking();
    const { stream } = source(A, new Error('the disk broke\nat some place'), B);
    expect(await failureOf(() => send(post(url, stream, 10)))).toMatchObject({
      code: 'invalid-request',
      scope: 'request',
      message: 'acme: the file could not be read while it was sent: the disk broke. Give it anew.',
    });
  });

  it('that fails with an error of ours fails with this error', async () => {
    const { url } = await echo();
    const { send } = asking();
    const own = new G4FError('file: it became shorter.', { code: 'invalid-request' });
    expect(await failureOf(() => send(post(url, source(A, own).stream, 10)))).toBe(own);
  });

  it('that gives text in the place of bytes is refused', async () => {
    const { url } = await echo();
    const { send } = asking();
    const { stream, seen } = source(A, 'text');
    expect(await failureOf(() => send(post(url, stream)))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('a stream of bytes was expected, got a piece that is a string'),
    });
    await expect.poll(() => seen.closed).toBe(1);
  });

  it('is left when the caller leaves', async () => {
    const { url } = await echo();
    const leaving = new AbortController();
    const { send, entered } = asking(leaving.signal);
    const { stream } = source(A, 'for ever');
    const failure = failureOf(() => send(post(url, stream, 10)));
    // The first piece was taken.
    await expect.poll(() => entered.filter((phase) => phase === 'headers').length).toBeGreaterThan(1);
    leaving.abort();
    expect(await failure).toMatchObject({ code: 'aborted' });
  });

  it.runIf(way === 'undici')('closes what it reads when the service hangs up', async () => {
    const server = createServer((request) => request.once('data', () => request.socket.destroy()));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { send } = asking();
    const { seen, stream } = source(...Array.from({ length: 1000 }, () => Buffer.alloc(65_536)));
    const { port } = server.address() as AddressInfo;
    expect(await failureOf(() => send(post(`http://127.0.0.1:${port}`, stream)))).toMatchObject({
      code: 'network',
    });
    await expect.poll(() => seen.closed).toBe(1);
    expect(seen.taken).toBeLessThan(1000);
  });
});
