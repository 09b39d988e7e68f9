// Mistral AI: the makers of the Mistral models. Source: https://docs.mistral.ai/api/#tag/chat
// It refuses every field it does not know, so what it calls otherwise, or never had, is put right here.
import {
  G4FError,
  type ModerationRequest,
  type ModerationResponse,
  type TranscriptionRequest,
} from '@g4f/core';
import { openaiCompatible } from '../provider/openai-compatible.ts';
import type { EndpointContext } from '../wires/endpoint.ts';
import { fitParametersBy } from '../wires/fit/openai-parameters.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';
import { completions, moderations, transcriptions } from '../wires/openai-chat/operations.ts';
import type { RequestBody } from '../wires/request-body.ts';

/** Parameters of OpenAI's that its reference does not have: a field that it does not know is refused. */
const UNKNOWN = [
  ...[
    'logit_bias',
    'logprobs',
    'top_logprobs',
    'user',
    'store',
    'service_tier',
    'modalities',
    'audio',
    'verbosity',
  ],
  ...['web_search_options', 'prompt_cache_key', 'prompt_cache_retention', 'safety_identifier', 'functions'],
  ...['function_call'],
];

export default openaiCompatible({
  id: 'mistral',
  name: 'Mistral AI',
  website: 'https://docs.mistral.ai/api/',
  baseURL: 'https://api.mistral.ai/v1',
  env: ['MISTRAL_API_KEY'],
  features: ['tools', 'images', 'audio', 'json-schema', 'reasoning'],
  models: {
    'mistral-large': 'mistral-large-latest',
    'mistral-large-3': 'mistral-large-2512',
    'mistral-large-4': 'mistral-large-4',
    'mistral-small': 'mistral-small-latest',
    'mistral-small-4': 'mistral-small-2603',
  },
  // https://docs.mistral.ai/api/endpoint/embeddings; it refuses more than 512 inputs, or 16,384 tokens, as too many for a batch.
  embed: {
    models: { 'mistral-embed': 'mistral-embed', 'codestral-embed': 'codestral-embed' },
    maxInputs: 512,
    maxTokens: 16_384,
    takes: ['dimensions'],
    dimensionsField: 'output_dimension',
    fixedSize: /^mistral-embed/,
  },
  // https://docs.mistral.ai/api/endpoint/classifiers
  moderate: { models: { 'mistral-moderation': 'mistral-moderation-latest' }, endpoint: moderateTexts },
  // https://docs.mistral.ai/api/endpoint/fim
  complete: {
    models: { codestral: 'codestral-latest' },
    endpoint: completions({
      path: '/fim/completions',
      takes: ['suffix', 'max_tokens', 'stop', 'temperature', 'top_p', 'seed'],
      names: { seed: 'random_seed' },
      onePrompt: true,
    }),
  },
  // https://docs.mistral.ai/api/endpoint/audio/transcriptions
  transcribe: {
    models: { 'voxtral-mini-transcribe-2': 'voxtral-mini-2602' },
    endpoint: transcriptions({ formats: [], translates: false, marksLists: false, adapt: asItsOwn }),
  },
  quirks: {
    refuses: UNKNOWN,
    // Reasoning is on or off: https://docs.mistral.ai/capabilities/reasoning/adjustable
    fitParameters: fitParametersBy(() => ({
      efforts: ['none', 'high'],
      unasked: 'none',
      refused: [],
      refusedReasoning: [],
    })),
    messages: {
      noNames: true,
      callIds: { length: 9, exactly: true, foreign: /[^a-zA-Z0-9]/ },
      resultMedia: true,
      systemFirst: true,
      answersResults: true,
      continuesBy: 'prefix',
    },
    adaptBody: withItsOwnNames,
  },
});

/** `seed` is `random_seed`; token counts come without being asked for. */
function withItsOwnNames({ seed, stream_options: _, ...given }: RequestBody): RequestBody {
  const body = strictMessages(given);
  return seed == null ? body : { ...body, random_seed: seed };
}

/** It judges texts, each by itself. */
async function* moderateTexts(
  request: ModerationRequest,
  exchange: EndpointContext,
): AsyncGenerator<ModerationResponse> {
  if (typeof request.input[0] !== 'string')
    throw new G4FError(
      `${exchange.provider}: it judges texts alone. Give input as a text or a list of texts, or choose another provider.`,
      { code: 'invalid-request', scope: 'provider', provider: exchange.provider },
    );
  yield* moderations(request, exchange);
}

/**
 * It has no formats: times are told with segments, and speakers where they are to be told apart. It documents no prompt, and
 * that times and a language are not compatible.
 */
function asItsOwn(
  { response_format: format = 'json', prompt, language, ...request }: TranscriptionRequest,
  { warn }: Pick<EndpointContext, 'warn'>,
): TranscriptionRequest {
  if (prompt !== undefined) warn('prompt: Mistral does not take it; its own `context_bias` is passed on.');
  const isPlain = format === 'json' || format === 'text';
  const timestamp_granularities = request.timestamp_granularities ?? (isPlain ? [] : ['segment' as const]);
  const hasTimes = timestamp_granularities.length > 0;
  if (hasTimes && language !== undefined)
    warn('language: Mistral does not take it where times are told; it hears which one is spoken.');
  return {
    ...request,
    ...(hasTimes ? { timestamp_granularities } : language !== undefined && { language }),
    ...(format === 'diarized_json' && { diarize: request.diarize ?? true }),
  };
}
