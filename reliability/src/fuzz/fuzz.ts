// Runs the properties many times, each time on another answer, in other pieces, and with other changes.
import type { WireName } from '@g4f/providers';
import fc from 'fast-check';
import type { Framing, StreamedAnswer } from './answers.ts';
import { type Dress, eventsDress, linesDress, listDress } from './dress.ts';
import { anyMutation } from './mutations.ts';
import { place } from './place.ts';
import type { Delivery } from './play.ts';
import { type Breach, checkAnything, checkCut, checkHarmless, type End, Violation } from './properties.ts';

/** How much. */
export interface FuzzOptions {
  readonly answers: readonly StreamedAnswer[];
  /** Of each property. */
  readonly runs: number;
  readonly seed: number;
  /** Is told what is played, before it is. */
  readonly begins?: (run: object) => void;
  /** Is told how each run ended. */
  readonly ended?: (end: End) => void;
}

/** The smallest case that breaks a property, and what gives it again. */
export interface Broken {
  readonly breach: Breach;
  readonly why: string;
  readonly property: string;
  /** The answer's name, and what was done to it. */
  readonly run: object;
  readonly seed: number;
  readonly path: string;
}

const DRESS: Readonly<Record<Framing, fc.Arbitrary<Dress>>> = {
  events: eventsDress,
  lines: linesDress,
  list: listDress,
};

const sizes: fc.Arbitrary<readonly number[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([Number.MAX_SAFE_INTEGER]) },
  { weight: 1, arbitrary: fc.constant([1]) },
  // The first is above 0, because nothing but empty reads would never end.
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 400 }), fc.array(fc.nat(200), { maxLength: 7 }))
      .map(([size, more]) => [size, ...more]),
  },
);
const delivery: fc.Arbitrary<Delivery> = fc.record({
  sizes,
  ends: fc.constantFrom('end' as const, 'reset' as const),
});

/** Every wire as often as any other, however many answers there are of it. */
const answersOf = (answers: readonly StreamedAnswer[]): fc.Arbitrary<StreamedAnswer> => {
  const wires = new Map<WireName, StreamedAnswer[]>();
  for (const answer of answers) wires.set(answer.wire, [...(wires.get(answer.wire) ?? []), answer]);
  // Not shrunk, because another answer is not a smaller one.
  return fc.noShrink(fc.oneof(...[...wires.values()].map((own) => fc.constantFrom(...own))));
};

interface Run {
  readonly answer: StreamedAnswer;
  readonly dress: Dress;
  readonly delivery: Delivery;
}

/** Every property, so many times. @returns the first that is broken */
export const fuzz = async (options: FuzzOptions): Promise<Broken | undefined> => {
  const run = answersOf(options.answers).chain((answer) =>
    fc.record({ answer: fc.constant(answer), dress: DRESS[answer.framing], delivery }),
  );
  const damage = fc.array(anyMutation, { minLength: 1, maxLength: 4 });
  return (
    (await hold(options, 'any damage', fc.tuple(run, damage), ([{ answer, ...as }, mutations]) =>
      checkAnything(answer, mutations, as.dress, as.delivery),
    )) ??
    (await hold(options, 'no damage', fc.tuple(run, fc.constant([])), ([{ answer, ...as }]) =>
      checkHarmless(answer, as.dress, as.delivery),
    )) ??
    (await hold(options, 'a cut', fc.tuple(run, place), ([{ answer, ...as }, at]) =>
      checkCut(answer, at, as.dress, as.delivery),
    ))
  );
};

async function hold<T>(
  { runs, seed, begins, ended }: FuzzOptions,
  property: string,
  cases: fc.Arbitrary<[Run, T]>,
  check: (run: [Run, T]) => Promise<End>,
): Promise<Broken | undefined> {
  const result = await fc.check(
    fc.asyncProperty(cases, async (one) => {
      begins?.(toldOf(one));
      const end = await check(one);
      ended?.(end);
    }),
    { numRuns: runs, seed },
  );
  if (!result.failed) return undefined;
  const { errorInstance: error, counterexample, counterexamplePath } = result;
  return {
    breach: error instanceof Violation ? error.breach : 'untyped',
    why: error instanceof Violation ? error.message : String(error),
    property,
    run: counterexample === null ? {} : toldOf(counterexample[0]),
    seed,
    path: counterexamplePath ?? '',
  };
}

/** Without the answer's bytes. */
const toldOf = ([{ answer, ...as }, change]: readonly [Run, unknown]): object => ({
  answer: answer.name,
  change,
  ...as,
});
