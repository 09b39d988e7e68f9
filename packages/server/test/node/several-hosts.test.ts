// A request with two Hosts is read in one way here and perhaps in another by a proxy: it is refused, and what follows it is not read.
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { expect, it } from 'vitest';
import { gateway } from '../made-up.ts';

it.each(['localhost', 'evil.example'])('refuses a second Host: %s', async (second) => {
  const { url } = await gateway({ client: { env: {} } });
  const socket = createConnection(Number(new URL(url).port), '127.0.0.1');
  const hidden = 'GET /v1/hidden HTTP/1.1\r\nhost: localhost\r\n\r\n';
  socket.write(
    `POST /v1/embeddings HTTP/1.1\r\nhost: localhost\r\nHost: ${second}\r\ncontent-length: 0\r\n\r\n${hidden}`,
  );
  let said = '';
  socket.on('data', (data) => {
    said += data;
  });
  await once(socket, 'close');
  expect(said).toMatch(/^HTTP\/1\.1 400 /);
  expect(said).toContain('more than one Host');
  expect(said).not.toContain('hidden');
});

it('refuses a target of another host than Host', async () => {
  const { url } = await gateway({ client: { env: {} } });
  const { port, host } = new URL(url);
  const statusOf = async (target: string): Promise<string> => {
    const socket = createConnection(Number(port), '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    let said = '';
    socket.on('data', (data) => {
      said += data;
    });
    await once(socket, 'close');
    return said.slice(0, 13);
  };
  expect(await statusOf('http://evil.example/health')).toBe('HTTP/1.1 400 ');
  expect(await statusOf(`http://${host}/health`)).toBe('HTTP/1.1 200 ');
});
