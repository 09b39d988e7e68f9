// Whatever the schema of the parameters accepts, an encoder makes a body of it or says which field it cannot read.
import { type ChatRequest, G4FError } from '@g4f/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../../src/http/text/json-text.ts';
import { loadWire, WIRE_NAMES } from '../../../src/provider/named-wire.ts';
import { deepFreeze } from '../hear-wire.ts';

const odd = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(null, undefined, '', ' ', {}, [], [null], 0, 1.5, true, '\ud83d') },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const oddOr = (...values: readonly unknown[]) =>
  fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: odd });

const urls = [
  'https://e.example/a.png',
  'data:,50% off',
  'data:image/jpg;base64,AA',
  'data:text/plain;charset=utf-8,%FF',
  'data:',
];
const TYPES = [
  'text',
  'refusal',
  'image_url',
  'input_image',
  'input_audio',
  'file',
  'input_file',
  'thinking',
  'video',
];
const part = fc.record(
  {
    type: fc.constantFrom(...TYPES),
    text: oddOr('hi', '  '),
    refusal: oddOr('No.'),
    image_url: fc.oneof(oddOr(...urls), fc.record({ url: oddOr(...urls), detail: oddOr('low') })),
    input_audio: fc.oneof(odd, fc.record({ data: oddOr('AA'), format: oddOr('wav') })),
    file: fc.oneof(odd, fc.record({ file_data: oddOr(...urls), file_id: odd, filename: odd })),
    cache_control: odd,
  },
  { requiredKeys: ['type'] },
);
const content = fc.oneof(oddOr('hi'), fc.array(fc.oneof(part, odd), { maxLength: 3 }));
const call = fc.record({
  id: oddOr('c1', 'functions.f:0', 7),
  type: oddOr('function', 'custom'),
  function: fc.oneof(odd, fc.record({ name: oddOr('f'), arguments: oddOr('{}', '{"a":1', '[1]', '') })),
  custom: fc.oneof(odd, fc.record({ name: oddOr('g'), input: oddOr('x') })),
});
const message = fc.record(
  {
    role: fc.constantFrom('system', 'developer', 'user', 'assistant', 'tool', 'function'),
    content,
    tool_calls: fc.oneof(odd, fc.array(fc.oneof(call, odd), { maxLength: 2 })),
    tool_call_id: oddOr('c1', 'c2'),
    function_call: odd,
    name: oddOr('Bo'),
    refusal: oddOr('No.'),
    reasoning: odd,
    reasoning_details: oddOr([{ type: 'reasoning.text', format: 'anthropic-messages' }]),
    audio: odd,
  },
  { requiredKeys: ['role', 'content'] },
);
const tool = fc.oneof(
  fc.record({
    type: oddOr('function', 'custom', 'web_search'),
    function: fc.oneof(odd, fc.record({ name: oddOr('f'), parameters: odd, strict: odd })),
  }),
  fc.constantFrom({}, { googleSearch: {} }, { type: 'custom' }, { type: 'custom', custom: { name: 'g' } }),
);
const choices = [
  ...['auto', 'none', 'required', 'any'],
  ...[
    { type: 'allowed_tools' },
    { type: 'custom' },
    { type: 'function' },
    { type: 'function', function: { name: 'f' } },
  ],
  {
    type: 'allowed_tools',
    allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'f' } }] },
  },
];
const request = fc.record(
  {
    model: fc.constantFrom(
      'm',
      'claude-sonnet-4-5',
      'claude-opus-5',
      'gemini-3.8-flash',
      'gemini-2.5-pro',
      'gpt-5.1',
      'o3',
    ),
    messages: fc.array(message, { minLength: 1, maxLength: 4 }),
    stream: fc.boolean(),
    tools: fc.oneof(odd, fc.array(fc.oneof(tool, odd), { maxLength: 2 })),
    tool_choice: oddOr(...choices),
    response_format: oddOr(
      { type: 'json_schema' },
      { type: 'json_object' },
      { type: 'text' },
      { type: 'regex' },
    ),
    reasoning_effort: oddOr('none', 'low', 'max', 'auto'),
    stop: oddOr('x', ['x', null]),
    max_tokens: oddOr(100, 5000),
    temperature: odd,
    top_p: odd,
    top_k: odd,
    thinking: odd,
    modalities: odd,
    stream_options: odd,
    options: odd,
    generationConfig: odd,
    output_config: odd,
    user: odd,
  },
  { requiredKeys: ['model', 'messages', 'stream'] },
);

