// The synchronous client refuses what AsyncClient refuses, in the same words, and converts schemas before anything crosses to its worker.
import { G4FError } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { failureOf } from '../fake-provider.ts';
import { type Service, startService } from './service.ts';

// A thread is started, and the machine may do much else.
vi.setConfig({ testTimeout: 40_000 });

/** JavaScript callers have no types. */
const untyped = (params: unknown): never => params as never;
const hello = { model: 'hello', messages: 'hi' };
const fn = { name: 'f', parameters: z.object({ city: z.string() }) };

let service: Service;
let client: Client;
beforeAll(async () => {
  service = await startService();
  client = new Client({ baseURL: service.url });
});
afterAll(async () => {
  client.close();
  await service.stop();
});

const read = (params: object): string => {
  const stream = client.chat.completions.create(untyped({ ...hello, stream: true, ...params }));
  let text = '';
  for (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
};

describe.each([true, false])('streamed: %s', (stream) => {
  it.each<object>([
    { tool_choice: {} },
    { tool_choice: { type: 'allowed_tools' } },
    { response_format: { type: 'json_schema' } },
    { messages: [{ role: 'user', content: null }] },
    { messages: [{ role: 'function', name: 'f', content: '5' }] },
    { x: { at: new Date(0) } },
    { x: () => 1 },
    { x: 10n },
    { messages: [{ role: 'user', content: 'x', cache_control: new Map() }] },
    { extraBody: 5 },
    { provider: {} },
    { provider: 5 },
    { provider: true },
    { provider: '' },
    { provider: ['groq', {}] },
    { env: { GROQ_API_KEY: 'secret' } },
    { provder: 'groq' },
    { response_format: z3.object({}) },
    { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: z.date() } } },
  ])('refuses %o as AsyncClient does, and asks nobody', async (given) => {
    const before = service.requests;
    const params = { ...hello, ...given, stream };
    const other = new AsyncClient({ baseURL: service.url });
    const expected = await failureOf(async () => {
      const answer = other.chat.completions.create(untyped(params));
      if (stream) for await (const _ of untyped(answer) as AsyncIterable<unknown>);
      else await answer;
    });
    expect(expected.code).toBe('invalid-request');
    let thrown: unknown;
    try {
      const answer = client.chat.completions.create(untyped(params));
      if (stream) for (const _ of answer);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(G4FError);
    expect(thrown).toMatchObject({ code: 'invalid-request', message: expected.message });
    expect(service.requests).toBe(before);
  });
});

it.each<object>([
  { tools: null, tool_choice: null, response_format: null, stop: [] },
  { functions: [fn], function_call: 'auto' },
  { tools: [{ type: 'function', function: fn }] },
  { response_format: fn.parameters },
  { extraBody: { x: [1] } },
])('sends %o', (given) => {
  expect(read(given)).not.toBe('');
});
