// Reads what a service adds to OpenAI's shapes: fields that no type here names.
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChunkChoice,
  ChunkDelta,
  CompletionChoice,
  CompletionMessage,
} from './completion.ts';
import type { Fields } from './event.ts';
import type { Usage } from './usage.ts';

/** A part of an answer to which services add fields of their own. */
export type Extensible =
  | ChatCompletion
  | ChatCompletionChunk
  | ChunkChoice
  | ChunkDelta
  | CompletionChoice
  | CompletionMessage
  | Usage;

type KeysOf<Part> = Part extends unknown ? keyof Part : never;

/** Every field of those parts that has a type. */
const TYPED: Readonly<Record<KeysOf<Extensible>, true>> = {
  _headers: true,
  _request_id: true,
  annotations: true,
  audio: true,
  cached: true,
  choices: true,
  completion_tokens: true,
  completion_tokens_details: true,
  content: true,
  content_parts: true,
  cost: true,
  cost_basis: true,
  created: true,
  delta: true,
  finish_reason: true,
  id: true,
  images: true,
  index: true,
  logprobs: true,
  message: true,
  model: true,
  native: true,
  native_finish_reason: true,
  object: true,
  prompt_tokens: true,
  prompt_tokens_details: true,
  provider: true,
  reasoning: true,
  reasoning_details: true,
  refusal: true,
  requested_model: true,
  role: true,
  service_tier: true,
  system_fingerprint: true,
  tool_calls: true,
  total_tokens: true,
  usage: true,
  warnings: true,
};

/**
 * The fields that the service added under names of its own to a chunk, an answer, a choice, a delta, a message or a
 * usage: `extraOf(answer).x_groq`, `extraOf(chunk.choices[0]).content_filter_results`. They stand where the service put
 * them; this gives them a type, `unknown`, to be checked by the program. Empty where nothing was added.
 */
export const extraOf = (part: Extensible | undefined): Fields =>
  Object.fromEntries(Object.entries(part ?? {}).filter(([name]) => !Object.hasOwn(TYPED, name)));
