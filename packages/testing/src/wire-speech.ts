// How each wire says things: the smallest answers that a service of that protocol gives, as its documentation shows them.

/** What is called in the answers that call something. */
export const CALL = { id: 'call_kit_1', name: 'get_weather', arguments: '{"city":"Paris"}' } as const;
/** Token counts of every answer. */
export const COUNTS = { input: 7, output: 5 } as const;
/** The model that answers. */
export const ANSWERS_AS = 'kit-model-1';

/** One protocol, spoken. Each member is a piece of a body. */
export interface WireSpeech {
  readonly contentType: string;
  /** What comes before the first content. */
  readonly start: string;
  text(piece: string): string;
  /** Absent where the protocol has no place for reasoning. */
  reasoning?(piece: string): string;
  /** The call {@link CALL}, whole. */
  readonly call: string;
  /** Why the answer ended, with its token counts. */
  finish(reason: 'stop' | 'tool'): string;
  /** The protocol's end mark; '' where it has none, or where it stands in the finish. */
  readonly end: string;
  /** A failure reported inside the stream. */
  error(message: string): string;
  /** An answer in one piece. */
  whole(text: string): string;
  /** A list with the model `kit-model-1`. */
  readonly models: string;
}

const event = (payload: object, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(payload)}\n\n`;
const typed = (payload: { readonly type: string; readonly [field: string]: unknown }): string =>
  event(payload, payload.type);
const line = (payload: object): string => `${JSON.stringify(payload)}\n`;

// Source: https://platform.openai.com/docs/api-reference/chat/streaming
const chunk = (delta: object, finish: string | null = null, more: object = {}): string =>
  event({
    id: 'chatcmpl-kit',
    object: 'chat.completion.chunk',
    created: 1700000000,
    model: ANSWERS_AS,
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  });
const OPENAI_USAGE = { prompt_tokens: COUNTS.input, completion_tokens: COUNTS.output, total_tokens: 12 };

const openaiChat: WireSpeech = {
  contentType: 'text/event-stream',
  start: chunk({ role: 'assistant', content: '' }),
  text: (content) => chunk({ content }),
  reasoning: (piece) => chunk({ reasoning_content: piece }),
  call:
    chunk({
      tool_calls: [{ index: 0, id: CALL.id, type: 'function', function: { name: CALL.name, arguments: '' } }],
    }) + chunk({ tool_calls: [{ index: 0, function: { arguments: CALL.arguments } }] }),
  finish: (reason) => chunk({}, reason === 'tool' ? 'tool_calls' : 'stop', { usage: OPENAI_USAGE }),
  end: 'data: [DONE]\n\n',
  error: (message) => event({ error: { message, type: 'server_error', code: 'overloaded' } }),
  whole: (content) =>
    JSON.stringify({
      id: 'chatcmpl-kit',
      object: 'chat.completion',
      created: 1700000000,
      model: ANSWERS_AS,
      choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
      usage: OPENAI_USAGE,
    }),
  models: JSON.stringify({ object: 'list', data: [{ id: ANSWERS_AS, object: 'model', owned_by: 'kit' }] }),
};

// Source: https://platform.openai.com/docs/api-reference/responses-streaming
const RESPONSE = { id: 'resp_kit', object: 'response', created_at: 1700000000, model: ANSWERS_AS };
const message = (text: string): object => ({
  type: 'message',
  id: 'msg_kit',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const completed = { input_tokens: COUNTS.input, output_tokens: COUNTS.output, total_tokens: 12 };

const openaiResponses: WireSpeech = {
  contentType: 'text/event-stream',
  start: typed({ type: 'response.created', response: { ...RESPONSE, status: 'in_progress', output: [] } }),
  text: (delta) =>
    typed({
      type: 'response.output_text.delta',
      item_id: 'msg_kit',
      output_index: 1,
      content_index: 0,
      delta,
    }),
  reasoning: (delta) =>
    typed({ type: 'response.reasoning_summary_text.delta', item_id: 'rs_kit', output_index: 0, delta }),
  call:
    typed({
      type: 'response.output_item.added',
      output_index: 2,
      item: { type: 'function_call', id: 'fc_kit', call_id: CALL.id, name: CALL.name, arguments: '' },
    }) +
    typed({ type: 'response.function_call_arguments.delta', output_index: 2, delta: CALL.arguments }) +
    typed({
      type: 'response.output_item.done',
      output_index: 2,
      item: {
        type: 'function_call',
        id: 'fc_kit',
        call_id: CALL.id,
        name: CALL.name,
        arguments: CALL.arguments,
      },
    }),
  finish: (reason) =>
    typed({
      type: 'response.completed',
      response: {
        ...RESPONSE,
        status: 'completed',
        output: [reason === 'tool' ? { type: 'function_call', call_id: CALL.id } : message('')],
        usage: completed,
      },
    }),
  end: '',
  error: (text) => typed({ type: 'error', code: 'server_error', message: text }),
  whole: (text) =>
    JSON.stringify({ ...RESPONSE, status: 'completed', output: [message(text)], usage: completed }),
  models: openaiChat.models,
};

// Source: https://platform.claude.com/docs/en/build-with-claude/streaming
const anthropicMessages: WireSpeech = {
  contentType: 'text/event-stream',
  start:
    typed({
      type: 'message_start',
      message: {
        id: 'msg_kit',
        type: 'message',
        role: 'assistant',
        model: ANSWERS_AS,
        content: [],
        stop_reason: null,
        usage: { input_tokens: COUNTS.input, output_tokens: 1 },
      },
    }) + typed({ type: 'ping' }),
  text: (text) =>
    typed({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }) +
    typed({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text } }) +
    typed({ type: 'content_block_stop', index: 1 }),
  reasoning: (thinking) =>
    typed({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } }) +
    typed({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking } }) +
    typed({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } }) +
    typed({ type: 'content_block_stop', index: 0 }),
  call:
    typed({
      type: 'content_block_start',
      index: 2,
      content_block: { type: 'tool_use', id: CALL.id, name: CALL.name, input: {} },
    }) +
    typed({
      type: 'content_block_delta',
      index: 2,
      delta: { type: 'input_json_delta', partial_json: CALL.arguments },
    }) +
    typed({ type: 'content_block_stop', index: 2 }),
  finish: (reason) =>
    typed({
      type: 'message_delta',
      delta: { stop_reason: reason === 'tool' ? 'tool_use' : 'end_turn', stop_sequence: null },
      usage: { output_tokens: COUNTS.output },
    }),
  end: typed({ type: 'message_stop' }),
  error: (text) => typed({ type: 'error', error: { type: 'overloaded_error', message: text } }),
  whole: (text) =>
    JSON.stringify({
      id: 'msg_kit',
      type: 'message',
      role: 'assistant',
      model: ANSWERS_AS,
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      usage: { input_tokens: COUNTS.input, output_tokens: COUNTS.output },
    }),
  models: JSON.stringify({ data: [{ type: 'model', id: ANSWERS_AS, display_name: 'Kit' }], has_more: false }),
};

// Source: https://ai.google.dev/api/generate-content
const gemini = ((): WireSpeech => {
  const answer = (part: object, more: object = {}): object => ({
    candidates: [{ content: { parts: [part], role: 'model' }, index: 0, ...more }],
    usageMetadata: {
      promptTokenCount: COUNTS.input,
      candidatesTokenCount: COUNTS.output,
      totalTokenCount: 12,
    },
    modelVersion: ANSWERS_AS,
    responseId: 'kit',
  });
  const crlf = (payload: object): string => `data: ${JSON.stringify(payload)}\r\n\r\n`;
  return {
    contentType: 'text/event-stream',
    start: '',
    text: (text) => crlf(answer({ text })),
    reasoning: (text) => crlf(answer({ text, thought: true })),
    call: crlf(answer({ functionCall: { id: CALL.id, name: CALL.name, args: JSON.parse(CALL.arguments) } })),
    finish: () => crlf(answer({ text: '' }, { finishReason: 'STOP' })),
    end: '',
    error: (text) => crlf({ error: { code: 503, message: text, status: 'UNAVAILABLE' } }),
    whole: (text) => JSON.stringify(answer({ text }, { finishReason: 'STOP' })),
    models: JSON.stringify({ models: [{ name: `models/${ANSWERS_AS}`, inputTokenLimit: 1000 }] }),
  };
})();

// Source: https://docs.ollama.com/api/chat
const ollamaChat = ((): WireSpeech => {
  const said = (more: object): string =>
    line({ model: ANSWERS_AS, created_at: '2026-01-01T00:00:00Z', done: false, ...more });
  const end = { done: true, done_reason: 'stop', prompt_eval_count: COUNTS.input, eval_count: COUNTS.output };
  return {
    contentType: 'application/x-ndjson',
    start: said({ message: { role: 'assistant', content: '' } }),
    text: (content) => said({ message: { role: 'assistant', content } }),
    reasoning: (thinking) => said({ message: { role: 'assistant', content: '', thinking } }),
    call: said({
      message: {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: CALL.id, function: { name: CALL.name, arguments: JSON.parse(CALL.arguments) } }],
      },
    }),
    finish: () => said({ message: { role: 'assistant', content: '' }, ...end }),
    end: '',
    error: (text) => line({ error: text }),
    whole: (content) =>
      JSON.stringify({
        model: ANSWERS_AS,
        created_at: '2026-01-01T00:00:00Z',
        message: { role: 'assistant', content },
        ...end,
      }),
    models: JSON.stringify({ models: [{ name: ANSWERS_AS, model: ANSWERS_AS }] }),
  };
})();

// Source: https://docs.cohere.com/v2/docs/streaming
const cohereChat = ((): WireSpeech => {
  const usage = { tokens: { input_tokens: COUNTS.input, output_tokens: COUNTS.output } };
  const content = (type: 'text' | 'thinking', index: number, piece: string): string =>
    typed({ type: 'content-start', index, delta: { message: { content: { type, [type]: '' } } } }) +
    typed({ type: 'content-delta', index, delta: { message: { content: { [type]: piece } } } }) +
    typed({ type: 'content-end', index });
  const fn = (args: string): object => ({
    id: CALL.id,
    type: 'function',
    function: { name: CALL.name, arguments: args },
  });
  return {
    contentType: 'text/event-stream',
    start: typed({
      type: 'message-start',
      id: 'kit',
      delta: { message: { role: 'assistant', content: [] } },
    }),
    text: (text) => content('text', 1, text),
    reasoning: (text) => content('thinking', 0, text),
    call:
      typed({ type: 'tool-call-start', index: 0, delta: { message: { tool_calls: fn('') } } }) +
      typed({
        type: 'tool-call-delta',
        index: 0,
        delta: { message: { tool_calls: { function: { arguments: CALL.arguments } } } },
      }) +
      typed({ type: 'tool-call-end', index: 0 }),
    finish: (reason) =>
      typed({
        type: 'message-end',
        delta: { finish_reason: reason === 'tool' ? 'TOOL_CALL' : 'COMPLETE', usage },
      }),
    end: '',
    error: (text) => typed({ type: 'message-end', delta: { finish_reason: 'ERROR', error: text } }),
    whole: (text) =>
      JSON.stringify({
        id: 'kit',
        message: { role: 'assistant', content: [{ type: 'text', text }] },
        finish_reason: 'COMPLETE',
        usage,
      }),
    models: JSON.stringify({ models: [{ name: ANSWERS_AS, endpoints: ['chat'], context_length: 1000 }] }),
  };
})();

/** Every wire of this library, by its name. */
export const WIRE_SPEECH: Readonly<Record<string, WireSpeech>> = {
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  gemini,
  'ollama-chat': ollamaChat,
  'cohere-chat': cohereChat,
};
