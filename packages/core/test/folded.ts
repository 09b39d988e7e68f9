// Folds what a test says into one answer: between a start and a good end.
import type { Batch, ChatCompletion, StreamEvent } from '../src/index.ts';
import { fold } from '../src/index.ts';

export async function* inBatches(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

export const START = {
  type: 'answer-start',
  id: 'a1',
  model: 'm',
  provider: 'acme',
  created: 7,
} as const satisfies StreamEvent;
export const STOP = { type: 'finish', reason: 'stop' } as const satisfies StreamEvent;

export const folded = (...events: readonly StreamEvent[]): Promise<ChatCompletion> =>
  fold(inBatches([[START], [...events, STOP]]));
export const text = (said: string, choice = 0): StreamEvent => ({ type: 'text-delta', text: said, choice });
