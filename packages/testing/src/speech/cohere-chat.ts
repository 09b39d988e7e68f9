// How Cohere v2 chat says things: the smallest answers, as its documentation shows them. Source: https://docs.cohere.com/v2/docs/streaming
import { ANSWERS_AS, CALL, COUNTS, typed, type WireSpeech } from './wire-speech.ts';

/** Cohere v2 chat, spoken. */
export const cohereChat = ((): WireSpeech => {
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
