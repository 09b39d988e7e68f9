// Leaving, in any moment, closes the connection at once and leaves nothing behind.
import { G4FError } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { afterTurns, contextOf, failureOf, get, startService, textOf, until } from './service.ts';

/** A signal that counts who listens to it. */
const countedSignal = () => {
  const controller = new AbortController();
  const listeners = new Set<unknown>();
  const { signal } = controller;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (type: string, listener: never, options?: never) => {
    listeners.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: never, options?: never) => {
    listeners.delete(listener);
    remove(type, listener, options);
  };
  return { signal, listeners, abort: (reason?: unknown) => controller.abort(reason) };
};

const aborted = {
  code: 'aborted',
  provider: 'acme',
  message: 'acme: the request was aborted by the caller.',
};

describe('leaving', () => {
  it('sends nothing when the signal was aborted before', async () => {
    const service = await startService((response) => response.end());
    const { signal, listeners, abort } = countedSignal();
    abort();
    const context = contextOf({ signal });
    expect(await failureOf(() => context.send(get(service.url)))).toMatchObject(aborted);
    expect(context.entered).toEqual([]);
    expect(service.sockets).toHaveLength(0);
    expect(listeners.size).toBe(0);
  });

  it('fails at once while it connects, and the request is never sent', async () => {
    let asked = 0;
    const service = await startService((response) => {
      asked++;
      response.end();
    });
    const { signal, listeners, abort } = countedSignal();
    // Opens the pool, so that the next request is on its way to a socket after some microtasks.
    await failureOf(() => contextOf().send(get('http://127.0.0.1:1/')));
    const failure = failureOf(() => contextOf({ signal }).send(get(service.url)));
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
    expect(listeners.size).toBe(1);
    abort();
    expect(await failure).toMatchObject(aborted);
    await afterTurns(() => undefined);
    expect(asked).toBe(0);
    expect(listeners.size).toBe(0);
  });

  it('closes the connection while it waits for headers', async () => {
    let asked = false;
    const service = await startService(() => {
      asked = true;
    });
    const { signal, listeners, abort } = countedSignal();
    const failure = failureOf(() => contextOf({ signal }).send(get(service.url)));
    await until(() => asked);
    abort();
    expect(await failure).toMatchObject(aborted);
    await until(() => service.left.count === 1);
    expect(listeners.size).toBe(0);
  });

  it('closes the connection in mid-answer, and throws the deadline that was the reason', async () => {
    const service = await startService((response) => response.write('some'));
    const { signal, listeners, abort } = countedSignal();
    const response = await contextOf({ signal }).send(get(service.url));
    const bytes = response.body[Symbol.asyncIterator]();
    await bytes.next();
    const failure = failureOf(() => bytes.next());
    const deadline = new G4FError('acme: too slow.', { code: 'timeout', phase: 'idle' });
    abort(deadline);
    expect(await failure).toBe(deadline);
    await until(() => service.left.count === 1);
    expect(listeners.size).toBe(0);
  });

  it('closes the connection of a loop that is left', async () => {
    const service = await startService((response) => response.write('some'));
    const { signal, listeners } = countedSignal();
    const response = await contextOf({ signal }).send(get(service.url));
    for await (const chunk of response.body) {
      expect(String(chunk)).toBe('some');
      break;
    }
    await until(() => service.left.count === 1);
    expect(listeners.size).toBe(0);
  });

  it('closes the connection of a compressed answer that is left', async () => {
    const { gzipSync, constants } = await import('node:zlib');
    const service = await startService((response) => {
      response.setHeader('content-encoding', 'gzip');
      response.write(gzipSync('some', { finishFlush: constants.Z_SYNC_FLUSH }));
    });
    const { signal, listeners } = countedSignal();
    const response = await contextOf({ signal }).send(get(service.url));
    for await (const chunk of response.body) {
      expect(String(chunk)).toBe('some');
      break;
    }
    await until(() => service.left.count === 1);
    expect(listeners.size).toBe(0);
  });

  it('leaves no listener after an answer, a refused connection, or a reset', async () => {
    const service = await startService((response, request) => {
      if (request.url === '/reset') response.socket?.resetAndDestroy();
      else response.end('all');
    });
    const { signal, listeners } = countedSignal();
    const { send } = contextOf({ signal });
    const response = await send(get(service.url));
    expect(await textOf(response.body)).toBe('all');
    expect(listeners.size).toBe(0);
    await failureOf(() => send(get(`${service.url}/reset`)));
    expect(listeners.size).toBe(0);
    await failureOf(() => send(get('http://127.0.0.1:1/')));
    expect(listeners.size).toBe(0);
    await failureOf(() => send({ ...get(service.url), headers: { 'a b': '' } }));
    expect(listeners.size).toBe(0);
  });
});
