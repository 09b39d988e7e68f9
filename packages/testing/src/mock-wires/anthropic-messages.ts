// Anthropic's messages, as the service speaks them: a message, its blocks one after the other, pings in between.
// Source: https://platform.claude.com/docs/en/build-with-claude/streaming
import {
  ANSWERS_AS,
  COUNTS,
  FAILURE_WORDS,
  halves,
  type MockAnswer,
  type MockCall,
  type MockWire,
  typed,
} from './mock-wire.ts';

const MESSAGE = { id: 'msg_kit', type: 'message', role: 'assistant', model: ANSWERS_AS };
const LABELS = { overloaded: 'overloaded_error', 'rate-limit': 'rate_limit_error' } as const;

const speak = (): MockAnswer => {
  let index = -1;
  let open: 'text' | 'thinking' | undefined;

  const begin = (content_block: object): string => {
    index += 1;
    return typed({ type: 'content_block_start', index, content_block });
  };
  const delta = (piece: object): string => typed({ type: 'content_block_delta', index, delta: piece });
  const stop = (): string => typed({ type: 'content_block_stop', index });
  const close = (): string => {
    const kind = open;
    open = undefined;
    if (kind === undefined) return '';
    return (kind === 'thinking' ? delta({ type: 'signature_delta', signature: 'c2lnbmVk' }) : '') + stop();
  };
  const piece = (kind: 'text' | 'thinking', text: string): string => {
    const before = open === kind ? '' : close() + begin({ type: kind, [kind]: '' });
    open = kind;
    return before + delta({ type: `${kind}_delta`, [kind]: text });
  };

  return {
    start: () =>
      typed({
        type: 'message_start',
        message: {
          ...MESSAGE,
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: COUNTS.input, output_tokens: 1 },
        },
      }) + typed({ type: 'ping' }),
    text: (text) => piece('text', text),
    reasoning: (thinking) => piece('thinking', thinking),
    call({ id, name, arguments: args }: MockCall, cut = false, pieces = halves(args)) {
      const argue = (partial_json: string): string => delta({ type: 'input_json_delta', partial_json });
      const opened = close() + begin({ type: 'tool_use', id, name, input: {} }) + argue('');
      if (cut) return opened + pieces.slice(0, -1).map(argue).join('');
      return opened + pieces.map(argue).join('') + stop();
    },
    finish: (reason) =>
      close() +
      typed({
        type: 'message_delta',
        delta: { stop_reason: reason === 'tool' ? 'tool_use' : 'end_turn', stop_sequence: null },
        usage: { output_tokens: COUNTS.output },
      }),
    end: () => typed({ type: 'message_stop' }),
    failure: (kind) => typed({ type: 'error', error: { type: LABELS[kind], message: FAILURE_WORDS[kind] } }),
    oddities: () =>
      typed({ type: 'future_event', nothing: null }) +
      typed({ type: 'ping', nothing: null }) +
      typed({ type: 'message_delta', delta: null, usage: null }) +
      typed({ type: 'content_block_delta', index: 99, delta: null }),
  };
};

/** Anthropic's messages. */
export const anthropicMessages: MockWire = {
  contentType: 'text/event-stream',
  framing: 'events',
  speak,
  whole: (text) =>
    JSON.stringify({
      ...MESSAGE,
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: COUNTS.input, output_tokens: COUNTS.output },
    }),
  models: JSON.stringify({
    data: [{ type: 'model', id: ANSWERS_AS, display_name: 'Kit', created_at: '2026-01-01T00:00:00Z' }],
    has_more: false,
    first_id: ANSWERS_AS,
    last_id: ANSWERS_AS,
  }),
};
