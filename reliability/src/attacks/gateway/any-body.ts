// Bodies for each route of a gateway with anything in any place of them, and the events of a service that says anything.
import type { Batch } from '@g4f/core';
import type { Random } from '../attack.ts';
import { below, oneOf } from '../scratch.ts';

type Json = Record<string, unknown>;

/** What is put in any place. */
const ODD: readonly [unknown, ...unknown[]] = [
  null,
  ...[0, -1, 1e308, -1e308, 1.5, 2 ** 53, '', ' ', 'x', '\ud800', '\u0000', '\u202e', '__proto__'],
  ...['constructor', true, false, [], {}, [[]], [null], [{}], '9'.repeat(400), 'a'.repeat(5000)],
  ...['http://127.0.0.1:1/', 'data:image/png;base64,AAAA', 'data:,', 'file:///etc/passwd', { toString: 'x' }],
  ...[{ toJSON: 1 }, { length: 5 }],
];

const messagesBody = (): Json => ({
  model: 'm',
  max_tokens: 5,
  stream: false,
  system: [{ type: 'text', text: 'x' }],
  messages: [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'x' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
        { type: 'document', title: 'x', source: { type: 'text', data: 'x' } },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'x', signature: 's' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'tool_use', id: 'a', name: 'f', input: {} },
      ],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'x' }] }],
    },
  ],
  tools: [{ name: 'f', description: 'x', input_schema: { type: 'object' } }],
  tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
  thinking: { type: 'enabled', budget_tokens: 2000 },
  metadata: { user_id: 'x' },
  output_config: { effort: 'low', format: { schema: {} } },
  stop_sequences: ['x'],
});

const geminiBody = (): Json => ({
  contents: [
    {
      role: 'user',
      parts: [
        { text: 'x' },
        { inlineData: { mimeType: 'image/png', data: 'AAAA' } },
        { fileData: { fileUri: 'x', mimeType: 'x' } },
      ],
    },
    {
      role: 'model',
      parts: [
        { functionCall: { name: 'f', args: {} }, thoughtSignature: 'x' },
        { text: 'a', thought: true },
      ],
    },
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: {} } }] },
  ],
  systemInstruction: { parts: [{ text: 'x' }] },
  tools: [
    {
      functionDeclarations: [
        { name: 'f', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING', nullable: true } } } },
      ],
    },
    { googleSearch: {} },
  ],
  toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
  generationConfig: {
    temperature: 1,
    stopSequences: ['x'],
    responseMimeType: 'application/json',
    responseSchema: { type: 'OBJECT' },
    thinkingConfig: { thinkingBudget: 5, thinkingLevel: 'LOW' },
    responseModalities: ['TEXT'],
    candidateCount: 1,
  },
  safetySettings: [{ category: 'x', threshold: 'y' }],
});

const BODIES: Readonly<Record<string, () => Json>> = {
  '/v1/chat/completions': () => ({
    model: 'm',
    stream: false,
    n: 1,
    messages: [
      { role: 'system', content: 'x' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'a' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
          { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
          { type: 'file', file: { filename: 'x', file_data: 'data:application/pdf;base64,AAAA' } },
        ],
      },
      {
        role: 'assistant',
        content: 'x',
        refusal: null,
        reasoning: 'r',
        reasoning_details: [{ type: 'reasoning.text', text: 'a' }],
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'y' },
      { role: 'function', name: 'f', content: 'x' },
    ],
    tools: [
      {
        type: 'function',
        function: {
          name: 'f',
          description: 'x',
          parameters: { type: 'object', properties: { a: { type: 'string' } } },
          strict: true,
        },
      },
    ],
    tool_choice: { type: 'function', function: { name: 'f' } },
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } },
    stop: ['a'],
    stream_options: { include_usage: true },
    logit_bias: { a: 1 },
    metadata: { a: 'x' },
    user: 'x',
    web_search_options: {},
    audio: { voice: 'a', format: 'mp3' },
    modalities: ['text'],
    prediction: { type: 'content', content: 'x' },
    temperature: 1,
    max_tokens: 5,
    seed: 1,
  }),
  '/v1/messages': messagesBody,
  '/v1/messages/count_tokens': messagesBody,
  '/v1beta/models/MODEL:generateContent': geminiBody,
  '/v1beta/models/MODEL:streamGenerateContent': geminiBody,
  '/v1beta/models/MODEL:countTokens': () => ({ generateContentRequest: geminiBody() }),
  '/v1beta/models/MODEL:embedContent': () => ({
    content: { parts: [{ text: 'x' }] },
    taskType: 'x',
    outputDimensionality: 4,
  }),
  '/v1beta/models/MODEL:batchEmbedContents': () => ({
    requests: [{ model: 'models/m', content: { parts: [{ text: 'x' }] } }],
  }),
  '/api/chat': () => ({
    model: 'm',
    stream: false,
    messages: [
      { role: 'user', content: 'x', images: ['AAAA'] },
      {
        role: 'assistant',
        content: '',
        thinking: 'x',
        tool_calls: [{ function: { name: 'f', arguments: {} } }],
      },
      { role: 'tool', tool_name: 'f', content: 'x' },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: {} } }],
    format: { type: 'object' },
    options: { num_predict: 5, stop: ['x'], temperature: 1 },
    think: true,
    keep_alive: '5m',
  }),
  '/api/generate': () => ({
    model: 'm',
    prompt: 'x',
    system: 'y',
    images: ['AAAA'],
    stream: false,
    options: { num_predict: -1 },
    format: 'json',
    think: 'low',
  }),
  '/api/embed': () => ({ model: 'm', input: ['x'], dimensions: 4, truncate: true }),
  '/api/show': () => ({ model: 'm' }),
  '/v1/responses': () => ({
    model: 'm',
    stream: false,
    instructions: 'x',
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'x' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
          { type: 'input_file', file_data: 'x', filename: 'x' },
        ],
      },
      {
        type: 'reasoning',
        id: 'r',
        summary: [{ type: 'summary_text', text: 'x' }],
        encrypted_content: 'g4f:[]',
      },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'a', output: [{ type: 'input_text', text: 'x' }] },
      { type: 'custom_tool_call', call_id: 'b', name: 'f', input: 'x' },
      { type: 'item_reference', id: 'x' },
      { type: 'web_search_call', id: 'x' },
    ],
    tools: [
      { type: 'function', name: 'f', parameters: {} },
      { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      { type: 'web_search' },
    ],
    tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
    text: { format: { type: 'json_schema', name: 'x', schema: {} }, verbosity: 'low' },
    reasoning: { effort: 'low', summary: 'auto' },
    include: ['message.output_text.logprobs'],
    metadata: { a: 'b' },
    store: true,
    previous_response_id: 'resp_1',
    conversation: { id: 'x' },
    truncation: 'auto',
    max_output_tokens: 5,
  }),
  '/v1/completions': () => ({
    model: 'm',
    prompt: ['x'],
    suffix: 'y',
    n: 1,
    echo: false,
    logprobs: 1,
    stream: false,
    best_of: 1,
    stop: 'x',
  }),
  '/v1/embeddings': () => ({
    model: 'm',
    input: ['x', 'y'],
    encoding_format: 'float',
    dimensions: 4,
    user: 'x',
  }),
  '/v1/moderations': () => ({
    model: 'm',
    input: [
      { type: 'text', text: 'x' },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
    ],
  }),
  '/v1/images/generations': () => ({
    model: 'm',
    prompt: 'x',
    n: 1,
    size: '1024x1024',
    response_format: 'b64_json',
    stream: false,
    quality: 'high',
    seed: 1,
  }),
  '/v1/audio/speech': () => ({
    model: 'm',
    input: 'x',
    voice: 'alloy',
    response_format: 'mp3',
    speed: 1,
    stream_format: 'audio',
    instructions: 'x',
  }),
};

