// `models.list` and `models.retrieve`: calls without an operation.

import { type Abortable, G4FError } from '@g4f/core';
import { CallSignal } from '../attempt/call-signal.ts';
import type { CallTerms } from '../engine/engine.ts';
import type { Closing } from '../errors/client-closing.ts';
import { type Settings, settle } from '../options/settings.ts';
import { checkListParams } from '../options/split-params.ts';
import { asCallers, reading } from '../options/unreadable.ts';
import type { ListParams, Model, ModelList } from '../surface/models.ts';
import type { ClientOptions } from '../surface/options.ts';
import { findModel } from './find-model.ts';
import { listModels } from './model-list.ts';

/** How a call is carried out. */
type ListTerms = Omit<CallTerms, 'log'>;

/** The models for these parameters. @throws G4FError */
export const callListModels = async (
  client: ClientOptions,
  given: ListParams | undefined,
  terms: ListTerms = {},
  closing?: Closing,
): Promise<ModelList> => {
  try {
    const params = checkListParams(given);
    const settings = settle(client, params, terms.options);
    return await bounded(settings, terms, closing, (signal) => listModels(settings, params, signal));
  } catch (thrown) {
    throw asCallers(thrown, given, terms.options);
  }
};

/** The model of this name. @throws G4FError `model-not-found` with near names */
export const callRetrieveModel = async (
  client: ClientOptions,
  model: string,
  terms: ListTerms = {},
  closing?: Closing,
): Promise<Model> => {
  if (typeof model !== 'string' || model.trim() === '')
    throw new G4FError('models.retrieve: the name of a model was expected, as retrieve("gpt-5.2").', {
      code: 'invalid-request',
    });
  const settings = reading(terms.options, () => settle(client, {}, terms.options));
  return bounded(settings, terms, closing, (signal) => findModel(model.trim(), settings, signal));
};

async function bounded<T>(
  settings: Settings,
  { readerSignal, startedAt }: ListTerms,
  closing: Closing | undefined,
  work: (signal: Abortable) => Promise<T>,
): Promise<T> {
  const signal = new CallSignal(settings, readerSignal, startedAt, closing);
  try {
    return await work(signal.signal);
  } finally {
    signal.release();
  }
}
