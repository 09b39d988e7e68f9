// A test that fakes timers leaves `setImmediate` as it is: undici waits for one before it uses a connection again.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openaiCompatible } from '@g4f/providers';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AsyncClient } from '../src/index.ts';

let server: Server;
let connections = 0;
beforeEach(async () => {
  connections = 0;
  server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end('data: {"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

it('the line in the README lets calls use the connection of an earlier one', async () => {
  const { port } = server.address() as AddressInfo;
  const client = new AsyncClient({ provider: openaiCompatible({ baseURL: `http://127.0.0.1:${port}` }) });
  const ask = () => client.chat.completions.create({ model: 'm', messages: 'hi' });
  await ask();
  // Until undici has put the connection back.
  await new Promise((done) => setImmediate(done));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  expect((await ask()).choices[0]?.message.content).toBe('hi');
  expect(connections).toBe(1);
});
