// The betas that callers name in headers: who is told of them, and what else of a caller's headers goes on (nothing).
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gateway, post } from './made-up.ts';

/** A service that refuses everything, and the headers of what it was asked. */
async function refusing() {
  const seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume();
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end('{"error":{"type":"invalid_request_error","message":"no"}}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const CHAT = { model: 'm', max_tokens: 5, messages: [{ role: 'user', content: 'a' }] };

async function toldTo(provider: string, path: string, headers: Record<string, string>, more = {}) {
  const { seen, baseURL } = await refusing();
  const { url } = await gateway({ client: { provider, apiKey: 'key', baseURL, env: {}, ...more } });
  const answer = await post(url + path, CHAT, headers);
  return { status: answer.status, body: await answer.text(), told: seen[0] };
}

describe('betas', () => {
  it('of Anthropic go on to Anthropic, from either address', async () => {
    const betas = { 'anthropic-beta': 'context-1m-2025-08-07,interleaved-thinking-2025-05-14' };
    for (const path of ['/v1/messages', '/v1/chat/completions'])
      expect((await toldTo('anthropic', path, betas)).told).toMatchObject(betas);
  });

  it('of Anthropic are not told to another service', async () => {
    const { told } = await toldTo('openai', '/v1/messages', { 'anthropic-beta': 'a-2025-01-01' });
    expect(told).toBeDefined();
    expect(told).not.toHaveProperty('anthropic-beta');
  });

  it('of OpenAI go on to OpenAI alone', async () => {
    const betas = { 'OpenAI-Beta': 'assistants=v2' };
    const { told } = await toldTo('openai', '/v1/chat/completions', betas);
    expect(told).toMatchObject({ 'openai-beta': 'assistants=v2' });
    expect((await toldTo('anthropic', '/v1/chat/completions', betas)).told).not.toHaveProperty('openai-beta');
  });

  it('leave the operator’s other headers as they are', async () => {
    const headers = { anthropic: { 'x-team': 'a' } };
    const { told } = await toldTo('anthropic', '/v1/messages', { 'anthropic-beta': 'b' }, { headers });
    expect(told).toMatchObject({ 'x-team': 'a', 'anthropic-beta': 'b', 'x-api-key': 'key' });
  });

  it('are all of a caller’s headers that go on', async () => {
    const { told } = await toldTo('anthropic', '/v1/messages', {
      'anthropic-beta': 'b',
      'anthropic-version': '1999-01-01',
      'x-api-key': 'stolen',
      authorization: 'Bearer stolen',
      'openai-organization': 'org',
      'x-goog-user-project': 'p',
      'x-own': 'c',
    });
    expect(told).toMatchObject({ 'anthropic-version': '2023-06-01', 'x-api-key': 'key' });
    for (const name of ['authorization', 'openai-organization', 'x-goog-user-project', 'x-own'])
      expect(told).not.toHaveProperty(name);
  });

  it('that are no list of names are refused before anybody is asked', async () => {
    const { status, body, told } = await toldTo('anthropic', '/v1/messages', { 'anthropic-beta': 'a"b' });
    expect(status).toBe(400);
    expect(body).toContain('anthropic-beta must be names');
    expect(told).toBeUndefined();
  });
});
