// The fuzzing in short, with a fixed seed. And the fuzzing itself: wires that are lax, lossy or stuck on purpose are caught.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Batch, Provider, StreamEvent } from '@g4f/core';
import { describe, expect, it } from 'vitest';
import { streamedAnswers } from '../src/fuzz/answers.ts';
import type { Dress } from '../src/fuzz/dress.ts';
import { fuzz } from '../src/fuzz/fuzz.ts';
import { type Delivery, play, providerOf } from '../src/fuzz/play.ts';
import { checkAnything, checkCut, checkHarmless, type End } from '../src/fuzz/properties.ts';
import { mayBeWhole } from '../src/fuzz/sign.ts';
import { supervise } from '../src/fuzz/supervise.ts';
import { WIRES } from '../src/wires.ts';

const answers = streamedAnswers(process.env.G4F_TAPES);
const standard = streamedAnswers(undefined);
const AT_ONCE: Delivery = { sizes: [Number.MAX_SAFE_INTEGER], ends: 'end' };
const PLAIN: Dress = { ends: ['\n'], besides: [], marked: false, blanks: true, open: false };

it('no change of the bytes makes a reader hang, or take a damaged answer for a whole one', async () => {
  const ends = new Map<End, number>();
  const broken = await fuzz({
    answers,
    runs: 200,
    seed: 1,
    ended: (end) => ends.set(end, (ends.get(end) ?? 0) + 1),
  });
  expect(broken).toBeUndefined();
  // All kinds of end are seen, so that the properties are about something.
  expect(ends.get('complete')).toBeGreaterThan(200);
  expect(ends.get('stream-truncated')).toBeGreaterThan(50);
  expect(ends.get('bad-response')).toBeGreaterThan(20);
  expect(ends.get('network')).toBeGreaterThan(20);
});

describe.each(WIRES)('the sign of a whole answer on $wire', ({ wire }) => {
  const own = standard.filter((answer) => answer.wire === wire);

  it.each(own.map((answer) => [answer.name, answer] as const))(
    'is in %s, and not in its first half',
    (_, { body }) => {
      expect(mayBeWhole(wire, Buffer.from(body))).toBe(true);
      expect(mayBeWhole(wire, Buffer.from(body).subarray(0, body.length / 2))).toBe(false);
    },
  );
});

describe('what is caught', () => {
  const [answer] = standard.filter(({ name }) => name === 'openai-chat: a text');
  if (answer === undefined) throw new Error('there is no such answer');

  /** Plays to a provider that is changed. */
  const playTo =
    (change: (provider: Provider) => Provider): typeof play =>
    (asked, bytes, delivery) =>
      play(asked, bytes, delivery, async (...given) => change(await providerOf(...given)));
  const saying = (chat: () => AsyncIterable<Batch>) => playTo((provider) => ({ ...provider, chat }));
  /** Another event in place of each; nothing in place of undefined. */
  const changing = (change: (event: StreamEvent) => StreamEvent | undefined) =>
    playTo(({ chat, ...provider }) => ({
      ...provider,
      async *chat(request, context) {
        for await (const batch of chat?.(request, context) ?? [])
          yield batch.map(change).filter((event) => event !== undefined);
      },
    }));
  const START: StreamEvent = { type: 'answer-start', model: 'm' };
  const cutBy = (playIt: typeof play) => checkCut(answer, 0.5, PLAIN, AT_ONCE, playIt);
  const anything = (playIt: typeof play) =>
    checkAnything(answer, [{ kind: 'cut', at: 0.5 }], PLAIN, AT_ONCE, playIt);

  it('a wire that takes the end of the body for the end of the answer', async () => {
    const lax = playTo(({ chat, ...provider }) => ({
      ...provider,
      async *chat(request, context) {
        try {
          yield* chat?.(request, context) ?? [];
        } catch {
          yield [{ type: 'finish', reason: 'stop' }];
        }
      },
    }));
    await expect(anything(lax)).rejects.toMatchObject({ breach: 'unjustified' });
    await expect(cutBy(lax)).rejects.toMatchObject({ breach: 'unjustified' });
  });

  it('a wire that hands out a finish before it knows that the answer is whole', async () => {
    const early = saying(async function* () {
      yield [START, { type: 'tool-call-delta', key: 'a' }, { type: 'finish', reason: 'tool_calls' }];
      yield [{ type: 'text-delta', text: '', choice: 1 }];
    });
    await expect(cutBy(early)).rejects.toMatchObject({ breach: 'unjustified' });
  });

  it('a wire that throws what is no G4FError', async () => {
    const bug = saying(() => {
      throw new TypeError('x is not a function');
    });
    await expect(anything(bug)).rejects.toMatchObject({ breach: 'untyped' });
  });

  it('a wire that loses a word, or says one that nobody said', async () => {
    const lossy = changing((event) => (event.type === 'text-delta' ? undefined : event));
    await expect(checkHarmless(answer, PLAIN, AT_ONCE, lossy)).rejects.toMatchObject({ breach: 'changed' });
    const inventive = changing((event) => (event.type === 'text-delta' ? { ...event, text: '!' } : event));
    await expect(cutBy(inventive)).rejects.toMatchObject({ breach: 'changed' });
  });

  it('a thread that is stuck in a loop, which is ended', async () => {
    const thread = new Worker(
      `require('worker_threads').parentPort.postMessage({ kind: 'begins', run: { answer: 'a' }, seed: 7 });
      for (;;);`,
      { eval: true },
    );
    // What it tells is handed on when it has come: however busy the machine is, nothing but the loop follows.
    const [begins] = await once(thread, 'message');
    const account = supervise(thread, 50);
    thread.emit('message', begins);
    const { broken } = await account;
    expect(broken).toMatchObject({ breach: 'hung', run: { answer: 'a' }, seed: 7 });
  });

  it('nothing, where all is well', async () => {
    expect(await checkHarmless(answer, PLAIN, AT_ONCE)).toBe('complete');
    expect(await checkCut(answer, 0.5, PLAIN, AT_ONCE)).toBe('stream-truncated');
  });
});
