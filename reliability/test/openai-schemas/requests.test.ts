// OpenAI's published document accepts every body that the client sends to OpenAI.
import { AsyncClient } from '@g4f/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentedService, startDocumentedService } from './documented-service.ts';
import { namesIn, problemsOf } from './schema-problems.ts';

let service: DocumentedService;
beforeAll(async () => {
  service = await startDocumentedService();
});
afterAll(() => service.close());

/** What was sent in a call, whose answer is none. */
async function sentBy(
  provider: string,
  ask: (client: AsyncClient) => PromiseLike<unknown>,
): Promise<{ readonly path: string; readonly json: unknown; readonly body: string }> {
  service.sent.length = 0;
  const client = new AsyncClient({
    env: {},
    provider,
    baseURL: `${service.url}/v1`,
    apiKey: 'key',
    maxRetries: 0,
  });
  await Promise.resolve(ask(client)).catch(() => undefined);
  const [first] = service.sent;
  if (first === undefined) throw new Error('nothing was sent');
  return first;
}

const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const weather = {
  type: 'function',
  function: { name: 'weather', description: 'of a city', parameters: schema },
} as const;
const called = {
  id: 'call_1',
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Bern"}' },
} as const;

/** A conversation with all that it may hold, some of it from services of other protocols. */
const CONVERSATION = [
  { role: 'system', content: 'Be brief.' },
  { role: 'developer', content: 'Be kind.' },
  {
    role: 'user',
    name: 'anna',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: PIXEL, detail: 'low' } },
      { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } },
      { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
    ],
  },
  {
    role: 'assistant',
    content: 'Let me see.',
    reasoning: 'The weather is asked for.',
    reasoning_details: [
      { type: 'reasoning.text', text: 'So.', signature: 's', format: 'anthropic-claude-v1' },
    ],
    tool_calls: [called],
  },
  { role: 'tool', tool_call_id: 'call_1', content: [{ type: 'text', text: 'Sunny.' }] },
  {
    role: 'assistant',
    content: [
      { type: 'text', text: 'Sunny.' },
      { type: 'refusal', refusal: 'No more.' },
    ],
  },
  { role: 'user', content: 'And tomorrow?' },
] as const;

const CHATS: readonly (readonly [string, object])[] = [
  ['a text', { messages: 'hello' }],
  [
    'a conversation',
    { messages: CONVERSATION, tools: [weather], tool_choice: 'auto', parallel_tool_calls: false },
  ],
  [
    'all that says how to answer',
    {
      messages: 'hello',
      ...{ temperature: 1, top_p: 0.5, n: 2, stop: ['a', 'b'], seed: 5, max_tokens: 16, user: 'u' },
      ...{
        frequency_penalty: 0.5,
        presence_penalty: 0.5,
        logit_bias: { '5': 1 },
        logprobs: true,
        top_logprobs: 2,
      },
      ...{
        metadata: { a: 'b' },
        store: true,
        service_tier: 'auto',
        verbosity: 'low',
        safety_identifier: 's',
      },
      ...{ prompt_cache_key: 'k', prediction: { type: 'content', content: 'x' }, modalities: ['text'] },
    },
  ],
  [
    'a form',
    {
      messages: 'hello',
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema, strict: true } },
    },
  ],
  ['reasoning', { messages: 'hello', reasoning_effort: 'high', max_completion_tokens: 100 }],
  ['a stream', { messages: 'hello', stream: true, stream_options: { include_usage: true } }],
  [
    'a named tool',
    { messages: 'hello', tools: [weather], tool_choice: { type: 'function', function: { name: 'weather' } } },
  ],
  [
    'a tool without a schema',
    { messages: 'hello', tools: [{ type: 'custom', custom: { name: 'sql', format: { type: 'text' } } }] },
  ],
  [
    'the old form of tools',
    { messages: 'hello', functions: [weather.function], function_call: { name: 'weather' } },
  ],
];

