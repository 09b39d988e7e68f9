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
