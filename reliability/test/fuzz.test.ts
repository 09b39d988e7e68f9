// The fuzzing in short, with a fixed seed. And the fuzzing itself: a wire that is lax on purpose is caught.
import type { Batch, Provider } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { type StreamedAnswer, streamedAnswers } from '../src/fuzz/answers.ts';
import { fuzz } from '../src/fuzz/fuzz.ts';
import { type Delivery, play, providerOf } from '../src/fuzz/play.ts';
import { checkAnything, checkCut, checkHarmless } from '../src/fuzz/properties.ts';

const answers = streamedAnswers(process.env.G4F_TAPES);
const AT_ONCE: Delivery = { sizes: [Number.MAX_SAFE_INTEGER], ends: 'end' };

it('no change of the bytes makes a reader hang, or take a damaged answer for a whole one', async () => {
  const ends = new Map<string, number>();
  await fuzz({ answers, runs: 400, seed: 1, ended: (end) => ends.set(end, (ends.get(end) ?? 0) + 1) });
  // Both kinds of end are seen, so that the properties are about something.
  expect(ends.get('complete')).toBeGreaterThan(400);
  expect(ends.get('stream-truncated')).toBeGreaterThan(100);
  expect(ends.get('bad-response')).toBeGreaterThan(20);
});

describe('what is caught', () => {
  const [answer] = answers;
  if (answer === undefined) throw new Error('there are no answers');

  /** Plays to a backend that is changed. */
  const playTo =
    (change: (provider: Provider) => Provider): typeof play =>
    (asked, bytes, delivery) =>
      play(asked, bytes, delivery, async (...given) => change(await providerOf(...given)));
  const saying = (chat: () => AsyncIterable<Batch>) => playTo((provider) => ({ ...provider, chat }));
  const anything = (playIt: typeof play) => checkAnything(answer, [{ kind: 'cut', at: 0 }], AT_ONCE, playIt);

  it('a wire that takes the end of the body for the end of the answer', async () => {
    const lax = saying(async function* () {
      yield [
        { type: 'answer-start', model: 'm' },
        { type: 'finish', reason: 'stop' },
      ];
    });
    await expect(anything(lax)).rejects.toThrow('nothing in its bytes says so');
  });

  it('a wire that throws what is no G4FError, or a message of several lines', async () => {
    const bug = saying(() => {
      throw new TypeError('x is not a function');
    });
    await expect(anything(bug)).rejects.toThrow('a bug of ours');
  });

  it('another text, and another end', async () => {
    const half: StreamedAnswer = { ...answer, body: answer.body.slice(0, answer.body.length / 2) };
    await expect(checkHarmless(half, [{ kind: 'cut', at: 0.5 }], AT_ONCE)).rejects.toThrow(
      'was heard instead of',
    );
    await expect(checkHarmless(answer, [{ kind: 'cut', at: 0.9 }], AT_ONCE)).rejects.toThrow();
  });

  it('nothing, where all is well', async () => {
    expect(await checkHarmless(answer, [], AT_ONCE)).toBe('complete');
    expect(await checkCut(answer, 0.5, AT_ONCE)).toBe('stream-truncated');
  });
});
