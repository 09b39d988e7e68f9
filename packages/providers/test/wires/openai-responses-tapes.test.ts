// Recorded answers of services that speak OpenAI's responses give their golden.
import { openaiResponses } from '../../src/wires/openai-responses/index.ts';
import { playTapes } from './play-tapes.ts';

playTapes('openai-responses', openaiResponses, {
  refused: {
    // Its first event was recorded as broken JSON.
    'openai__responses/parallel-tool-call-wrapper.1~stream': 'bad-response',
    // The service reports that the quota is used up.
    'openai__responses/openai-error.1~stream': 'payment-required',
  },
});
