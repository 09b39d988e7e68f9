// Who asks when: conversations that begin in bursts, and go on after a while. Made, not recorded, and the same for the same seed.
// That requests come in bursts which a Gamma distribution describes, in conversations, and with answers of very different lengths,
// is what BurstGPT found in the traces of a service: https://arxiv.org/abs/2401.17644
import { createRandom } from '../soak/random.ts';
import { gamma, lognormal } from './distributions.ts';

/** A request of the trace. */
export interface Arrival {
  /** In ms from the beginning. */
  readonly at: number;
  readonly conversation: number;
  /** 0 is the first of its conversation. */
  readonly turn: number;
  /** How long the answer is. */
  readonly tokens: number;
}

/** What the arrivals are drawn from. */
export const SHAPE = {
  /** Requests a second, on average. */
  rate: 12,
  /** Of the Gamma distribution between two new conversations: a coefficient of variation of 2. */
  burstShape: 0.25,
  /** Turns of a conversation, on average. */
  turns: 2.5,
  /** Between two turns, in ms; lognormal. */
  pause: { median: 30_000, sigma: 1 },
  /** Of an answer; lognormal. */
  tokens: { median: 180, sigma: 1 },
  mostTokens: 4096,
};

/** So many requests, in the order of their time. */
export const makeTrace = (count: number, seed: number): readonly Arrival[] => {
  const random = createRandom(seed);
  const arrivals: Arrival[] = [];
  let begin = 0;
  for (let conversation = 0; arrivals.length < 1.2 * count; conversation += 1) {
    begin += gamma((SHAPE.turns / SHAPE.rate) * 1000, SHAPE.burstShape, random);
    let at = begin;
    for (let turn = 0; turn === 0 || random() < 1 - 1 / SHAPE.turns; turn += 1) {
      const tokens = Math.ceil(lognormal(SHAPE.tokens.median, SHAPE.tokens.sigma, random));
      arrivals.push({ at, conversation, turn, tokens: Math.min(tokens, SHAPE.mostTokens) });
      at += lognormal(SHAPE.pause.median, SHAPE.pause.sigma, random);
    }
  }
  return arrivals.sort((a, b) => a.at - b.at).slice(0, count);
};
