// How OpenAI responses says things: the smallest answers, as its documentation shows them. Source: https://platform.openai.com/docs/api-reference/responses-streaming
import { MODELS } from './openai-chat.ts';
import { ANSWERS_AS, CALL, COUNTS, typed, type WireSpeech } from './wire-speech.ts';

const RESPONSE = { id: 'resp_kit', object: 'response', created_at: 1700000000, model: ANSWERS_AS };
const message = (text: string): object => ({
  type: 'message',
  id: 'msg_kit',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});
const completed = { input_tokens: COUNTS.input, output_tokens: COUNTS.output, total_tokens: 12 };

/** OpenAI responses, spoken. */
export const openaiResponses: WireSpeech = {
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
  models: MODELS,
};
