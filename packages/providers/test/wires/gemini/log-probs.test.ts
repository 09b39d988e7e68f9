// Gemini's log probabilities, in OpenAI's place and shape.
import { expect, it } from 'vitest';
import { gemini } from '../../../src/wires/gemini/index.ts';
import { sse } from '../acme.ts';
import { folded, hearWire } from '../hear-wire.ts';

const token = (text: string, logProbability?: number) => ({ token: text, tokenId: 1, logProbability });
const says = (text: string, logprobsResult: unknown, finishReason?: string) => ({
  candidates: [{ content: { parts: [{ text }] }, logprobsResult, finishReason }],
});
const logprobsOf = async (...payloads: readonly object[]): Promise<unknown> =>
  (await folded(await hearWire(gemini, sse(...payloads), {}, { logprobs: true }))).choices[0]?.logprobs;

it('are told token by token, over all payloads', async () => {
  const first = {
    chosenCandidates: [token('a', -0.5), token('b')],
    topCandidates: [{ candidates: [token('a', -0.5), token('c', -2)] }, {}],
  };
  const logprobs = await logprobsOf(
    says('ab', first),
    says('d', { chosenCandidates: [token('d', -1)] }, 'STOP'),
  );
  const told = (text: string, logprob: number) => ({ token: text, logprob, bytes: null });
  expect(logprobs).toEqual({
    content: [
      { ...told('a', -0.5), top_logprobs: [told('a', -0.5), told('c', -2)] },
      { ...told('b', 0), top_logprobs: [] },
      { ...told('d', -1), top_logprobs: [] },
    ],
  });
});

it.each([{}, null, { chosenCandidates: [null, { token: 1 }, { token: 'a', logProbability: 'x' }] }])(
  'are none where none are told: %j',
  async (result) => {
    expect(await logprobsOf(says('a', result, 'STOP'))).toBeNull();
  },
);
