// How OpenAI chat completions says things: the smallest answers, as its documentation shows them. Source: https://platform.openai.com/docs/api-reference/chat/streaming
import { ANSWERS_AS, CALL, COUNTS, event, type WireSpeech } from './wire-speech.ts';

/** A list of models in OpenAI's form. */
export const MODELS = JSON.stringify({
  object: 'list',
  data: [{ id: ANSWERS_AS, object: 'model', owned_by: 'kit' }],
});

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

/** OpenAI chat completions, spoken. */
export const openaiChat: WireSpeech = {
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
  models: MODELS,
};
