// The address of an endpoint is refused where the address before it is meant: the paths of the wire are added to it.
import { defineProvider } from '@g4f/core';
import { withoutEndpoint } from '@g4f/core/internal';
import { openaiCompatible } from '@g4f/providers/parts';
import { loadRegistry } from '@g4f/providers/registry';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { Client } from '../src/client.ts';
import { AsyncClient as SmallClient } from '../src/mini.ts';
import { failureOf } from './fake-provider.ts';

const BASE = 'http://127.0.0.1:9/v1';
const ENDPOINT = `${BASE}/chat/completions`;
const REFUSED =
  'must be an address that ends before "/chat/completions", which is added to it; it is "http://127.0.0.1:9/v1/chat/completions".';
const hello = { model: 'm', messages: 'x' };
const own = openaiCompatible({ baseURL: BASE });

describe('the address of an endpoint', () => {
  it.each<[string, (options: object) => unknown]>([
    ['AsyncClient', (options) => new AsyncClient(options)],
    ['Client', (options) => new Client(options)],
    ['the small client', (options) => new SmallClient({ provider: own, ...options })],
  ])('is no baseURL for %s, nor for a call of it', async (_name, clientWith) => {
    const failed = await failureOf(async () => clientWith({ baseURL: `${ENDPOINT}/`, env: {} }));
    expect([failed.code, failed.message]).toEqual(['invalid-request', `baseURL ${REFUSED}`]);
  });

  it.each<[string, object, string]>([
    ['a call', { provider: 'groq', apiKey: 'k', baseURL: ENDPOINT }, `baseURL ${REFUSED}`],
    ['OPENAI_BASE_URL', { provider: 'openai' }, `the variable OPENAI_BASE_URL ${REFUSED}`],
    [
      'OLLAMA_HOST',
      { provider: 'ollama' },
      `ollama: OLLAMA_HOST ${REFUSED.replace(/;.*/, '')}. Correct it, or unset it.`,
    ],
  ])('is refused in %s', async (_where, options, message) => {
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: ENDPOINT, OLLAMA_HOST: ENDPOINT };
    const client = new AsyncClient({ env, maxRetries: 0 });
    const failed = await failureOf(client.chat.completions.create(hello, options));
    expect([failed.code, failed.message]).toEqual(['invalid-request', message]);
  });

  it('is refused in a variable that moves the one provider of the small client', async () => {
    const provider = openaiCompatible({ id: 'acme', baseURL: BASE });
    const env = { ACME_BASE_URL: ENDPOINT };
    const failed = await failureOf(async () => new SmallClient({ provider, env }));
    expect([failed.code, failed.message]).toEqual(['invalid-request', `ACME_BASE_URL ${REFUSED}`]);
  });

  it('is refused in rows of a configuration and in services of one’s own', async () => {
    const row = () => new AsyncClient({ backends: [{ id: 'acme', baseURL: ENDPOINT }] });
    expect((await failureOf(async () => row())).message).toMatch(
      /^backends\[0\]: baseURL must be an address/,
    );
    const service = await failureOf(async () => openaiCompatible({ baseURL: ENDPOINT }));
    expect(service.message).toMatch(/^provider "custom": baseURL must be an address that ends before/);
  });

  it('is that of a provider with a protocol of its own, and of none of the built-in ones', async () => {
    const { wire, ...facts } = own;
    expect(wire).toBe('openai-chat');
    expect(defineProvider({ ...facts, baseURL: ENDPOINT })).toMatchObject({ baseURL: ENDPOINT });
    const addresses = Object.values(await loadRegistry()).flatMap(({ baseURL }) => baseURL ?? []);
    expect(addresses.length).toBeGreaterThan(30);
    expect(addresses.filter(withoutEndpoint)).toEqual([]);
  });
});
