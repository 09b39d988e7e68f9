// What is sent: the caller's request, unchanged but for what the wire must say differently.
import type { ChatRequest, Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { encodeRequest } from '../../../src/wires/openai-chat/chat-request.ts';
import type { Quirks } from '../../../src/wires/wire.ts';
import { contextOf, failureOf, startService } from '../../http/service.ts';
import { acme, asking, DONE, hear, says, sse, streams } from '../acme.ts';

const deepFreeze = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
};

const bodyOf = (given: Partial<ChatRequest>, quirks: Quirks = {}): Record<string, unknown> =>
  JSON.parse(JSON.stringify(encodeRequest(deepFreeze(asking(given)), quirks, () => undefined)));

describe('the body of a request', () => {
  it('passes on what we do not know', () => {
    expect(bodyOf({ top_k: 5, nested: { a: [1, null] }, temperature: 0 })).toMatchObject({
      model: 'asked-for',
      stream: true,
      top_k: 5,
      nested: { a: [1, null] },
      temperature: 0,
    });
  });

  it.each<[Partial<ChatRequest>, Quirks, unknown]>([
    [{ max_tokens: 5 }, {}, { max_tokens: 5 }],
    [{ max_completion_tokens: 5 }, {}, { max_tokens: 5 }],
    [{ max_completion_tokens: 5, max_tokens: 9 }, {}, { max_tokens: 5 }],
    [{ max_tokens: 5 }, { maxTokensField: 'max_completion_tokens' }, { max_completion_tokens: 5 }],
    [{ max_tokens: null, max_completion_tokens: null }, {}, {}],
  ])('%j with %j limits the answer by %j', (given, quirks, expected) => {
    const { max_tokens, max_completion_tokens } = bodyOf(given, quirks);
    expect({
      ...(max_tokens !== undefined && { max_tokens }),
      ...(max_completion_tokens !== undefined && { max_completion_tokens }),
    }).toEqual(expected);
  });

  it.each<[Partial<ChatRequest>, unknown]>([
    [{}, { include_usage: true }],
    [{ stream_options: null }, { include_usage: true }],
    [{ stream_options: { include_usage: false } }, { include_usage: false }],
    [{ stream: false }, undefined],
    [{ stream: false, stream_options: { include_usage: true } }, undefined],
  ])('%j asks for usage as %j', (given, expected) => {
    expect(bodyOf(given).stream_options).toEqual(expected);
  });

  it('sends no reasoning back, and leaves the caller’s messages alone', () => {
    const messages = deepFreeze([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'ho', reasoning: 'hm', tool_calls: [] },
    ] as const);
    expect(bodyOf({ messages }).messages).toEqual([
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'ho' },
    ]);
    expect(messages[1]).toHaveProperty('reasoning');
  });
});

describe('the request', () => {
  const sent = async (
    quirks?: Quirks,
    base = '/v1',
    given: Partial<ChatRequest> = {},
    warn: Context['warn'] = () => undefined,
  ) => {
    let seen: Record<string, unknown> = {};
    const service = await startService((response, { method, url, headers }, body) => {
      seen = { method, url, ...headers, body: JSON.parse(body) };
      return streams(sse(says('a', 'stop'), DONE))(response, {} as never, body);
    });
    const context = contextOf({ baseURL: `${service.url}${base}`, warn });
    for await (const _ of acme(service.url, quirks).chat(deepFreeze(asking(given)), context));
    return seen;
  };

  it('goes to the base with key, types and body', async () => {
    expect(await sent()).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      authorization: 'Bearer acme-secret-1',
      accept: 'text/event-stream',
      'content-type': 'application/json',
      body: { model: 'asked-for' },
    });
  });

  it.each([
    ['/v1///', '/v1/chat/completions'],
    ['/v1?api-version=2', '/v1/chat/completions?api-version=2'],
    ['', '/chat/completions'],
    // No server is ever sent a fragment.
    ['/v1#x', '/v1/chat/completions'],
    ['/v1/#', '/v1/chat/completions'],
    ['/v1?api-version=2#x?y', '/v1/chat/completions?api-version=2'],
    ['/v1#x?y/#z', '/v1/chat/completions'],
  ])('to the base %j goes to %s', async (base, url) => {
    expect((await sent({}, base)).url).toBe(url);
  });

  it('carries the provider’s own headers, and the key as it wants it', async () => {
    const quirks = { headers: { 'x-title': 'g4f' }, authorize: (key: string) => ({ 'api-key': key }) };
    const seen = await sent(quirks);
    expect(seen).toMatchObject({ 'x-title': 'g4f', 'api-key': 'acme-secret-1' });
    expect(seen.authorization).toBeUndefined();
  });

  it('may be changed by the provider at last', async () => {
    const adaptBody: Quirks['adaptBody'] = ({ seed, ...rest }) => ({ ...rest, random_seed: seed });
    const { body } = await sent({ adaptBody }, '/v1', { seed: 1 });
    expect(body).toMatchObject({ random_seed: 1 });
    expect(body).not.toHaveProperty('seed');
  });

  it('leaves out what the service refuses, and warns of it', async () => {
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const { body } = await sent({ refuses: ['user', 'seed'] }, '/v1', { user: 'me', temperature: 1 }, warn);
    expect(body).not.toHaveProperty('user');
    expect(body).toMatchObject({ temperature: 1 });
    expect(warnings).toEqual(['acme does not take user: not sent.']);
  });

  it('asks for JSON when it wants no stream', async () => {
    expect(await sent({}, '/v1', { stream: false })).toMatchObject({ accept: 'application/json' });
  });

  it.each(['with blank', 'new\nline', 'ümlaut', 'tab\t'])('is not sent with the key %j', async (apiKey) => {
    const { error, service } = await hear((response) => response.end(), {}, { apiKey });
    expect(error).toMatchObject({ code: 'auth', message: expect.stringContaining('the apiKey option') });
    expect(error?.message).not.toContain(apiKey);
    expect(service.sockets).toHaveLength(0);
  });

  it('is not sent to what is no address', async () => {
    const context = contextOf({ baseURL: 'localhost/v1' });
    const error = await failureOf(async () => {
      for await (const _ of acme('http://127.0.0.1:1').chat(asking(), context));
    });
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining('baseURL') });
  });
});
