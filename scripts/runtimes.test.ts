// The packed packages on every runtime and bundler: `npm run runtimes`, and in CI those of the short form (G4F_RUNTIMES=short).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUNDLERS } from './runtimes/bundlers.ts';
import { ANSWER, type Lab, openLab } from './runtimes/lab.ts';
import { versionOf } from './runtimes/page.ts';
import { RUNTIMES } from './runtimes/runtimes.ts';
import type { Faces, Step } from './runtimes/step.ts';

const { G4F_RUNTIMES = 'long' } = process.env;
if (G4F_RUNTIMES !== 'short' && G4F_RUNTIMES !== 'long')
  throw new Error(`G4F_RUNTIMES must be short or long; it is ${G4F_RUNTIMES}`);
const isLong = G4F_RUNTIMES === 'long';
const chosen = (steps: readonly Step[]) =>
  steps
    .filter((step) => isLong || !step.isLong)
    .map((step) => ({ step, title: `${step.name} ${versionOf(step)}` }));

let lab: Lab;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ lab, close } = await openLab(isLong));
});
afterAll(() => close?.());

const EXPECTED: Readonly<Record<Faces, object>> = {
  both: { async: ANSWER, sync: ANSWER },
  async: { async: ANSWER },
  sync: { sync: ANSWER },
};

const textsOf = (heard: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(typeof heard === 'object' && heard !== null ? heard : {})
      .filter(([face]) => face !== 'known')
      .map(([face, pieces]) => [face, Array.isArray(pieces) ? pieces.join('') : pieces]),
  );

describe.each([
  ['runtimes', chosen(RUNTIMES)],
  ['bundlers and test runners', chosen(BUNDLERS)],
] as const)('%s', (_kind, steps) => {
  it.each(steps)('$title streams an answer', async ({ step }) => {
    expect(textsOf(await step.run(lab))).toEqual(EXPECTED[step.faces]);
  });
});
