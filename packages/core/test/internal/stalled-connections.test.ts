// Which connections a server closes when nothing has gone over them for so long.
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { closeStalled } from '../../src/internal/stalled-connections.ts';

it.each([
  ['an answer that nobody reads', { writableLength: 5, _httpMessage: {} }, true],
  ['no answer, and none is asked for', { writableLength: 0, _httpMessage: null }, true],
  ['one that never said anything', { writableLength: 0 }, true],
  ['an answer that its provider is still to give', { writableLength: 0, _httpMessage: {} }, false],
])('%s: %s', (_, connection, isClosed) => {
  const server = Object.assign(new EventEmitter(), { timeout: 0 });
  closeStalled(server, 7);
  expect(server.timeout).toBe(7);
  let closed = false;
  server.emit('timeout', {
    ...connection,
    destroy() {
      closed = true;
    },
  });
  expect(closed).toBe(isClosed);
});

it('closes the connection of a caller who never reads', async () => {
  const server = createServer((_, response) => response.end(Buffer.alloc(50 * 2 ** 20)));
  closeStalled(server, 20);
  const closed = new Promise<void>((resolve) =>
    server.on('connection', (socket) => socket.once('close', () => resolve())),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = Object(server.address());
  const caller = connect(port, '127.0.0.1').pause();
  caller.on('error', () => undefined).write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await closed;
  caller.destroy();
  server.close();
});
