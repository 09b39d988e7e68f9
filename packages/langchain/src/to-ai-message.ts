// What a model answers, as messages of LangChain.
import type { ChatCompletion, ChatCompletionChunk, Usage } from '@g4f/client';
import {
  AIMessage,
  AIMessageChunk,
  type AIMessageFields,
  type StandardMessageStructure,
  type UsageMetadata,
} from '@langchain/core/messages';

type Choice = ChatCompletion['choices'][number];
type ChunkChoice = ChatCompletionChunk['choices'][number];
type Call = NonNullable<Choice['message']['tool_calls']>[number];

/** A whole answer. Calls that were cut, or are not JSON, are `invalid_tool_calls`, so that nobody runs them. */
export const toAIMessage = (answer: ChatCompletion, choice: Choice): AIMessage => {
  const calls = (choice.message.tool_calls ?? []).map((call) => ({ call, args: argumentsOf(call, choice) }));
  const { content, refusal, reasoning } = choice.message;
  const fields: AIMessageFields<StandardMessageStructure> = {
    id: answer.id,
    content: content || refusal || '',
    tool_calls: calls.flatMap(({ call: { id, function: fn }, args }) =>
      args === undefined ? [] : [{ type: 'tool_call' as const, id, name: fn.name, args }],
    ),
    invalid_tool_calls: calls.flatMap(({ call: { id, function: fn }, args }) =>
      args === undefined
        ? [{ type: 'invalid_tool_call' as const, id, name: fn.name, args: fn.arguments, error: WRONG }]
        : [],
    ),
    additional_kwargs: {
      ...(reasoning && { reasoning_content: reasoning }),
      ...(refusal && { refusal }),
      ...keptOf(choice),
    },
    ...factsOf(answer, choice),
  };
  return new AIMessage(fields);
};

/** A piece of an answer; undefined where it says nothing. A refusal is text, and told as one besides. */
export const toChunk = (id: string, choice?: ChunkChoice): AIMessageChunk | undefined => {
  const { content, reasoning, refusal } = choice?.delta ?? {};
  if (!content && !reasoning && !refusal) return undefined;
  return new AIMessageChunk({
    id,
    content: content || refusal || '',
    additional_kwargs: { ...(reasoning && { reasoning_content: reasoning }), ...(refusal && { refusal }) },
  });
};

/**
 * The last chunk of a stream: its calls, and what is known at the end. LangChain mends arguments that are not whole, unless the
 * call has no id: then it is among `invalid_tool_calls`.
 */
export const toLastChunk = (answer: ChatCompletion, choice: Choice): AIMessageChunk =>
  new AIMessageChunk<StandardMessageStructure>({
    id: answer.id,
    content: '',
    tool_call_chunks: (choice.message.tool_calls ?? []).map((call, index) => ({
      type: 'tool_call_chunk',
      index,
      name: call.function.name,
      args: call.function.arguments,
      ...(argumentsOf(call, choice) !== undefined && { id: call.id }),
    })),
    additional_kwargs: keptOf(choice),
    ...factsOf(answer, choice),
  });

const WRONG = 'The arguments are not whole, or not JSON.';

/** Undefined for what must not be run: what has been cut may be JSON all the same, of other arguments than were meant. */
function argumentsOf(call: Call, { finish_reason: reason }: Choice): Record<string, unknown> | undefined {
  if (reason === 'length' || reason === 'content_filter') return undefined;
  try {
    // Many models write nothing where there are no arguments.
    const args: unknown = JSON.parse(call.function.arguments.trim() || '{}');
    return typeof args === 'object' && args !== null && !Array.isArray(args) ? { ...args } : undefined;
  } catch {
    return undefined;
  }
}

/** What the service wants back with the next request, of each call by its id. */
function keptOf({ message: { reasoning_details, tool_calls = [] } }: Choice): Record<string, unknown> {
  const fields = tool_calls.flatMap(({ id, type: _, function: __, custom: ___, ...others }) =>
    Object.keys(others).length > 0 ? [[id, others] as const] : [],
  );
  return {
    ...(reasoning_details !== undefined && { reasoning_details }),
    ...(fields.length > 0 && { tool_call_fields: Object.fromEntries(fields) }),
  };
}

/** Who answered, why it ended, and the token counts. */
function factsOf(answer: ChatCompletion, { finish_reason, logprobs }: Choice) {
  const { provider, model, requested_model, usage, warnings, cached } = answer;
  const cost = usage?.cost;
  const told = { requested_model, warnings, cached, logprobs, cost, cost_basis: usage?.cost_basis };
  return {
    response_metadata: {
      model_name: model,
      provider,
      finish_reason,
      ...Object.fromEntries(Object.entries(told).filter(([, value]) => value != null)),
    },
    ...(usage !== undefined && { usage_metadata: usageOf(usage) }),
  };
}

function usageOf(usage: Usage): UsageMetadata {
  const {
    cached_tokens: read,
    cache_write_tokens: written,
    audio_tokens: heard,
  } = usage.prompt_tokens_details ?? {};
  const { reasoning_tokens: reasoning, audio_tokens: said } = usage.completion_tokens_details ?? {};
  return {
    input_tokens: usage.prompt_tokens,
    output_tokens: usage.completion_tokens,
    total_tokens: usage.total_tokens,
    input_token_details: {
      ...(read !== undefined && { cache_read: read }),
      ...(written !== undefined && { cache_creation: written }),
      ...(heard !== undefined && { audio: heard }),
    },
    output_token_details: {
      ...(reasoning !== undefined && { reasoning }),
      ...(said !== undefined && { audio: said }),
    },
  };
}
