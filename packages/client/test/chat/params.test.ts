// The parameters of a call: what is refused and in which words, and what reaches the provider.
import type { ChatRequest, Context } from '@g4f/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { toRequest } from '../../src/chat/params.ts';
import type { ChatParams } from '../../src/surface/chat.ts';
import type { CallOptions } from '../../src/surface/options.ts';
import { failureOf, fakeProvider, recording } from '../fake-provider.ts';
import { type FakeService, startService } from '../fake-service.ts';

/** JavaScript callers have no types: what they may write goes through here. */
const untyped = (params: unknown): ChatParams => params as ChatParams;
const requestOf = async (params: object) => (await toRequest({ ...params })).request;
const hello = { model: 'm', messages: 'hello' };
const say = (...messages: unknown[]) => ({ model: 'm', messages });
const user = { role: 'user', content: 'hi' };
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const ROLES = 'one of "system", "developer", "user", "assistant", "tool"';
const LIST = 'a string or a list of at least one message';

const WRONG: readonly (readonly [object, string])[] = [
  [{ messages: 'x' }, 'model: the name of a model was expected, but it is missing.'],
  [{ ...hello, model: '' }, 'model: the name of a model was expected, got an empty string.'],
  [{ ...hello, model: 5 }, 'model: the name of a model was expected, got the number 5.'],
  [{ ...hello, model: () => 'two\nlines' }, 'model: plain data was expected, got a function.'],
  [{ model: 'm' }, `messages: ${LIST} was expected, but it is missing.`],
  [{ model: 'm', messages: '' }, `messages: ${LIST} was expected, got an empty string.`],
  [{ model: 'm', messages: null }, `messages: ${LIST} was expected, got null.`],
  [{ model: 'm', messages: 7 }, `messages: ${LIST} was expected, got the number 7.`],
  [{ model: 'm', messages: user }, `messages: ${LIST} was expected, got an object.`],
  [say(), `messages: ${LIST} was expected, got an empty list.`],
  [say('hi'), 'messages[0]: a message (an object with role and content) was expected, got the string "hi".'],
  [say(user, null), 'messages[1]: a message (an object with role and content) was expected, got null.'],
  [say({ content: 'x' }), `messages[0].role: ${ROLES} was expected, but it is missing.`],
  [say({ role: 'bot', content: 'x' }), `messages[0].role: ${ROLES} was expected, got the string "bot".`],
  [
    say(user, { role: 'user' }),
    'messages[1].content: a string or a list of parts was expected, but it is missing.',
  ],
  [
    say({ role: 'user', content: 5 }),
    'messages[0].content: a string or a list of parts was expected, got the number 5.',
  ],
  [
    say({ role: 'user', content: ['x'] }),
    'messages[0].content[0]: a part: an object with a type was expected, got the string "x".',
  ],
  [
    say({ role: 'user', content: [{ type: 'text', text: 'x' }, { text: 'y' }] }),
    'messages[0].content[1].type: the type of the part, such as "text", was expected, but it is missing.',
  ],
  [
    say({ role: 'assistant', content: 5 }),
    'messages[0].content: a string or a list of parts was expected, got the number 5.',
  ],
  [
    say({ role: 'assistant', tool_calls: [{ ...call, id: undefined }] }),
    'messages[0].tool_calls[0].id: the id of the call was expected, but it is missing.',
  ],
  [
    say({ role: 'assistant', tool_calls: [call, { ...call, function: { name: 'f', arguments: {} } }] }),
    'messages[0].tool_calls[1].function.arguments: the arguments as JSON text was expected, got an object.',
  ],
  [
    say({ role: 'assistant', tool_calls: call }),
    'messages[0].tool_calls: a list of tool calls was expected, got an object.',
  ],
  [
    say({ role: 'tool', content: 'x' }),
    'messages[0].tool_call_id: the id of the call that this answers was expected, but it is missing.',
  ],
  [{ ...hello, stream: 'yes' }, 'stream: true or false was expected, got the string "yes".'],
  [{ ...hello, temperature: '1' }, 'temperature: a number was expected, got the string "1".'],
  [{ ...hello, temperature: Number.NaN }, 'temperature: plain data was expected, got the number NaN.'],
  [{ ...hello, n: 0 }, 'n: a whole number of at least 1 was expected, got the number 0.'],
  [{ ...hello, n: 1.5 }, 'n: a whole number was expected, got the number 1.5.'],
  [{ ...hello, max_tokens: '10' }, 'max_tokens: a number of tokens was expected, got the string "10".'],
  [{ ...hello, stop: 5 }, 'stop: a string or a list of strings was expected, got the number 5.'],
  [{ ...hello, stop: ['a', 5] }, 'stop[1]: a string was expected, got the number 5.'],
  [{ ...hello, tools: {} }, 'tools: a list of tools was expected, got an object.'],
  [
    { ...hello, tools: ['f'] },
    'tools[0]: a tool: an object with type and function was expected, got the string "f".',
  ],
];

