// What services add is in no type: it is read by one function, from any part of an answer.
import { expect, it } from 'vitest';
import type { StreamEvent } from '../src/event.ts';
import { createProjector, extraOf, fold } from '../src/index.ts';

const events: readonly StreamEvent[] = [
  {
    type: 'answer-start',
    model: 'm',
    extra: { chunk: { x_service: { region: 'eu' }, system_fingerprint: 'f' } },
  },
  {
    type: 'text-delta',
    text: 'hi',
    extra: { choice: { content_filter_results: {} }, delta: { mood: 'glad' } },
  },
  { type: 'finish', reason: 'stop' },
];

it('reads the fields without a type of chunks, choices and deltas, and none of the others', () => {
  const project = createProjector();
  const [first, second] = events.map(project);
  if (first === undefined || second === undefined) throw new Error('there are no chunks');
  expect(extraOf(first)).toEqual({ x_service: { region: 'eu' } });
  expect(extraOf(second.choices[0])).toEqual({ content_filter_results: {} });
  expect(extraOf(second.choices[0]?.delta)).toEqual({ mood: 'glad' });
  expect(extraOf(undefined)).toEqual({});
});

it('reads those of a whole answer', async () => {
  async function* batches() {
    yield events;
  }
  const answer = await fold(batches());
  expect(extraOf(answer)).toEqual({ x_service: { region: 'eu' } });
  expect(answer.system_fingerprint).toBe('f');
  expect(extraOf(answer.choices[0])).toEqual({ content_filter_results: {} });
  expect(extraOf(answer.choices[0]?.message)).toEqual({ mood: 'glad' });
});

it('reads what a service counts besides tokens', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, queue_time: 0.1 };
  expect(extraOf(usage)).toEqual({ queue_time: 0.1 });
});
