// What services answer to operations besides chat, after the examples of their documentation.
import { events, json } from './answer-forms.ts';
import type { DocumentedAnswer } from './documented-service.ts';

export type { DocumentedAnswer };

const DONE = 'data: [DONE]\n\n';

/** A PNG of one pixel, in base64. */
export const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** The head of a WAV file, and one sample of silence. */
export const WAV = Buffer.from(
  '524946462600000057415645666d74201000000001000100401f0000803e0000020010006461746102000000' + '0000',
  'hex',
);

// https://platform.openai.com/docs/api-reference/embeddings/create
export const openaiVectors = json({
  object: 'list',
  data: [0, 1].map((index) => ({ object: 'embedding', index, embedding: [0.0023064255, -0.009327292] })),
  model: 'text-embedding-ada-002',
  usage: { prompt_tokens: 8, total_tokens: 8 },
});
// https://docs.cohere.com/reference/embed
export const cohereVectors = json({
  id: 'da6e531f-54c5-4a73-bf92-f60566d8d753',
  embeddings: {
    float: [
      [0.016296387, -0.008354187],
      [0.04663086, 0.02217],
    ],
  },
  texts: ['a', 'b'],
  meta: { api_version: { version: '2' }, billed_units: { input_tokens: 2 } },
});
// https://ai.google.dev/api/embeddings
export const geminiVectors = json({
  embeddings: [{ values: [0.1, 0.2] }, { values: [0.3, 0.4] }],
  usageMetadata: { promptTokenCount: 2 },
});
// https://docs.ollama.com/api/embed
export const ollamaVectors = json({
  model: 'all-minilm',
  embeddings: [
    [0.010071029, -0.0017594862],
    [0.05007221, 0.04692972],
  ],
  total_duration: 14143917,
  load_duration: 1019500,
  prompt_eval_count: 8,
});

const CATEGORIES = [
  ...[
    'sexual',
    'sexual/minors',
    'harassment',
    'harassment/threatening',
    'hate',
    'hate/threatening',
    'illicit',
  ],
  ...[
    'illicit/violent',
    'self-harm',
    'self-harm/intent',
    'self-harm/instructions',
    'violence',
    'violence/graphic',
  ],
];
const each = (value: unknown) => Object.fromEntries(CATEGORIES.map((name) => [name, value]));
// https://platform.openai.com/docs/api-reference/moderations/create
export const openaiModeration = json({
  id: 'modr-970d409ef3bef3b70c73d8232df86e7d',
  model: 'omni-moderation-latest',
  results: [
    {
      flagged: false,
      categories: each(false),
      category_scores: each(0.00011),
      category_applied_input_types: each(['text']),
    },
  ],
});

// https://platform.openai.com/docs/api-reference/completions/create
const TEXT = {
  id: 'cmpl-uqkvlQyYK7bGYrRHQ0eXlWi7',
  object: 'text_completion',
  created: 1_589_478_378,
  model: 'gpt-3.5-turbo-instruct',
  system_fingerprint: 'fp_44709d6fcb',
};
const COUNTED = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
export const text = json({
  ...TEXT,
  choices: [{ text: ' upon a time', index: 0, logprobs: null, finish_reason: 'length' }],
  usage: COUNTED,
});
export const textStream = events(
  [
    { ...TEXT, choices: [{ text: ' upon', index: 0, logprobs: null, finish_reason: null }] },
    { ...TEXT, choices: [{ text: ' a time', index: 0, logprobs: null, finish_reason: null }] },
    { ...TEXT, choices: [{ text: '', index: 0, logprobs: null, finish_reason: 'length' }], usage: COUNTED },
  ],
  DONE,
);
// llama.cpp's server, build 10434: log probabilities in the form of a chat.
export const llamaText = json({
  choices: [
    {
      text: ' the',
      index: 0,
      logprobs: {
        content: [
          {
            id: 260,
            token: ' the',
            bytes: [32, 116, 104, 101],
            logprob: -1.3962358236312866,
            top_logprobs: [
              { id: 260, token: ' the', bytes: [32, 116, 104, 101], logprob: -1.3962358236312866 },
            ],
          },
        ],
      },
      finish_reason: 'length',
    },
  ],
  created: 1_796_000_186,
  model: 'SmolLM2-135M',
  system_fingerprint: 'b1-7e4c0a9',
  object: 'text_completion',
  usage: { ...COUNTED, prompt_tokens_details: { cached_tokens: 0 } },
  id: 'chatcmpl-pUPRoPoec0avrNHQ1jlpLpF7k70v98xI',
});
// https://docs.mistral.ai/api/endpoint/fim
const FIM = {
  id: '447e3e0d457e42e98248b5d2ef52a2a3',
  object: 'chat.completion',
  created: 1_759_496_862,
  model: 'codestral-2508',
};
export const chatText = json({
  ...FIM,
  usage: COUNTED,
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: ' upon', tool_calls: null } },
  ],
});
export const chatTextStream = events(
  [
    { ...FIM, choices: [{ index: 0, delta: { role: 'assistant', content: ' upon' }, finish_reason: null }] },
    { ...FIM, choices: [{ index: 0, delta: { content: '' }, finish_reason: 'stop' }], usage: COUNTED },
  ],
  DONE,
);

