// Odd values among the parameters: each is translated, or refused with its path before anything is sent; by all three clients.
import type { ChatRequest, Context } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { AsyncClient } from '../src/async-client.ts';
import { toRequest } from '../src/chat/params.ts';
import { AsyncClient as MiniClient } from '../src/mini.ts';
import { failureOf, fakeProvider, recording } from './fake-provider.ts';

/** JavaScript callers have no types. */
const untyped = (params: unknown): never => params as never;
const hello = { model: 'family', messages: 'hi' };
const requestOf = async (params: object) => (await toRequest({ ...hello, ...params })).request;
const say = (...messages: unknown[]) => ({ messages });
const ask = { role: 'user', content: 'hi' };
const fn = { name: 'f', parameters: { type: 'object' } };
const tool = { type: 'function', function: fn };
const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const CHOICE = '"none", "auto", "required", or an object that names a tool';

/** What is given, and what of the request it becomes; undefined is absent. */
const TRANSLATED: readonly (readonly [string, object, object])[] = [
  ['null tools', { tools: null }, { tools: undefined }],
  ['null choice', { tool_choice: null, response_format: null, n: null }, { tool_choice: undefined }],
  ['null format', { response_format: null }, { response_format: undefined }],
  ['no tools', { tools: [] }, { tools: undefined }],
  ['no stop', { stop: [] }, { stop: undefined }],
  ['empty stop', { stop: '' }, { stop: undefined }],
  ['null temperature', { temperature: null }, { temperature: undefined }],
  ['a flat tool', { tools: [{ type: 'function', ...fn, strict: null }] }, { tools: [tool] }],
  ['a tool without its type', { tools: [{ function: fn }] }, { tools: [tool] }],
  ['a tool of a service', { tools: [{ googleSearch: {} }] }, { tools: [{ googleSearch: {} }] }],
  [
    'a flat choice',
    { tool_choice: { type: 'function', name: 'f' } },
    { tool_choice: { type: 'function', function: { name: 'f' } } },
  ],
  [
    'a flat format',
    { response_format: { type: 'json_schema', name: 'n', schema: {}, strict: null } },
    { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: {} } } },
  ],
  [
    'a schema without a name',
    { response_format: { type: 'json_schema', json_schema: { schema: {} } } },
    { response_format: { type: 'json_schema', json_schema: { name: 'response', schema: {} } } },
  ],
  [
    'null fields of a message',
    say({ role: 'assistant', content: 'x', tool_calls: null, refusal: null, audio: null, name: null }),
    say({ role: 'assistant', content: 'x' }),
  ],
  [
    'no calls',
    say({ role: 'assistant', content: 'x', tool_calls: [] }),
    say({ role: 'assistant', content: 'x' }),
  ],
  [
    'a call without its type',
    say({ role: 'assistant', content: null, tool_calls: [{ ...call, type: undefined }] }),
    say({ role: 'assistant', content: null, tool_calls: [call] }),
  ],
  [
    'the bare address of a picture',
    say({ role: 'user', content: [{ type: 'image_url', image_url: 'https://x.test/a.png' }] }),
    say({ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.test/a.png' } }] }),
  ],
  [
    'old functions',
    { functions: [fn], function_call: { name: 'f' }, messages: 'x' },
    { tools: [tool], tool_choice: { type: 'function', function: { name: 'f' } }, functions: undefined },
  ],
  ['an old choice', { functions: [fn], function_call: 'auto' }, { tools: [tool], tool_choice: 'auto' }],
  ['null functions', { functions: null, function_call: null }, { tools: undefined, functions: undefined }],
  [
    'an old call and its result',
    say(
      ask,
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
      { role: 'function', name: 'f', content: '5' },
    ),
    say(
      ask,
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '5' },
    ),
  ],
];

