// OpenAI's responses, as the service speaks them: every item and part is opened, told in pieces, and closed.
// Source: https://platform.openai.com/docs/api-reference/responses-streaming

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
import { openaiChat } from './openai-chat.ts';

const RESPONSE = {
  id: 'resp_kit',
  object: 'response',
  created_at: 1700000000,
  model: ANSWERS_AS,
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
};
const USAGE = {
  input_tokens: COUNTS.input,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: COUNTS.output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: COUNTS.input + COUNTS.output,
};
const LABELS = { overloaded: 'server_error', 'rate-limit': 'rate_limit_exceeded' } as const;

const messageItem = (text: string): object => ({
  id: 'msg_kit',
  type: 'message',
  status: 'completed',
  role: 'assistant',
  content: [textPart(text)],
});

const textPart = (text: string): object => ({ type: 'output_text', text, annotations: [], logprobs: [] });

/** Long because its parts share one state: numbers of events and items, and the item that is open. */
const speak = (): MockAnswer => {
  const done: object[] = [];
  let sequence = 0;
  let open: { readonly kind: 'text' | 'reasoning'; said: string } | undefined;

  const say = (type: string, fields: object): string =>
    typed({ type, sequence_number: sequence++, ...fields });
  const at = (): { output_index: number } => ({ output_index: done.length });
  const added = (item: object): string => say('response.output_item.added', { ...at(), item });
  const close = (item: object): string => {
    const closed = say('response.output_item.done', { ...at(), item });
    done.push(item);
    return closed;
  };

  const inText = () => ({ item_id: 'msg_kit', ...at(), content_index: 0 });
  const inSummary = () => ({ item_id: 'rs_kit', ...at(), summary_index: 0 });

  const begin = (kind: 'text' | 'reasoning'): string => {
    if (open?.kind === kind) return '';
    const before = end();
    open = { kind, said: '' };
    return kind === 'text'
      ? before +
          added({ id: 'msg_kit', type: 'message', status: 'in_progress', role: 'assistant', content: [] }) +
          say('response.content_part.added', { ...inText(), part: textPart('') })
      : before +
          added({ id: 'rs_kit', type: 'reasoning', summary: [] }) +
          say('response.reasoning_summary_part.added', {
            ...inSummary(),
            part: { type: 'summary_text', text: '' },
          });
  };
  const end = (): string => {
    if (open === undefined) return '';
    const { kind, said: text } = open;
    open = undefined;
    if (kind === 'text')
      return (
        say('response.output_text.done', { ...inText(), text, logprobs: [] }) +
        say('response.content_part.done', { ...inText(), part: textPart(text) }) +
        close(messageItem(text))
      );
    const part = { type: 'summary_text', text };
    return (
      say('response.reasoning_summary_text.done', { ...inSummary(), text }) +
      say('response.reasoning_summary_part.done', { ...inSummary(), part }) +
      close({ id: 'rs_kit', type: 'reasoning', summary: [part] })
    );
  };
  const piece = (kind: 'text' | 'reasoning', type: string, delta: string): string => {
    const before = begin(kind);
    if (open !== undefined) open.said += delta;
    return before + say(type, { ...(kind === 'text' ? { ...inText(), logprobs: [] } : inSummary()), delta });
  };

  return {
    start: () =>
      ['created', 'in_progress']
        .map((name) =>
          say(`response.${name}`, { response: { ...RESPONSE, status: 'in_progress', output: [] } }),
        )
        .join(''),
    text: (delta) => piece('text', 'response.output_text.delta', delta),
    reasoning: (delta) => piece('reasoning', 'response.reasoning_summary_text.delta', delta),
    call({ id, name, arguments: args }: MockCall, cut = false, pieces = halves(args)) {
      const before = end();
      const item_id = `fc_kit_${done.length}`;
      const item = { id: item_id, type: 'function_call', call_id: id, name };
      const argue = (delta: string): string =>
        say('response.function_call_arguments.delta', { item_id, ...at(), delta });
      const opened = before + added({ ...item, status: 'in_progress', arguments: '' });
      if (cut) return opened + pieces.slice(0, -1).map(argue).join('');
      return (
        opened +
        pieces.map(argue).join('') +
        say('response.function_call_arguments.done', { item_id, ...at(), name, arguments: args }) +
        close({ ...item, status: 'completed', arguments: args })
      );
    },
    finish() {
      const before = end();
      const response = { ...RESPONSE, status: 'completed', output: done, usage: USAGE };
      return before + say('response.completed', { response });
    },
    end: () => '',
    failure: (kind) => say('error', { code: LABELS[kind], message: FAILURE_WORDS[kind], param: null }),
    oddities: () =>
      say('response.future_thing', { nothing: null }) +
      say('response.output_text.delta', { ...inText(), delta: '', logprobs: null }) +
      say('response.queued', { response: null }),
  };
};

/** OpenAI's responses. */
export const openaiResponses: MockWire = {
  contentType: 'text/event-stream',
  framing: 'events',
  speak,
  whole: (text) =>
    JSON.stringify({
      ...RESPONSE,
      status: 'completed',
      output: [messageItem(text)],
      usage: USAGE,
    }),
  models: openaiChat.models,
};