// https://platform.openai.com/docs/api-reference/images/create
const IMAGE_USAGE = {
  total_tokens: 100,
  input_tokens: 50,
  output_tokens: 50,
  input_tokens_details: { text_tokens: 10, image_tokens: 40 },
};
const IMAGE_FACTS = { background: 'opaque', output_format: 'png', size: '1024x1024', quality: 'high' };
export const openaiImages = json({
  created: 1_713_833_628,
  data: [{ b64_json: PNG }],
  ...IMAGE_FACTS,
  usage: IMAGE_USAGE,
});
// https://docs.together.ai/reference/post-images-generations
export const bareImages = json({
  id: 'oKD1234',
  model: 'black-forest-labs/FLUX.1-schnell',
  object: 'list',
  data: [{ index: 0, url: 'https://api.together.ai/imgproxy/1.png', type: 'url' }],
});
// https://ai.google.dev/gemini-api/docs/image-generation
export const geminiImages = json({
  candidates: [
    {
      content: { role: 'model', parts: [{ inlineData: { mimeType: 'image/png', data: PNG } }] },
      finishReason: 'STOP',
    },
  ],
  usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1290, totalTokenCount: 1295 },
});
// https://platform.minimax.io/docs/api-reference/image-generation-t2i
export const minimaxImages = json({
  id: '03ff3cd0820949eb8a410056b5f21d38',
  data: { image_urls: ['https://hailuo-image.example/1.png'] },
  metadata: { failed_count: '0', success_count: '1' },
  base_resp: { status_code: 0, status_msg: 'success' },
});
// https://platform.openai.com/docs/api-reference/images-streaming
export const imageStream = (kind: 'image_generation' | 'image_edit'): DocumentedAnswer =>
  events([
    {
      type: `${kind}.partial_image`,
      b64_json: PNG,
      created_at: 1_620_000_000,
      ...IMAGE_FACTS,
      partial_image_index: 0,
    },
    {
      type: `${kind}.completed`,
      b64_json: PNG,
      created_at: 1_620_000_000,
      ...IMAGE_FACTS,
      usage: IMAGE_USAGE,
    },
  ]);

// https://platform.openai.com/docs/api-reference/models/list
export const openaiModels = json({
  object: 'list',
  data: [{ id: 'gpt-5.4', object: 'model', created: 1_686_935_002, owned_by: 'openai' }],
});
export const llamaModels = json({
  models: [
    { name: 'SmolLM2-135M', model: 'SmolLM2-135M', modified_at: '', size: '', capabilities: ['completion'] },
  ],
  object: 'list',
  data: [
    {
      id: 'SmolLM2-135M',
      object: 'model',
      created: 1_796_000_185,
      owned_by: 'llamacpp',
      meta: { n_ctx: 2048 },
    },
  ],
});
// https://docs.cohere.com/reference/list-models
export const cohereModels = json({
  models: [{ name: 'command-a-03-2025', endpoints: ['chat'], context_length: 256000 }],
});

// llama.cpp's server, build 10434: it repeats nothing of the request, and numbers neither events nor their places.
const LLAMA_ITEM = { type: 'message', status: 'completed', id: 'msg_F0CF', role: 'assistant' };
const LLAMA_TEXT = { type: 'output_text', annotations: [], logprobs: [], text: 'Hello there' };
const LLAMA_RESPONSE = {
  id: 'resp_NN4u',
  object: 'response',
  created_at: 1_796_001_063,
  completed_at: 1_796_001_063,
  status: 'completed',
  model: 'SmolLM2-135M',
  output: [{ ...LLAMA_ITEM, content: [LLAMA_TEXT] }],
  usage: {
    input_tokens: 31,
    output_tokens: 2,
    total_tokens: 33,
    input_tokens_details: { cached_tokens: 30 },
  },
};
export const llamaResponse = json(LLAMA_RESPONSE);
const BEGUN = { id: 'resp_NN4u', object: 'response', status: 'in_progress' };
export const llamaResponseStream = events([
  { type: 'response.created', response: BEGUN },
  { type: 'response.in_progress', response: BEGUN },
  { type: 'response.output_item.added', item: { ...LLAMA_ITEM, status: 'in_progress', content: [] } },
  { type: 'response.content_part.added', item_id: 'msg_F0CF', part: { type: 'output_text', text: '' } },
  { type: 'response.output_text.delta', item_id: 'msg_F0CF', delta: 'Hello' },
  { type: 'response.output_text.delta', item_id: 'msg_F0CF', delta: ' there' },
  { type: 'response.output_text.done', item_id: 'msg_F0CF', text: 'Hello there' },
  { type: 'response.content_part.done', item_id: 'msg_F0CF', part: LLAMA_TEXT },
  { type: 'response.output_item.done', item: { ...LLAMA_ITEM, content: [LLAMA_TEXT] } },
  { type: 'response.completed', response: LLAMA_RESPONSE },
]);
