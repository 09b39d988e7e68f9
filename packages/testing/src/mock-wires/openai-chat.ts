// OpenAI's chat completions, as a service speaks them.
// Source: https://platform.openai.com/docs/api-reference/chat/streaming
import {
  ANSWERS_AS,
  CALL,
  COUNTS,
  event,
  FAILURE_WORDS,
  halves,
  type MockAnswer,
  type MockCall,
  type MockWire,
} from './mock-wire.ts';

const ABOUT = { id: 'chatcmpl-kit', created: 1700000000, model: ANSWERS_AS };
const USAGE = {
  prompt_tokens: COUNTS.input,
  completion_tokens: COUNTS.output,
  total_tokens: COUNTS.input + COUNTS.output,
  prompt_tokens_details: null,
};

/** A payload with any fields. */
export const completionChunk = (fields: object): string =>
  event({ ...ABOUT, object: 'chat.completion.chunk', ...fields });

/** A payload of one choice. */
export const choiceChunk = (delta: object, finish: string | null = null, index = 0): string =>
  completionChunk({ choices: [{ index, delta, finish_reason: finish }] });

/** A piece of calls. */
export const callChunk = (...tool_calls: readonly object[]): string => choiceChunk({ tool_calls });

/** The token counts, in a payload of their own. */
export const usageChunk = (): string => completionChunk({ choices: [], usage: USAGE });
/** The token counts, under this wire's names. */
export const OPENAI_USAGE = USAGE;
/** The end mark. */
export const DONE = 'data: [DONE]\n\n';

const FAILURES = {
  overloaded: { type: 'server_error', code: 'overloaded' },
  'rate-limit': { type: 'requests', code: 'rate_limit_exceeded' },
} as const;

const speak = (): MockAnswer => {
  let calls = 0;
  return {
    start: () => choiceChunk({ role: 'assistant', content: '' }),
    text: (content) => choiceChunk({ content }),
    reasoning: (piece) => choiceChunk({ reasoning_content: piece }),
    call({ id, name, arguments: args }: MockCall, cut = false, pieces = halves(args)) {
      const index = calls++;
      return (
        callChunk({ index, id, type: 'function', function: { name, arguments: '' } }) +
        (cut ? pieces.slice(0, -1) : pieces)
          .map((piece) => callChunk({ index, function: { arguments: piece } }))
          .join('')
      );
    },
    finish: (reason) => choiceChunk({}, reason === 'tool' ? 'tool_calls' : 'stop') + usageChunk(),
    end: () => DONE,
    failure: (kind) => event({ error: { message: FAILURE_WORDS[kind], param: null, ...FAILURES[kind] } }),
    oddities: () =>
      [
        { choices: [] },
        { choices: null, usage: null },
        {},
        { choices: [{ index: 0, delta: null, finish_reason: null, logprobs: null }] },
        { choices: [{ index: 0 }] },
        { choices: [{ index: 0, delta: { content: null, tool_calls: null, refusal: null } }], future: null },
        { choices: [], usage: { ...USAGE, completion_tokens_details: null } },
      ]
        .map(completionChunk)
        .join(''),
  };
};

/** OpenAI's chat completions. */
export const openaiChat: MockWire = {
  contentType: 'text/event-stream',
  framing: 'events',
  speak,
  whole: (content) =>
    JSON.stringify({
      ...ABOUT,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content, refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: USAGE,
    }),
  models: JSON.stringify({
    object: 'list',
    data: [{ id: ANSWERS_AS, object: 'model', created: 1700000000, owned_by: 'kit' }],
  }),
};

/** A second call, for answers that make two. */
export const SECOND_CALL: MockCall = { ...CALL, id: 'call_kit_2', arguments: '{"city":"Rome"}' };
