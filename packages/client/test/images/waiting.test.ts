// How long an image is waited for: headers come with it, and what asks again and again is bounded as a whole.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defineProvider, type Provider } from '@g4f/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';

const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest of a picture in a test', 'latin1').toString('base64');

let server: Server;
let url: string;
/** How long the service takes, in ms, before it says anything. */
let takesMs = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    setTimeout(() => response.end('{}'), takesMs);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Asks for so long, in ms, before it has an image. */
const asking = (ms: number): Provider =>
  defineProvider({
    id: 'painter',
    name: 'Painter',
    website: 'https://example.com',
    key: 'none',
    models: {},
    async *image(_request, { send }) {
      const begun = performance.now();
      do {
        const { body } = await send({ method: 'GET', url, headers: {} });
        for await (const _ of body);
      } while (performance.now() - begun < ms);
      yield { created: 1, data: [{ b64_json: PNG }] };
    },
  });

const draw = (ms: number, timeout: object) =>
  new AsyncClient({ env: {}, maxRetries: 0 }).images.generate(
    { model: 'm', prompt: 'a cat' },
    { provider: asking(ms), timeout },
  );

it('is not given up because no headers come', async () => {
  takesMs = 50;
  expect(await draw(0, { headers: 1, firstContent: 0 })).toMatchObject({ data: [{ b64_json: PNG }] });
});

it('counts from the beginning, whatever comes of the questions meanwhile', async () => {
  takesMs = 1;
  await expect(draw(3000, { firstContent: 500 })).rejects.toMatchObject({
    code: 'timeout',
    phase: 'first-content',
  });
});
