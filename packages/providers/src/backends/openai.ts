// OpenAI: the makers of GPT and of this wire. Source: https://developers.openai.com/api/docs/models
// and https://developers.openai.com/api/docs/deprecations, which announced the end of gpt-4 for 23 October 2026, of
// gpt-5, gpt-5-mini and o3 for 11 December 2026, of gpt-4o and gpt-4.1 and their minis for 14 January 2027.
import { openaiCompatible } from '../provider/openai-compatible.ts';
import { strictMessages } from '../wires/fit/strict-messages.ts';
import { openaiAccount } from '../wires/openai-chat/account.ts';
import { fitChatParameters } from '../wires/openai-chat/chat-parameters.ts';
import { images, moderations, speech, transcriptions } from '../wires/openai-chat/operations.ts';
import { responses, storedResponses } from '../wires/openai-responses/operations.ts';

export default openaiCompatible({
  id: 'openai',
  name: 'OpenAI',
  website: 'https://platform.openai.com/docs/api-reference/chat',
  baseURL: 'https://api.openai.com/v1',
  env: ['OPENAI_API_KEY'],
  models: {
    'gpt-4': 'gpt-4',
    'gpt-4o': 'gpt-4o',
    'gpt-4o-mini': 'gpt-4o-mini',
    'gpt-4.1': 'gpt-4.1',
    'gpt-4.1-mini': 'gpt-4.1-mini',
    'gpt-5': 'gpt-5',
    'gpt-5-mini': 'gpt-5-mini',
    'gpt-5.1': 'gpt-5.1',
    'gpt-5.4': 'gpt-5.4',
    'gpt-6-luna': 'gpt-6-luna',
    'gpt-6.1-sol': 'gpt-6.1-sol',
    o3: 'o3',
    'gpt-5.2': 'gpt-5.2',
    'gpt-5.4-mini': 'gpt-5.4-mini',
    'gpt-5.4-nano': 'gpt-5.4-nano',
    'gpt-5.5': 'gpt-5.5',
    'gpt-5.6-sol': 'gpt-5.6-sol',
    'gpt-5.6-terra': 'gpt-5.6-terra',
    'gpt-5.6-luna': 'gpt-5.6-luna',
    'gpt-6-astra': 'gpt-6-astra',
    'gpt-6-sol': 'gpt-6-sol',
    'gpt-6.1-terra': 'gpt-6.1-terra',
  },
  // 2048 inputs, 300,000 tokens: https://platform.openai.com/docs/api-reference/embeddings/create
  embed: {
    models: {
      'text-embedding-3-small': 'text-embedding-3-small',
      'text-embedding-3-large': 'text-embedding-3-large',
      'text-embedding-ada-002': 'text-embedding-ada-002',
    },
    maxInputs: 2048,
    maxTokens: 300_000,
    takes: ['dimensions', 'user', 'tokens', 'base64'],
    fixedSize: /ada-002/,
  },
  // https://platform.openai.com/docs/guides/moderation
  moderate: { models: { 'omni-moderation': 'omni-moderation-latest' }, endpoint: moderations },
  // https://platform.openai.com/docs/api-reference/responses
  respond: { endpoint: responses },
  // …/responses/get, …/delete, …/cancel, …/input-items
  storedResponse: { endpoint: storedResponses() },
  // https://developers.openai.com/api/docs/guides/image-generation; gpt-image-1-mini and -1.5 end on 1 December 2026.
  image: {
    models: {
      'gpt-image-2': 'gpt-image-2',
      'gpt-image-2.5-sunburst': 'gpt-image-2.5-sunburst',
      'gpt-image-2.5-flare': 'gpt-image-2.5-flare',
    },
    endpoint: images,
  },
  // https://developers.openai.com/api/docs/guides/text-to-speech: all three end on 6 January 2027
  speech: {
    models: { 'tts-1': 'tts-1', 'tts-1-hd': 'tts-1-hd', 'gpt-4o-mini-tts': 'gpt-4o-mini-tts' },
    endpoint: speech,
  },
  // https://developers.openai.com/api/docs/guides/speech-to-text
  transcribe: {
    models: {
      'whisper-1': 'whisper-1',
      'gpt-4o-transcribe': 'gpt-4o-transcribe',
      'gpt-4o-mini-transcribe': 'gpt-4o-mini-transcribe',
      'gpt-4o-transcribe-diarize': 'gpt-4o-transcribe-diarize',
      'gpt-transcribe': 'gpt-transcribe',
    },
    endpoint: transcriptions(),
  },
  // `max_tokens` is deprecated, and refused by reasoning models.
  quirks: {
    maxTokensField: 'max_completion_tokens',
    messages: { developer: true, customTools: true, fields: ['audio'] },
    fitParameters: fitChatParameters,
    adaptBody: strictMessages,
    headersFrom: openaiAccount,
  },
});
