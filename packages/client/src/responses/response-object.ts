// The response itself: what it repeats of the request, its token counts, and the text of all its messages.
import type { AnswerStart, ModelResponse, ResponseRequest, ResponseUsage, Usage } from '@g4f/core';
import { isFields } from '../options/plain-value.ts';

/** The response as it begins. Source: https://platform.openai.com/docs/api-reference/responses/object */
export const begunResponse = (request: ResponseRequest, start: AnswerStart | undefined): ModelResponse => ({
  ...repeated(request),
  id: `resp_${newId()}`,
  object: 'response',
  created_at: start?.created || Math.floor(Date.now() / 1000),
  status: 'in_progress',
  model: start?.model || request.model,
  output: [],
  error: null,
  incomplete_details: null,
  // Nothing keeps it.
  store: false,
  background: false,
  ...(start?.provider !== undefined && { provider: start.provider }),
  ...(start?.requestedModel !== undefined && { requested_model: start.requestedModel }),
});

/** What a response repeats of its request, and what OpenAI writes where that leaves it out. */
const REPEATED = {
  instructions: null,
  max_output_tokens: null,
  max_tool_calls: null,
  metadata: {},
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  temperature: null,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 0,
  top_p: null,
  truncation: 'disabled',
};

/** What it repeats where that has it. */
const IF_GIVEN = ['prompt_cache_key', 'safety_identifier', 'user'];

const repeated = (request: ResponseRequest): object =>
  Object.fromEntries([
    ...Object.entries(REPEATED).map(([name, otherwise]) => [name, merged(otherwise, request[name])]),
    ...IF_GIVEN.flatMap((name) => (request[name] == null ? [] : [[name, request[name]]])),
  ]);

/** `reasoning` and `text` have fields that may be left out each by itself. */
const merged = (otherwise: unknown, given: unknown): unknown =>
  isFields(otherwise) && isFields(given) ? { ...otherwise, ...given } : (given ?? otherwise);

/** What every response of OpenAI's has. Source: https://platform.openai.com/docs/api-reference/responses/object */
const ALWAYS = [
  'instructions',
  'metadata',
  'parallel_tool_calls',
  'temperature',
  'tool_choice',
  'tools',
  'top_p',
];

/** A response as its service wrote it. One of a server that leaves out what OpenAI's always has gets these fields. */
export const withRequest = (response: ModelResponse, request: ResponseRequest): ModelResponse => {
  const asked = Object.entries(repeated(request)).filter(([name]) => ALWAYS.includes(name));
  const { usage } = response;
  return {
    ...Object.fromEntries(asked),
    error: null,
    incomplete_details: null,
    ...response,
    ...(usage != null && { usage: { ...UNCOUNTED, ...usage } }),
  };
};

const UNCOUNTED = {
  input_tokens_details: { cached_tokens: 0 },
  output_tokens_details: { reasoning_tokens: 0 },
};

/** A name for an item or a response. */
export const newId = (): string => crypto.randomUUID().replaceAll('-', '');

/** Token counts of a chat in the words of a response. */
export const toResponseUsage = (usage: Usage): ResponseUsage => ({
  input_tokens: usage.prompt_tokens,
  input_tokens_details: { cached_tokens: usage.prompt_tokens_details?.cached_tokens ?? 0 },
  output_tokens: usage.completion_tokens,
  output_tokens_details: { reasoning_tokens: usage.completion_tokens_details?.reasoning_tokens ?? 0 },
  total_tokens: usage.total_tokens,
  ...costIn(usage),
});

/** The same the other way round, for observers. */
export const toChatUsage = (usage: ResponseUsage): Usage => ({
  prompt_tokens: usage.input_tokens,
  completion_tokens: usage.output_tokens,
  total_tokens: usage.total_tokens,
  prompt_tokens_details: { cached_tokens: usage.input_tokens_details?.cached_tokens ?? 0 },
  completion_tokens_details: { reasoning_tokens: usage.output_tokens_details?.reasoning_tokens ?? 0 },
  ...costIn(usage),
});

const costIn = ({ cost, cost_basis: basis }: Usage | ResponseUsage): Partial<Usage> => ({
  ...(cost !== undefined && { cost }),
  ...(basis !== undefined && { cost_basis: basis }),
});