const chat = (params: object) => async (client: AsyncClient) => {
  const given = { model: 'gpt-5.4', ...params };
  const answer: unknown = Reflect.apply(client.chat.completions.create, undefined, [given]);
  for await (const _ of Object(await answer));
};

describe('a chat', () => {
  it.each(CHATS)('is what POST /chat/completions takes: %s', async (_, params) => {
    const { path, json } = await sentBy('openai', chat(params));
    expect(path).toBe('/v1/chat/completions');
    expect(problemsOf('CreateChatCompletionRequest', json)).toEqual([]);
  });

  it.each(CHATS)('has no field that is not documented: %s', async (_, params) => {
    const { json } = await sentBy('openai', chat(params));
    const known = namesIn('CreateChatCompletionRequest');
    expect(Object.keys(Object(json)).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(CHATS)('is what POST /responses takes: %s', async (_, params) => {
    const { path, json } = await sentBy('openai-responses', chat(params));
    expect(path).toBe('/v1/responses');
    expect(problemsOf('CreateResponse', json)).toEqual([]);
  });
});

const OTHERS: readonly (readonly [string, string, (client: AsyncClient) => PromiseLike<unknown>])[] = [
  [
    'CreateResponse',
    '/v1/responses',
    ({ responses }) =>
      responses.create({
        model: 'gpt-5.4',
        instructions: 'Be brief.',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'hi' }] },
          { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{}' },
          { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
        ],
        tools: [{ type: 'function', name: 'weather', parameters: schema, strict: false }],
        text: { format: { type: 'json_object' }, verbosity: 'low' },
        reasoning: { effort: 'low', summary: 'auto' },
        max_output_tokens: 100,
        include: ['reasoning.encrypted_content'],
      }),
  ],
  [
    'CreateEmbeddingRequest',
    '/v1/embeddings',
    ({ embeddings }) =>
      embeddings.create({ model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 8 }),
  ],
  [
    'CreateModerationRequest',
    '/v1/moderations',
    ({ moderations }) =>
      moderations.create({
        input: [
          { type: 'text', text: 'a' },
          { type: 'image_url', image_url: { url: PIXEL } },
        ],
      }),
  ],
  [
    'CreateImageRequest',
    '/v1/images/generations',
    ({ images }) =>
      images.generate({
        model: 'gpt-image-2',
        prompt: 'a cat',
        n: 2,
        size: '1024x1024',
        quality: 'high',
        background: 'opaque',
        output_format: 'webp',
      }),
  ],
  [
    'CreateSpeechRequest',
    '/v1/audio/speech',
    ({ audio }) =>
      audio.speech.create({
        model: 'gpt-4o-mini-tts',
        voice: 'alloy',
        input: 'hello',
        instructions: 'softly',
        response_format: 'wav',
        speed: 1.5,
      }),
  ],
];

it.each(OTHERS)('%s is what is sent to %s', async (name, path, ask) => {
  const sent = await sentBy('openai', ask);
  expect(sent.path).toBe(path);
  expect(problemsOf(name, sent.json)).toEqual([]);
  expect(Object.keys(Object(sent.json)).filter((field) => !namesIn(name).includes(field))).toEqual([]);
});

it('CreateCompletionRequest is what is sent to a server of one’s own', async () => {
  const { path, json } = await sentBy('vllm', ({ completions }) =>
    completions.create({
      model: 'm',
      prompt: 'Once',
      suffix: 'end',
      max_tokens: 5,
      stop: ['x'],
      echo: false,
    }),
  );
  expect(path).toBe('/v1/completions');
  expect(problemsOf('CreateCompletionRequest', json)).toEqual([]);
});

it('tells what does not fit', () => {
  expect(problemsOf('CreateChatCompletionRequest', { model: 5 }).join('\n')).toContain('messages');
  expect(() => problemsOf('Nothing', {})).toThrow('the document has no schema Nothing');
});
