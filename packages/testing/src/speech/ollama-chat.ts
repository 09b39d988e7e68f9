// How Ollama chat says things: the smallest answers, as its documentation shows them. Source: https://docs.ollama.com/api/chat
import { ANSWERS_AS, CALL, COUNTS, line, type WireSpeech } from './wire-speech.ts';

/** Ollama chat, spoken. */
export const ollamaChat = ((): WireSpeech => {
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
