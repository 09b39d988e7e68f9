// Gemini, as the service speaks it: events with CRLF and no end mark, or one JSON list.
// Source: https://ai.google.dev/api/generate-content
import {
  ANSWERS_AS,
  COUNTS,
  FAILURE_WORDS,
  type MockAnswer,
  type MockCall,
  type MockWire,
} from './mock-wire.ts';

const FAILURES = {
  overloaded: { code: 503, status: 'UNAVAILABLE' },
  'rate-limit': { code: 429, status: 'RESOURCE_EXHAUSTED' },
} as const;

const answer = (candidate: object): object => ({
  candidates: [candidate],
  usageMetadata: {
    promptTokenCount: COUNTS.input,
    candidatesTokenCount: COUNTS.output,
    totalTokenCount: COUNTS.input + COUNTS.output,
  },
  modelVersion: ANSWERS_AS,
  responseId: 'kit',
});
const parts = (...said: readonly object[]): object => ({
  content: { parts: said, role: 'model' },
  index: 0,
});

/** @param frame makes a payload part of the body. */
const speakWith = (frame: (payload: object) => string, end: string): MockAnswer => ({
  start: () => '',
  text: (text) => frame(answer(parts({ text }))),
  reasoning: (text) => frame(answer(parts({ text, thought: true }))),
  // A call comes whole, with its arguments as a value.
  call: ({ id, name, arguments: args }: MockCall) =>
    frame(answer(parts({ functionCall: { id, name, args: JSON.parse(args) } }))),
  finish: () => frame(answer({ ...parts({ text: '' }), finishReason: 'STOP' })),
  end: () => end,
  failure: (kind) => frame({ error: { message: FAILURE_WORDS[kind], ...FAILURES[kind] } }),
  oddities: () =>
    [
      { candidates: [], usageMetadata: null },
      { candidates: null, promptFeedback: null },
      {},
      answer({ content: null, index: 0 }),
      answer({ content: { role: 'model' }, index: 0, safetyRatings: null, future: null }),
      answer(parts({ text: null })),
    ]
      .map(frame)
      .join(''),
});

/** Google's Gemini. */
export const gemini: MockWire = {
  contentType: 'text/event-stream',
  framing: 'events',
  speak: () => speakWith((payload) => `data: ${JSON.stringify(payload)}\r\n\r\n`, ''),
  speakAsList() {
    let before = '[';
    return speakWith((payload) => {
      const element = `${before}${JSON.stringify(payload, null, 2)}`;
      before = ',\r\n';
      return element;
    }, '\n]');
  },
  whole: (text) => JSON.stringify(answer({ ...parts({ text }), finishReason: 'STOP' })),
  models: JSON.stringify({
    models: [
      {
        name: `models/${ANSWERS_AS}`,
        inputTokenLimit: 1000,
        supportedGenerationMethods: ['generateContent'],
      },
    ],
  }),
};
