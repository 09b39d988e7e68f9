// Options of a wrong type among the parameters are refused by name, `provider` above all: no other service may be asked.
import type { ChatRequest, Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { failureOf, fakeProvider, recording } from './fake-provider.ts';

/** JavaScript callers have no types. */
const untyped = (params: unknown): never => params as never;
const hello = { model: 'family', messages: 'hi' };

/** Asks a provider that is given along, and remembers what it was asked. */
const asked = (Face: typeof AsyncClient | typeof MiniClient) => {
  const requests: { request: ChatRequest; context: Context }[] = [];
  const client = new Face({ provider: fakeProvider('one', recording(requests)), env: {} });
  return {
    requests,
    ask: (params: object) => client.chat.completions.create(untyped({ ...hello, ...params })),
  };
};

describe.each([
  ['AsyncClient', AsyncClient],
  ['the small client', MiniClient],
])('%s', (_, Face) => {
  it.each([{}, 5, true, '', class Groq {}, () => 1, [{}], ['groq', 5], Symbol('x')])(
    'refuses a provider that is none, and asks no other, %#',
    async (provider) => {
      const { requests, ask } = asked(Face);
      const error = await failureOf(() => ask({ provider }));
      expect(error.code).toBe('invalid-request');
      expect(error.message).toMatch(/^provider must be /);
      expect(requests).toEqual([]);
    },
  );

  it.each<[string, unknown]>([
    ...(['apiKey', 'baseURL', 'proxy', 'timeout', 'signal', 'maxRetries', 'extraBody'] as const).flatMap(
      (name) => [class A {}, -1, true, Symbol('x')].map((value): [string, unknown] => [name, value]),
    ),
    ['extraBody', []],
    ['extraBody', new Map()],
    ['env', { GROQ_API_KEY: 'secret' }],
    ['backends', []],
  ])('refuses the option %s of a wrong type, %#', async (name, value) => {
    const { requests, ask } = asked(Face);
    const error = await failureOf(() => ask({ [name]: value }));
    expect(error.code).toBe('invalid-request');
    expect(error.message).toContain(name);
    expect(error.message).not.toContain('secret');
    expect(requests).toEqual([]);
  });
});
