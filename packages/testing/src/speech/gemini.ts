// How Gemini says things: the smallest answers, as its documentation shows them. Source: https://ai.google.dev/api/generate-content
import { ANSWERS_AS, CALL, COUNTS, type WireSpeech } from './wire-speech.ts';

/** Gemini, spoken. */
export const gemini = ((): WireSpeech => {
  const answer = (part: object, more: object = {}): object => ({
    candidates: [{ content: { parts: [part], role: 'model' }, index: 0, ...more }],
    usageMetadata: {
      promptTokenCount: COUNTS.input,
      candidatesTokenCount: COUNTS.output,
      totalTokenCount: 12,
    },
    modelVersion: ANSWERS_AS,
    responseId: 'kit',
  });
  const crlf = (payload: object): string => `data: ${JSON.stringify(payload)}\r\n\r\n`;
  return {
    contentType: 'text/event-stream',
    start: '',
    text: (text) => crlf(answer({ text })),
    reasoning: (text) => crlf(answer({ text, thought: true })),
    call: crlf(answer({ functionCall: { id: CALL.id, name: CALL.name, args: JSON.parse(CALL.arguments) } })),
    finish: () => crlf(answer({ text: '' }, { finishReason: 'STOP' })),
    end: '',
    error: (text) => crlf({ error: { code: 503, message: text, status: 'UNAVAILABLE' } }),
    whole: (text) => JSON.stringify(answer({ text }, { finishReason: 'STOP' })),
    models: JSON.stringify({ models: [{ name: `models/${ANSWERS_AS}`, inputTokenLimit: 1000 }] }),
  };
})();
