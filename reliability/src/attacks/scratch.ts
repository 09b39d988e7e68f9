// A temporary folder for one attack, and numbers and texts by chance.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type G4FError, isG4FError } from '@g4f/client';
import type { Random } from './attack.ts';

/** Runs the work in a folder of its own, which is gone afterwards. */
export const inScratch = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'g4f-attack-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A whole number from 0 up to `limit`. */
export const below = (limit: number, random: Random): number => Math.floor(random() * limit);

/** One of them. */
export const oneOf = <T>(choices: readonly [T, ...T[]], random: Random): T =>
  choices[below(choices.length, random)] ?? choices[0];

/** The error that the call fails with. @throws Error when it does not, or with anything that is no G4FError. */
export const failureOf = async (call: () => unknown): Promise<G4FError> => {
  try {
    await call();
  } catch (error) {
    if (isG4FError(error)) return error;
    throw new Error(`it failed with what is no G4FError: ${error}`);
  }
  throw new Error('it did not fail');
};

/** @throws Error saying what was broken, unless it holds. */
export const mustHold = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise);
};