/** The routes that take one; `MODEL` stands for a name. */
export const BODY_ROUTES = Object.keys(BODIES) as [string, ...string[]];

/** A body of the route, changed in one or two places. */
export const anyBody = (route: string, model: string, random: Random): unknown => {
  const made = { ...BODIES[route]?.() };
  const body = { root: 'model' in made ? { ...made, model } : made };
  for (let times = below(3, random); times >= 0; times -= 1) change(body, random);
  if (random() < 0.4 && typeof body.root === 'object' && body.root !== null)
    return { ...body.root, stream: true };
  return body.root;
};

function change(body: object, random: Random): void {
  let holder: object = body;
  let name = 'root';
  for (let depth = 0; depth < 8; depth += 1) {
    const at: unknown = Reflect.get(holder, name);
    if (typeof at !== 'object' || at === null || random() < 0.15) break;
    const names = Object.keys(at);
    if (names.length === 0) break;
    holder = at;
    name = names[below(names.length, random)] ?? '';
  }
  const kind = below(6, random);
  const before: unknown = Reflect.get(holder, name);
  if (kind === 0 && name !== 'root') Reflect.deleteProperty(holder, name);
  else if (kind === 1 && Array.isArray(before))
    Reflect.set(holder, name, [...before, ...before, structuredClone(oneOf(ODD, random))]);
  else if (kind === 2 && typeof before === 'object' && before !== null)
    Reflect.set(holder, name, {
      ...before,
      [oneOf(['toString', 'type', 'role', 'id', 'name', 'constructor', 'then', 'x_'], random)]:
        structuredClone(oneOf(ODD, random)),
    });
  else Reflect.set(holder, name, structuredClone(oneOf(ODD, random)));
}

/** An answer of events that may stand in it, with anything in them. */
export const anyEvents = (random: Random): Batch => {
  const count = (): number => oneOf([1, Number.NaN, -5, Number.POSITIVE_INFINITY, 1e308, 1.5], random);
  const event = (): object =>
    oneOf<() => object>(
      [
        () => ({
          type: 'text-delta',
          text: oneOf(['well', '\ud800', '\r\n\r\ndata: x', '\u2028', 'data: [DONE]\n\n', ''], random),
        }),
        () => ({ type: 'reasoning-delta', text: 'hm' }),
        () => ({
          type: 'usage',
          usage: { prompt_tokens: count(), completion_tokens: count(), total_tokens: count() },
        }),
        () => ({
          type: 'extra',
          scope: 'choice',
          fields: { logprobs: oneOf([null, 5, {}, { content: [{}] }], random) },
        }),
        () => ({
          type: 'tool-call-start',
          index: 0,
          id: oneOf(['a', '', 'x\ny'], random),
          name: oneOf(['f', '', '\u0000', '__proto__'], random),
        }),
        () => ({
          type: 'tool-call-delta',
          index: 0,
          arguments: oneOf(['{}', '{', 'null', '[]', '1e999'], random),
        }),
      ],
      random,
    )();
  const events = [
    { type: 'answer-start', model: oneOf(['m', '\u001b[2J', 'x\r\ny', '\ud800', ''], random) },
    ...Array.from({ length: below(6, random) }, event),
    { type: 'finish', reason: oneOf(['stop', 'length', 'tool_calls', 'content_filter'], random) },
  ];
  // A provider that keeps to no type.
  return events as unknown as Batch;
};
