// Makes a model ready to be asked: its runtime is found, its weights are found or fetched.
import { availableParallelism } from 'node:os';
import type { Context, Operation } from '@g4f/core';
import type { Question } from './engine/engine.ts';
import { findRuntime, INSTALL_RUNTIME } from './engine/runtime.ts';
import { localError } from './failures/failure.ts';
import type { LocalModel } from './weights/model.ts';
import { findWeights } from './weights/weights.ts';

/** More threads than this have nothing to do in so small a model. */
const MOST_THREADS = 4;

/**
 * One core is left to everybody else. The threads wait for each other many times a token, spinning: on two cores, one
 * of them busy with something else, two threads were ten times slower than one (4 tokens a second instead of 40).
 */
const computingThreads = (): number => Math.max(1, Math.min(MOST_THREADS, availableParallelism() - 1));

/** A model that can be asked. */
export interface OpenModel {
  /** What the engine loads. */
  readonly load: Question['load'];
  /** The name of what really answers. */
  readonly name: string;
}

/** @throws G4FError `no-provider` without runtime or weights, `invalid-request` for a wrong file of the user's, `aborted`. */
export const openModel = async (
  context: Context,
  model: LocalModel,
  operation: Operation,
): Promise<OpenModel> => {
  const runtime = findRuntime(context.env);
  if (runtime === undefined) {
    throw localError(
      'no-provider',
      `the model's runtime is missing: ${INSTALL_RUNTIME} (once), then try again.`,
    );
  }
  context.enter('prepare');
  const { path, ownModel } = await findWeights(context, model);
  const mostContextTokens = ownModel === undefined ? model.mostTokens : model.own.mostTokens;
  const load = { runtime, model: path, operation, mostContextTokens, threads: computingThreads() };
  return { load, name: ownModel ?? model.id };
};