describe.each(WIRE_NAMES)('%s', (name) => {
  it('makes a body of odd values, or names the field', async () => {
    const wire = await loadWire(name);
    let bodies = 0;
    fc.assert(
      fc.property(request, (given) => {
        const frozen: unknown = deepFreeze(given);
        try {
          const body = wire.endpoints.chat.encode(frozen as ChatRequest, {}, (warning) =>
            expect(warning).toMatch(/\S/),
          );
          expect(JSON.parse(writeJson(body))).toBeTypeOf('object');
          bodies += 1;
        } catch (error) {
          if (!(error instanceof G4FError)) throw error;
          expect(error).toMatchObject({ code: 'invalid-request' });
          expect(error.message).toMatch(/^[a-z_]+[\w.[\]]*: .+ was expected, .+\.$/);
        }
      }),
      { numRuns: 1500 },
    );
    expect(bodies).toBeGreaterThan(0);
  });

  it('takes no word that every object answers to for one of its own', async () => {
    const { encode } = (await loadWire(name)).endpoints.chat;
    for (const model of ['m', 'gemini-2.5-pro', 'claude-sonnet-4-5', 'command-a-reasoning-08-2025'])
      for (const reasoning_effort of ['constructor', 'toString', '__proto__']) {
        const body = encode(
          { model, messages: 'hi', stream: false, reasoning_effort } as never,
          {},
          () => {},
        );
        expect(writeJson(body)).not.toMatch(/null|NaN|native code/);
      }
  });

  it.each<[object, RegExp | undefined]>([
    [{ tools: null }, undefined],
    [{ modalities: [{ toString: '' }] }, undefined],
    [
      { tools: null, tool_choice: null, response_format: null, stop: null, reasoning_effort: null },
      undefined,
    ],
    [{ tool_choice: {} }, /^tool_choice: /],
    [{ tool_choice: { type: 'allowed_tools' } }, /^tool_choice\.allowed_tools\.tools: /],
    [{ tool_choice: { type: 'custom' } }, /^tool_choice\.custom/],
    [{ response_format: { type: 'json_schema' } }, /^response_format\.json_schema: /],
    [{ response_format: {} }, /^response_format: /],
    [{ tools: [{}] }, /^tools\[0\]: /],
    [{ tools: [{ type: 'function' }] }, /^tools\[0\]\.function: /],
    [
      {
        messages: [
          { role: 'assistant', content: 'a', tool_calls: null },
          { role: 'user', content: 'b' },
        ],
      },
      undefined,
    ],
    [
      {
        messages: [
          { role: 'user', content: null },
          { role: 'user', content: 'b' },
        ],
      },
      undefined,
    ],
    [{ messages: [{ role: 'user', content: [null, 'a', { type: 'text', text: 'b' }] }] }, undefined],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      /^messages\[0\]\.content\[0\]\.image_url\.url: /,
    ],
    [{ messages: [{ role: 'user', content: [{ text: 1, type: 'text' }] }] }, undefined],
    [
      {
        messages: [
          {
            role: 'user',
            content: [{ type: 'file', file: { file_data: 'data:text/plain,100% sure' } }, 'a'],
          },
        ],
      },
      undefined,
    ],
  ])('%j: %s', async (given, field) => {
    const wire = await loadWire(name);
    const asked = {
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
      ...given,
    } as ChatRequest;
    const encode = () => wire.endpoints.chat.encode(deepFreeze(asked), {}, () => undefined);
    if (field === undefined) expect(encode()).toBeTypeOf('object');
    else
      expect(encode).toThrow(
        expect.objectContaining({ code: 'invalid-request', message: expect.stringMatching(field) }),
      );
  });
});
