// How Anthropic messages says things: the smallest answers, as its documentation shows them. Source: https://platform.claude.com/docs/en/build-with-claude/streaming
import { ANSWERS_AS, CALL, COUNTS, typed, type WireSpeech } from './wire-speech.ts';

/** Anthropic messages, spoken. */
export const anthropicMessages: WireSpeech = {
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
