// Cohere's chat, version 2, as the service speaks it: events with names, contents opened and closed.
// Source: https://docs.cohere.com/v2/docs/streaming and https://docs.cohere.com/v2/docs/tool-use-streaming
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

const TOKENS = { input_tokens: COUNTS.input, output_tokens: COUNTS.output };
const USAGE = { billed_units: TOKENS, tokens: TOKENS };
/** The service names no kind of failure but these. Source: https://docs.cohere.com/v2/reference/chat-stream */
const REASONS = { overloaded: 'ERROR', 'rate-limit': 'ERROR' } as const;

const inMessage = (type: string, index: number | undefined, message: object): string =>
  typed({ type, ...(index !== undefined && { index }), delta: { message } });

const speak = (): MockAnswer => {
  let contents = -1;
  let calls = -1;
  let open: 'text' | 'thinking' | undefined;

  const close = (): string => {
    if (open === undefined) return '';
    open = undefined;
    return typed({ type: 'content-end', index: contents });
  };
  const piece = (kind: 'text' | 'thinking', text: string): string => {
    let before = '';
    if (open !== kind) {
      before = close();
      contents += 1;
      open = kind;
      before += inMessage('content-start', contents, { content: { type: kind, [kind]: '' } });
    }
    return before + inMessage('content-delta', contents, { content: { [kind]: text } });
  };

  return {
    start: () =>
      typed({
        type: 'message-start',
        id: 'kit',
        delta: { message: { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] } },
      }),
    text: (text) => piece('text', text),
    reasoning: (thinking) => piece('thinking', thinking),
    call({ id, name, arguments: args }: MockCall, cut = false, pieces = halves(args)) {
      const before = close();
      calls += 1;
      const argue = (more: string): string =>
        inMessage('tool-call-delta', calls, { tool_calls: { function: { arguments: more } } });
      const tool_calls = { id, type: 'function', function: { name, arguments: '' } };
      const opened = before + inMessage('tool-call-start', calls, { tool_calls });
      if (cut) return opened + pieces.slice(0, -1).map(argue).join('');
      return opened + pieces.map(argue).join('') + typed({ type: 'tool-call-end', index: calls });
    },
    finish: (reason) =>
      close() +
      typed({
        type: 'message-end',
        delta: { finish_reason: reason === 'tool' ? 'TOOL_CALL' : 'COMPLETE', usage: USAGE },
      }),
    end: () => '',
    failure: (kind) =>
      typed({ type: 'message-end', delta: { finish_reason: REASONS[kind], error: FAILURE_WORDS[kind] } }),
    oddities: () =>
      typed({ type: 'future-event', nothing: null }) +
      typed({ type: 'content-delta', index: 0, delta: null }) +
      inMessage('content-delta', 0, { content: null }) +
      typed({ type: 'debug', delta: { message: null }, logprobs: null }),
  };
};

/** Cohere's chat, version 2. */
export const cohereChat: MockWire = {
  contentType: 'text/event-stream',
  framing: 'events',
  speak,
  whole: (text) =>
    JSON.stringify({
      id: 'kit',
      message: { role: 'assistant', content: [{ type: 'text', text }] },
      finish_reason: 'COMPLETE',
      usage: USAGE,
    }),
  models: JSON.stringify({ models: [{ name: ANSWERS_AS, endpoints: ['chat'], context_length: 1000 }] }),
};
