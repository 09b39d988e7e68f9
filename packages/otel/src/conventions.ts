// The names that OpenTelemetry gives to what is told of a call. They are in development and in no stable package, so that
// those in use are written here. Source: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ and …/gen-ai-metrics/
import type { Operation } from '@g4f/core';

/** The attributes of spans and metrics. */
export const ATTRIBUTE = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  isStream: 'gen_ai.request.stream',
  responseModel: 'gen_ai.response.model',
  outputType: 'gen_ai.output.type',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cachedTokens: 'gen_ai.usage.cache_read.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  tokenType: 'gen_ai.token.type',
  errorType: 'error.type',
  /** Ours: how many requests to providers a call took. */
  tries: 'g4f.attempts',
  /** Ours: ms from the request to the first content of an attempt. */
  firstContentMs: 'g4f.first_content_ms',
} as const;

/** The histograms, with the boundaries that the conventions ask for. */
export const METRIC = {
  duration: {
    name: 'gen_ai.client.operation.duration',
    unit: 's',
    description: 'GenAI operation duration.',
    boundaries: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  },
  firstChunk: {
    name: 'gen_ai.client.operation.time_to_first_chunk',
    unit: 's',
    description: 'Time to the first chunk of a streaming call.',
    boundaries: [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
  },
  tokens: {
    name: 'gen_ai.client.token.usage',
    unit: '{token}',
    description: 'Number of input and output tokens used.',
    boundaries: [
      1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
    ],
  },
} as const;

/** The name of each operation, and what it gives where that is not text. Names that the conventions have not are ours. */
export const OPERATION: Readonly<Record<Operation, { readonly name: string; readonly output?: string }>> = {
  chat: { name: 'chat' },
  respond: { name: 'chat' },
  storedResponse: { name: 'stored_response' },
  complete: { name: 'text_completion' },
  embed: { name: 'embeddings' },
  moderate: { name: 'moderate' },
  image: { name: 'generate_content', output: 'image' },
  speech: { name: 'generate_content', output: 'speech' },
  transcribe: { name: 'generate_content', output: 'text' },
};

/** Providers that the conventions call by another name than ours. */
const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  'azure-openai': 'azure.ai.openai',
  gemini: 'gcp.gemini',
  mistral: 'mistral_ai',
  'openai-responses': 'openai',
  xai: 'x_ai',
};

/** @param id a provider's; undefined where nobody was asked. */
export const providerName = (id: string | undefined): string =>
  id === undefined ? '_OTHER' : Object.hasOwn(PROVIDER_NAMES, id) ? (PROVIDER_NAMES[id] ?? id) : id;
