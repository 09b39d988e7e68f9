// What callers are told of failures that are not theirs, and by which name of a field.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { G4FError } from '@g4f/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failing, gateway, gatewayOf, post, saying, start, stop, text } from './made-up.ts';

const chat = { model: 'model-a', messages: [{ role: 'user', content: 'Hello' }] };
const errorOf = async (answer: Response) => {
  const { error } = (await answer.json()) as { error: { message: string; param: unknown; code: string } };
  return error;
};

/** A gateway before a service that answers everything with this. */
async function before(status: number, type: string, body: string) {
  const service = createServer((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  onTestFinished(() => void service.close());
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  const baseURL = `http://127.0.0.1:${port}/v1`;
  const client = { provider: 'openai', apiKey: 'k', baseURL, maxRetries: 0, env: {} } as const;
  return `${(await gateway({ client })).url}/v1/chat/completions`;
}

describe('param', () => {
  it('is the field that the gateway or its client names', async () => {
    const { url } = await gatewayOf(saying([start()], [text('Hello')], [stop]));
    for (const [body, param] of [
      [{ ...chat, messages: [{ role: 'nobody', content: 'a' }] }, 'messages[0].role'],
      [{ ...chat, temperature: 'warm' }, 'temperature'],
      [{ ...chat, extraBody: {} }, 'extraBody'],
      [{ ...chat, stream: 'yes' }, 'stream'],
    ] as const)
      expect(await errorOf(await post(`${url}/v1/chat/completions`, body))).toMatchObject({ param });
  });

  it('is no word of a provider’s', async () => {
    for (const message of ['prompt is too long for this one.', 'upstream: no.', 'quota must be raised.']) {
      const { url } = await gatewayOf(
        failing(new G4FError(message, { code: 'invalid-request', provider: 'made-up' }), [start()]),
      );
      const answer = await post(`${url}/v1/chat/completions`, chat);
      expect(answer.status).toBe(400);
      expect(await errorOf(answer)).toMatchObject({ param: null });
      const service = await before(400, 'application/json', JSON.stringify({ error: { message } }));
      expect(await errorOf(await post(service, chat))).toMatchObject({ param: null });
    }
  });
});

describe('a firewall before a service', () => {
  it('is a bad gateway, and a key that is refused is not', async () => {
    const page = await before(403, 'text/html', '<!doctype html><html><title>Blocked</title></html>');
    expect((await post(page, chat)).status).toBe(502);
    const refused = await before(401, 'application/json', '{"error":{"message":"Incorrect API key"}}');
    expect((await post(refused, chat)).status).toBe(401);
  });
});