/** What is given, and the message. */
const REFUSED: readonly (readonly [object, string])[] = [
  [
    { tool_choice: {} },
    'tool_choice.type: the type of the choice, such as "function", was expected, but it is missing.',
  ],
  [{ tool_choice: 5 }, `tool_choice: ${CHOICE} was expected, got the number 5.`],
  [{ tool_choice: '' }, `tool_choice: ${CHOICE} was expected, got an empty string.`],
  [
    { tool_choice: { type: 'allowed_tools' } },
    'tool_choice.allowed_tools: an object with mode and tools was expected, but it is missing.',
  ],
  [
    { tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto' } } },
    'tool_choice.allowed_tools.tools: a list of tools was expected, but it is missing.',
  ],
  [
    { tool_choice: { type: 'function' } },
    'tool_choice.function: an object with the name of the function was expected, but it is missing.',
  ],
  [
    { tool_choice: { type: 'function', function: {} } },
    'tool_choice.function.name: its name was expected, but it is missing.',
  ],
  [
    { response_format: { type: 'json_schema' } },
    'response_format.json_schema: an object with name and schema was expected, but it is missing.',
  ],
  [
    { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: 'x' } } },
    'response_format.json_schema.schema: a JSON Schema was expected, got the string "x".',
  ],
  [
    { response_format: {} },
    'response_format.type: an object with a type: "text", "json_object" or "json_schema" was expected, but it is missing.',
  ],
  [
    { response_format: { type: 'object', properties: {} } },
    'response_format.type: "text", "json_object" or "json_schema" (a JSON Schema goes into json_schema.schema) was expected, got the string "object".',
  ],
  [{ tools: [null] }, 'tools[0]: a tool: an object with type and function was expected, got null.'],
  [
    { tools: [tool, { type: 'function' }] },
    'tools[1].function: an object with name, description and parameters was expected, but it is missing.',
  ],
  [
    { tools: [{ type: 'function', function: { name: '' } }] },
    'tools[0].function.name: the name of the function was expected, got an empty string.',
  ],
  [
    { tools: [{ type: 'function', function: { name: 'f', parameters: true } }] },
    'tools[0].function.parameters: a JSON Schema was expected, got the boolean true.',
  ],
  [{ stop: ['a', null] }, 'stop[1]: a string was expected, got null.'],
  [
    say({ role: 'user', content: null }),
    'messages[0].content: a string or a list of parts was expected, got null.',
  ],
  [
    say({ role: 'tool', tool_call_id: 'c', content: null }),
    'messages[0].content: a string or a list of parts was expected, got null.',
  ],
  [
    say({ role: 'user', content: [null] }),
    'messages[0].content[0]: a part: an object with a type was expected, got null.',
  ],
  [
    say({ role: 'user', content: [{ type: 'text', text: null }] }),
    'messages[0].content[0].text: the text of the part was expected, got null.',
  ],
  [
    say({ role: 'user', content: [{ type: 'image_url', image_url: null }] }),
    'messages[0].content[0].image_url: an object with the url of the picture was expected, got null.',
  ],
  [
    say({ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'x' } }] }),
    'messages[0].content[0].input_audio.format: the format, such as "wav", was expected, but it is missing.',
  ],
  [
    say({ role: 'user', content: { type: 'text', text: 'x' } }),
    'messages[0].content: a string or a list of parts was expected, got an object.',
  ],
  [
    say({ role: 'assistant', tool_calls: [null] }),
    'messages[0].tool_calls[0]: a tool call: an object with id and function was expected, got null.',
  ],
  [
    say({ role: 'function', name: 'f', content: '5' }),
    'messages[0].name: the name of a function_call in an earlier message was expected, got "f".',
  ],
  [{ functions: [fn], tools: [tool] }, 'functions: tools are given too; give tools alone.'],
  [{ functions: {} }, 'functions: a list of functions was expected.'],
  [{ stream_options: true }, 'stream_options: an object was expected, got the boolean true.'],
  [{ metadata: [] }, 'metadata: an object was expected, got an empty list.'],
];

class Money {
  amount = 5;
}
const circle: Record<string, unknown> = {};
circle.inside = { circle };

/** What is no plain data; and its path in the message. */
const NOT_PLAIN: readonly (readonly [object, string])[] = [
  [{ x: { at: new Date(0) } }, 'x.at: plain data was expected, got an instance of Date.'],
  [{ x: new Map() }, 'x: plain data was expected, got an instance of Map.'],
  [{ x: new Money() }, 'x: plain data was expected, got an instance of Money.'],
  [{ x: [1, () => 1] }, 'x[1]: plain data was expected, got a function.'],
  [{ x: [undefined] }, 'x[0]: plain data was expected, got undefined.'],
  [{ x: new Array(1) }, 'x[0]: plain data was expected, got undefined.'],
  [{ x: 10n }, 'x: plain data was expected, got a bigint.'],
  [{ x: Symbol('x') }, 'x: plain data was expected, got a symbol.'],
  [{ x: Number.NaN }, 'x: plain data was expected, got the number NaN.'],
  [{ x: new Uint8Array(3) }, 'x: plain data was expected, got bytes: write them as base64 text.'],
  [circle, 'inside.circle.inside: plain data was expected, got an object that contains itself.'],
  [
    { messages: [{ ...ask, cache_control: { at: new Date(0) } }] },
    'messages[0].cache_control.at: plain data was expected, got an instance of Date.',
  ],
  [
    { tools: [{ type: 'function', function: { ...fn, parameters: { default: () => 1 } } }] },
    'tools[0].function.parameters.default: plain data was expected, got a function.',
  ],
  [
    { extraBody: { deep: [{ at: new Date(0) }] } },
    'extraBody.deep[0].at: plain data was expected, got an instance of Date.',
  ],
];

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
  it.each(TRANSLATED)('translates %s', async (_name, given, expected) => {
    const { requests, ask } = asked(Face);
    await ask(given);
    const before = JSON.stringify(given);
    const request: Readonly<Record<string, unknown>> = { ...requests[0]?.request };
    for (const [name, value] of Object.entries(expected))
      expect({ [name]: request[name] }).toStrictEqual({
        [name]: name === 'messages' && value === 'x' ? [{ role: 'user', content: 'x' }] : value,
      });
    expect(JSON.stringify(given)).toBe(before);
  });

  it.each(NOT_PLAIN)('refuses what is no plain data, %#', async (given, message) => {
    const { requests, ask } = asked(Face);
    expect(await failureOf(() => ask(given))).toMatchObject({ code: 'invalid-request', message });
    expect(requests).toEqual([]);
  });
});

it.each(REFUSED)('AsyncClient refuses %j', async (given, message) => {
  const { requests, ask } = asked(AsyncClient);
  const error = await failureOf(() => ask(given));
  expect(error.message).toBe(message);
  expect(error).toMatchObject({ code: 'invalid-request' });
  expect(requests).toEqual([]);
});

it('tells the user of old functions that the answer has not their form', async () => {
  const answer = await asked(AsyncClient).ask({ functions: [fn] });
  expect(answer).toMatchObject({ warnings: [expect.stringContaining('tool_calls')] });
});

it('keeps the results of two old calls of one name apart: the last that is open is answered first', async () => {
  const old = { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } };
  const result = { role: 'function', name: 'f', content: null };
  const { messages } = await requestOf(say(old, result, old, result));
  expect(messages[1]).toEqual({ role: 'tool', tool_call_id: 'call_0', content: '' });
  expect(messages[3]).toEqual({ role: 'tool', tool_call_id: 'call_2', content: '' });
});