describe('what is refused', () => {
  it.each(WRONG)('%j', async (params, message) => {
    const error = await failureOf(requestOf(params));
    expect(error.message).toBe(message);
    expect(error.code).toBe('invalid-request');
    expect(error.message).not.toContain('\n');
  });

  it.each([undefined, null, 'hello', 5, [], [hello]])('%j in place of the parameters', async (params) => {
    const error = await failureOf(async () => new AsyncClient().chat.completions.create(untyped(params)));
    expect(error.message).toBe('create() takes an object with model and messages.');
    expect(error.code).toBe('invalid-request');
  });

  it('takes null for absent', async () => {
    const open = { temperature: null, n: null, stop: null, stream: null, max_tokens: null, tools: null };
    expect(await requestOf({ ...hello, ...open })).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hello' }],
      stream: false,
    });
  });
});

it('what JSON calls __proto__ is one more field, and nothing is inherited from it', async () => {
  const params = JSON.parse('{"model":"m","messages":"x","__proto__":{"tools":"never looked at"}}');
  expect((await toRequest(params)).request.tools).toBeUndefined();
});

describe('what reaches the service', () => {
  let service: FakeService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  const bodyOf = async (params: object, options?: CallOptions) => {
    const client = new AsyncClient({ env: {} });
    await client.chat.completions.create(untyped({ ...hello, ...params }), {
      baseURL: service.url,
      ...options,
    });
    return service.requests.at(-1)?.body;
  };

  it('a string is one message of the user', async () => {
    expect(await bodyOf({})).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'hello' }],
      stream: false,
    });
  });

  it.each<[string, unknown, string]>([
    [
      'an object that contains itself',
      Object.defineProperty({}, 'me', {
        enumerable: true,
        get() {
          return this;
        },
      }),
      'meta.me: plain data was expected, got an object that contains itself.',
    ],
    ['a bigint', 10n, 'meta: plain data was expected, got a bigint.'],
  ])('what has no JSON is the fault of the caller, and of no provider: %s', async (_, meta, message) => {
    expect(await failureOf(bodyOf({ meta }))).toMatchObject({ code: 'invalid-request', message });
  });

  it.each([
    [{ name: 'f', parameters: { type: 'object', properties: {} } }],
    [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }],
    [{ type: 'function', name: 'f', inputSchema: { type: 'object', properties: {} } }],
    [{ name: 'f', inputSchema: { type: 'object', properties: {} }, annotations: { title: 'F' } }],
    [{ name: 'f', input_schema: { type: 'object', properties: {} } }],
    [{ type: 'custom', name: 'f', input_schema: { type: 'object', properties: {} } }],
  ])('a tool in the form of another API is a function: %j', async (tool) => {
    const inside = { name: 'f', description: 'F', parameters: { type: 'object', properties: {} } };
    expect((await bodyOf({ tools: [{ ...tool, description: 'F' }] }))?.tools).toEqual([
      { type: 'function', function: inside },
    ]);
  });

  it('a tool of a service’s own keeps all that it has', async () => {
    const tools = [
      { type: 'web', input_schema: { type: 'object' } },
      { name: 'x', input_schema: 'y', z: 1 },
    ];
    expect((await toRequest({ ...hello, tools })).request.tools).toEqual(tools);
  });

  it('keeps what it does not know', async () => {
    const more = { top_k: 5, x: { deep: [1, null] }, safety: false };
    expect(await bodyOf(more)).toMatchObject(more);
  });

  it('keeps fields of messages it does not know', async () => {
    const messages = [{ ...user, cache_control: { type: 'ephemeral' } }];
    expect(await bodyOf({ messages })).toMatchObject({ messages });
  });

  it("sends OpenRouter's provider, which is no provider, from extraBody", async () => {
    const provider = { order: ['deepinfra'], allow_fallbacks: false };
    expect(await bodyOf({ extraBody: { provider } })).toMatchObject({ provider });
    expect(await bodyOf({}, { extraBody: { provider } })).toMatchObject({ provider });
  });

  it('keeps our options out of the body', async () => {
    const options = {
      timeout: { total: 9_000 },
      signal: new AbortController().signal,
      fallback: 'local',
      maxRetries: 0,
      retired: 'error',
    };
    const body = await bodyOf({ ...options, provider: undefined, baseURL: null, apiKey: undefined });
    expect(Object.keys(body ?? {}).sort()).toEqual(['messages', 'model', 'stream']);
  });

  it('takes the second argument before the parameters, and those before the client', async () => {
    const saidOf = async (inParams: object, options: CallOptions) => {
      const client = new AsyncClient({ baseURL: service.url, env: {}, extraBody: { said: 'by client' } });
      await client.chat.completions.create(untyped({ ...hello, ...inParams }), options);
      return service.requests.at(-1)?.body.said;
    };
    const [inParams, byCall] = [{ extraBody: { said: 'in params' } }, { extraBody: { said: 'by call' } }];
    expect(await saidOf(inParams, byCall)).toBe('by call');
    expect(await saidOf(inParams, {})).toBe('in params');
    expect(await saidOf({}, {})).toBe('by client');
    const unset = { extraBody: undefined } as unknown as CallOptions;
    expect(await saidOf(inParams, unset)).toBe('in params');
  });

  it("never changes what is the caller's", async () => {
    const given = deepFreeze({
      model: 'm',
      messages: [
        { role: 'assistant', content: null, reasoning: 'r', tool_calls: [call] },
        { role: 'tool', content: [{ type: 'text', text: 'x' }], tool_call_id: 'c' },
      ],
      tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }],
      stream_options: { include_usage: true },
      max_completion_tokens: 5,
      stream: true,
      timeout: { total: 9_000 },
    });
    const before = JSON.stringify(given);
    const options = deepFreeze({ baseURL: service.url, apiKey: { custom: 'k' } });
    for await (const _ of new AsyncClient(deepFreeze({ env: {} })).chat.completions.create(
      given as unknown as ChatParams & { stream: true },
      options,
    ));
    expect(JSON.stringify(given)).toBe(before);
    expect(service.requests.at(-1)?.body).toMatchObject({ stream: true });
  });

  it('a provider gets its own copy of the list of parameters, not ours', async () => {
    const asked: { request: ChatRequest; context: Context }[] = [];
    const provider = fakeProvider('one', recording(asked));
    const params = { model: 'family', messages: 'x', seed: 4 };
    await new AsyncClient().chat.completions.create({ ...params, provider });
    expect(asked[0]?.request).toEqual({
      model: 'one-model',
      messages: [{ role: 'user', content: 'x' }],
      seed: 4,
      stream: false,
    });
  });
});

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner);
  return Object.freeze(value);
}
