// Ollama's chat, as the server speaks it: lines of JSON, the last one `done`.
// Source: https://docs.ollama.com/api/chat
import {
  ANSWERS_AS,
  COUNTS,
  FAILURE_WORDS,
  type MockAnswer,
  type MockCall,
  type MockWire,
} from './mock-wire.ts';

const ABOUT = { model: ANSWERS_AS, created_at: '2026-01-01T00:00:00.000000Z' };
const LAST = {
  done: true,
  done_reason: 'stop',
  total_duration: 5_000_000,
  load_duration: 1_000_000,
  prompt_eval_count: COUNTS.input,
  prompt_eval_duration: 1_000_000,
  eval_count: COUNTS.output,
  eval_duration: 3_000_000,
};

const line = (payload: object): string => `${JSON.stringify(payload)}\n`;
const said = (message: object | null, more: object = {}): string =>
  line({
    ...ABOUT,
    message: message === null ? null : { role: 'assistant', content: '', ...message },
    done: false,
    ...more,
  });

const speak = (): MockAnswer => {
  let calls = 0;
  return {
    start: () => said({}),
    text: (content) => said({ content }),
    reasoning: (thinking) => said({ thinking }),
    // A call comes whole, with its arguments as a value.
    call: ({ id, name, arguments: args }: MockCall) =>
      said({
        tool_calls: [{ id, function: { index: calls++, name, arguments: JSON.parse(args) } }],
      }),
    finish: () => said({}, LAST),
    end: () => '',
    failure: (kind) => line({ error: FAILURE_WORDS[kind] }),
    oddities: () =>
      said(null) +
      said({ content: null, thinking: null, tool_calls: null }) +
      said({ images: null, future: null }, { logprobs: null, eval_count: null }) +
      line({ ...ABOUT, done: false }),
  };
};

/** Ollama's own chat. */
export const ollamaChat: MockWire = {
  contentType: 'application/x-ndjson',
  framing: 'lines',
  speak,
  whole: (content) => JSON.stringify({ ...ABOUT, message: { role: 'assistant', content }, ...LAST }),
  models: JSON.stringify({ models: [{ name: ANSWERS_AS, model: ANSWERS_AS, size: 1000 }] }),
};
