// OpenAI's published document accepts what the gateway answers on OpenAI's paths: its errors, whatever failed, and its objects.
import { createHandler, type HandlerOptions } from '@g4f/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DocumentedService, startDocumentedService } from './documented-service.ts';
import { problemsOf } from './schema-problems.ts';
import * as said from './service-answers.ts';

let service: DocumentedService;
beforeAll(async () => {
  service = await startDocumentedService();
});
afterAll(() => service.close());

const chat = { model: 'm', messages: [{ role: 'user', content: 'hi' }] };

/** What the gateway answers, before a service that is asked with a key. */
async function answered(path: string, init: RequestInit, options: HandlerOptions = {}): Promise<Response> {
  const baseURL = `${service.url}/v1`;
  const client = { env: {}, apiKey: 'key', baseURL, maxRetries: 0 } as const;
  return createHandler({ client, ...options })(new Request(`http://127.0.0.1${path}`, init));
}
const posted = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const refused = (status: number, body: string, type = 'application/json'): said.DocumentedAnswer => ({
  status,
  headers: { 'content-type': type },
  body,
});

type FailureRow = readonly [
  about: string,
  status: number,
  path: string,
  init: RequestInit,
  answer?: said.DocumentedAnswer | undefined,
  options?: HandlerOptions,
];

const FAILURES: readonly FailureRow[] = [
  ['no JSON', 400, '/v1/chat/completions', posted('{')],
  ['a list', 400, '/v1/embeddings', posted([])],
  ['no model', 400, '/v1/chat/completions', posted({ messages: chat.messages })],
  ['no messages', 400, '/v1/chat/completions', posted({ model: 'm' })],
  ['a wrong type', 400, '/v1/completions', posted({ model: 'm', prompt: 5 })],
  ['no form', 415, '/v1/audio/transcriptions', posted({ model: 'm' })],
  ['a form without a file', 400, '/v1/images/edits', { method: 'POST', body: new FormData() }],
  ['no such path', 404, '/v1/nothing', posted({})],
  ['a wrong method', 405, '/v1/chat/completions', { method: 'DELETE' }],
  ['no such model', 404, '/v1/models/none', {}, said.llamaModels],
  ['no such response', 404, '/v1/responses/resp_none', {}],
  [
    'a large body',
    413,
    '/v1/chat/completions',
    posted({ ...chat, user: 'x'.repeat(2000) }),
    undefined,
    { bodyLimit: 1000 },
  ],
  ['no key', 401, '/v1/chat/completions', posted(chat), undefined, { keys: ['a-key-of-the-gateway'] }],
  [
    'a wrong key',
    401,
    '/v1/models',
    { headers: { authorization: 'Bearer no' } },
    undefined,
    { keys: ['a-key-of-the-gateway'] },
  ],
  ['a strange host', 403, '/v1/models', { headers: { host: 'evil.example' } }],
  [
    'a refused key',
    401,
    '/v1/chat/completions',
    posted(chat),
    refused(
      401,
      '{"error":{"message":"Incorrect API key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}',
    ),
  ],
  [
    'too many requests',
    429,
    '/v1/embeddings',
    posted({ model: 'm', input: 'a' }),
    refused(429, '{"error":"slow down"}'),
  ],
  [
    'no credit',
    402,
    '/v1/completions',
    posted({ model: 'm', prompt: 'a' }),
    refused(402, '{"message":"pay"}'),
  ],
  [
    'a page',
    502,
    '/v1/images/generations',
    posted({ model: 'm', prompt: 'a' }),
    refused(200, '<html>', 'text/html'),
  ],
  ['a failing service', 502, '/v1/responses', posted({ model: 'm', input: 'a' }), refused(500, '')],
  ['an empty answer', 502, '/v1/moderations', posted({ model: 'm', input: 'a' }), refused(200, '')],
];

describe('an error', () => {
  it.each(FAILURES.map(([about, ...row]) => ({ about, row })))(
    'is ErrorResponse: $about',
    async ({ row }) => {
      const [status, path, init, answer, options] = row;
      service.answer = answer ?? { body: '{}' };
      const response = await answered(path, init, options);
      expect(response.headers.get('content-type')).toContain('application/json');
      const body: unknown = await response.json();
      expect(problemsOf('ErrorResponse', body), JSON.stringify(body)).toEqual([]);
      expect(response.status, JSON.stringify(body)).toBe(status);
    },
  );

  it('is ErrorResponse as the last event of a stream, too', async () => {
    service.answer = {
      headers: { 'content-type': 'text/event-stream' },
      body: 'data: {"choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\ndata: {"error":{"message":"overloaded","code":503}}\n\n',
    };
    const response = await answered('/v1/chat/completions', posted({ ...chat, stream: true }));
    expect(response.status).toBe(200);
    const last = (await response.text())
      .trim()
      .split('\n\n')
      .filter((event) => event.includes('"error"'));
    expect(last).toHaveLength(1);
    expect(problemsOf('ErrorResponse', JSON.parse(last[0]?.replace(/^data: /, '') ?? ''))).toEqual([]);
  });
});

const OBJECTS: readonly (readonly [string, string, RequestInit, said.DocumentedAnswer])[] = [
  ['ListModelsResponse', '/v1/models', {}, said.llamaModels],
  ['Model', '/v1/models/SmolLM2-135M', {}, said.llamaModels],
  [
    'CreateEmbeddingResponse',
    '/v1/embeddings',
    posted({ model: 'm', input: ['a', 'b'] }),
    said.openaiVectors,
  ],
  ['CreateCompletionResponse', '/v1/completions', posted({ model: 'm', prompt: 'a' }), said.llamaText],
  ['CreateModerationResponse', '/v1/moderations', posted({ model: 'm', input: 'a' }), said.openaiModeration],
  ['ImagesResponse', '/v1/images/generations', posted({ model: 'm', prompt: 'a' }), said.openaiImages],
];

it.each(OBJECTS)('%s is what %s answers', async (schema, path, init, answer) => {
  service.answer = answer;
  const response = await answered(path, init);
  const body: unknown = await response.json();
  expect(problemsOf(schema, body), JSON.stringify(body)).toEqual([]);
  expect(response.status).toBe(200);
});
