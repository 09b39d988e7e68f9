// What each route is for: the part of the document that stands in no schema.

/** One operation of the document. */
export interface DocumentedOperation {
  /** The method and the pattern of the route that answers it. */
  readonly route: string;
  /** As OpenAPI writes it, where that is another. */
  readonly path?: string;
  readonly api: 'OpenAI' | 'Anthropic' | 'Gemini' | 'Ollama' | 'Gateway';
  readonly summary: string;
  /** The name of the schema of its body. */
  readonly body?: string;
  /** Whether the body is a form with files. */
  readonly isForm?: boolean;
  /** The media type of an answer that is no JSON, or of a stream that may come in its place. */
  readonly streams?: string;
  /** Whether it is answered without a key. */
  readonly isOpen?: boolean;
}

const SSE = 'text/event-stream';
const NDJSON = 'application/x-ndjson';
const MODEL = 'POST /v1beta/models/:asked{.+}';
const verb = (name: string, summary: string, body: string, streams?: string): DocumentedOperation => ({
  route: MODEL,
  path: `/v1beta/models/{model}:${name}`,
  api: 'Gemini',
  summary,
  body,
  ...(streams !== undefined && { streams }),
});

/** All of them, in the order of the page. */
export const OPERATIONS: readonly DocumentedOperation[] = [
  {
    route: 'POST /v1/chat/completions',
    api: 'OpenAI',
    summary: 'Answers a chat',
    body: 'Chat',
    streams: SSE,
  },
  { route: 'POST /v1/responses', api: 'OpenAI', summary: 'Makes a response', body: 'Response', streams: SSE },
  { route: 'GET /v1/responses/:id', api: 'OpenAI', summary: 'Gives a response that is kept' },
  { route: 'DELETE /v1/responses/:id', api: 'OpenAI', summary: 'Forgets a response that is kept' },
  {
    route: 'POST /v1/completions',
    api: 'OpenAI',
    summary: 'Completes a text',
    body: 'Completion',
    streams: SSE,
  },
  { route: 'POST /v1/embeddings', api: 'OpenAI', summary: 'Makes vectors of texts', body: 'Embedding' },
  {
    route: 'POST /v1/moderations',
    api: 'OpenAI',
    summary: 'Says whether contents are harmful',
    body: 'Moderation',
  },
  {
    route: 'POST /v1/images/generations',
    api: 'OpenAI',
    summary: 'Makes images',
    body: 'Image',
    streams: SSE,
  },
  {
    route: 'POST /v1/images/edits',
    api: 'OpenAI',
    summary: 'Changes images',
    body: 'Image',
    isForm: true,
    streams: SSE,
  },
  {
    route: 'POST /v1/images/variations',
    api: 'OpenAI',
    summary: 'Varies an image',
    body: 'ImageVariation',
    isForm: true,
  },
  {
    route: 'POST /v1/audio/speech',
    api: 'OpenAI',
    summary: 'Speaks a text',
    body: 'Speech',
    streams: 'audio/*',
  },
  {
    route: 'POST /v1/audio/transcriptions',
    api: 'OpenAI',
    summary: 'Writes down what is said',
    body: 'Transcription',
    isForm: true,
    streams: SSE,
  },
  {
    route: 'POST /v1/audio/translations',
    api: 'OpenAI',
    summary: 'Writes down in English what is said',
    body: 'Translation',
    isForm: true,
  },
  { route: 'GET /v1/models', api: 'OpenAI', summary: 'Lists the models that can be used now' },
  { route: 'GET /v1/models/:id{.+}', api: 'OpenAI', summary: 'Tells of one model' },
  {
    route: 'POST /v1/messages',
    api: 'Anthropic',
    summary: 'Answers a conversation',
    body: 'AnthropicMessages',
    streams: SSE,
  },
  {
    route: 'POST /v1/messages/count_tokens',
    api: 'Anthropic',
    summary: 'Estimates the tokens of a request',
    body: 'AnthropicCount',
  },
  verb('generateContent', 'Answers a conversation', 'GeminiGenerate'),
  verb('streamGenerateContent', 'Answers a conversation as a stream', 'GeminiGenerate', SSE),
  verb('embedContent', 'Makes the vector of a text', 'GeminiEmbed'),
  verb('batchEmbedContents', 'Makes vectors of texts', 'GeminiEmbedBatch'),
  verb('countTokens', 'Estimates the tokens of a request', 'GeminiCount'),
  { route: 'GET /v1beta/models', api: 'Gemini', summary: 'Lists the models that can be used now' },
  {
    route: 'GET /v1beta/models/:asked{.+}',
    path: '/v1beta/models/{model}',
    api: 'Gemini',
    summary: 'Tells of one model',
  },
  { route: 'POST /api/chat', api: 'Ollama', summary: 'Answers a chat', body: 'OllamaChat', streams: NDJSON },
  {
    route: 'POST /api/generate',
    api: 'Ollama',
    summary: 'Answers a prompt',
    body: 'OllamaGenerate',
    streams: NDJSON,
  },
  { route: 'POST /api/embed', api: 'Ollama', summary: 'Makes vectors of texts', body: 'OllamaEmbed' },
  { route: 'GET /api/tags', api: 'Ollama', summary: 'Lists the models that can be used now' },
  { route: 'POST /api/show', api: 'Ollama', summary: 'Tells of one model', body: 'OllamaShow' },
  { route: 'GET /api/version', api: 'Ollama', summary: 'The version of Ollama whose API this is' },
  { route: 'GET /v1/providers', api: 'Gateway', summary: 'Lists who can be asked, and how each does' },
  { route: 'GET /health', api: 'Gateway', summary: 'Whether it lives', isOpen: true },
  { route: 'GET /ready', api: 'Gateway', summary: 'Whether it takes calls', isOpen: true },
  { route: 'GET /metrics', api: 'Gateway', summary: 'Its counts, for Prometheus', streams: 'text/plain' },
  { route: 'GET /openapi.json', api: 'Gateway', summary: 'This document', isOpen: true },
  {
    route: 'GET /docs',
    api: 'Gateway',
    summary: 'This document as a page',
    streams: 'text/html',
    isOpen: true,
  },
  {
    route: 'GET /docs/style.css',
    api: 'Gateway',
    summary: 'The style of that page',
    streams: 'text/css',
    isOpen: true,
  },
];
