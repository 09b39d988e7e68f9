// Runs the properties many times, each time on another answer, in other pieces, and with other changes.
import fc from 'fast-check';
import type { StreamedAnswer } from './answers.ts';
import { anyMutation, harmlessMutation, type Mutation, pieceSizes, place } from './mutations.ts';
import type { Delivery } from './play.ts';
import { checkAnything, checkCut, checkHarmless, type End } from './properties.ts';

/** How much. */
export interface FuzzOptions {
  readonly answers: readonly StreamedAnswer[];
  /** Of each property. */
  readonly runs: number;
  readonly seed: number;
  /** Is told how each run ended. */
  readonly ended?: (end: End) => void;
}

const deliveries: fc.Arbitrary<Delivery> = fc.record({
  sizes: pieceSizes,
  ends: fc.constantFrom('end' as const, 'reset' as const),
});
const goodDeliveries: fc.Arbitrary<Delivery> = fc.record({
  sizes: pieceSizes,
  ends: fc.constant('end' as const),
});

/** Comments, and line ends of CR alone, belong to server-sent events. */
const isHarmless = ({ contentType }: StreamedAnswer, mutation: Mutation): boolean =>
  contentType === 'text/event-stream' ||
  (mutation.kind === 'line-ends' && mutation.ends.every((end) => end !== '\r'));

/** Every property, so many times. @throws Error telling the smallest case, and the seed and path that give it again. */
export const fuzz = async ({ answers, runs, seed, ended = () => undefined }: FuzzOptions): Promise<void> => {
  // By name, because that is what a failing case is told by.
  const names = fc.constantFrom(...answers.map(({ name }) => name));
  const named = (name: string): StreamedAnswer => {
    const answer = answers.find((one) => one.name === name);
    if (answer === undefined) throw new Error(`there is no answer ${name}`);
    return answer;
  };
  const parameters = { numRuns: runs, seed };
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.array(anyMutation, { minLength: 1, maxLength: 4 }),
      deliveries,
      async (name, mutations, delivery) => {
        ended(await checkAnything(named(name), mutations, delivery));
      },
    ),
    parameters,
  );
  await fc.assert(
    fc.asyncProperty(
      names,
      fc.array(harmlessMutation, { maxLength: 4 }),
      goodDeliveries,
      async (name, mutations, delivery) => {
        const answer = named(name);
        const harmless = mutations.filter((mutation) => isHarmless(answer, mutation));
        ended(await checkHarmless(answer, harmless, delivery));
      },
    ),
    parameters,
  );
  await fc.assert(
    fc.asyncProperty(names, place, deliveries, async (name, at, delivery) => {
      ended(await checkCut(named(name), at, delivery));
    }),
    parameters,
  );
};
