// What is no request that can be answered, in one packet with requests that can: each has its own answer, in order.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { serve } from '../../src/index.ts';

const GOOD = 'GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n';

/** The statuses that come back, until the gateway ends the connection. */
const statusesOf = async (sent: string): Promise<readonly string[]> => {
  const server = await serve({ port: 0, client: { env: {} } });
  onTestFinished(() => server.close(0));
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(sent);
  const told = await text(socket);
  return [...told.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status);
};

it.each([
  ['CONNECT', 'CONNECT a:80 HTTP/1.1\r\nhost: localhost\r\n\r\n', '400'],
  ['no HTTP', 'hello\r\n\r\n', '400'],
  ['another expectation', 'GET /health HTTP/1.1\r\nhost: localhost\r\nexpect: x\r\n\r\n', '417'],
])('%s after good requests', async (_, bad, status) => {
  expect(await statusesOf(bad)).toEqual([status]);
  expect(await statusesOf(GOOD + bad)).toEqual(['200', status]);
  expect(await statusesOf(GOOD + GOOD + bad)).toEqual(['200', '200', status]);
});

it('a body that is broken has one answer, its own', async () => {
  const head = 'POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n';
  expect(await statusesOf(`${head}zz\r\n`)).toEqual(['400']);
});
