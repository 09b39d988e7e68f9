// `models.list`: a call without an operation.
import { CallSignal } from '../attempt/call-signal.ts';
import type { CallTerms } from '../engine/engine.ts';
import type { Closing } from '../errors/client-closing.ts';
import { settle } from '../options/settings.ts';
import { checkListParams } from '../options/split-params.ts';
import type { ListParams, ModelList } from '../surface/models.ts';
import type { ClientOptions } from '../surface/options.ts';
import { listModels } from './model-list.ts';

/** The models for these parameters. @throws G4FError */
export const callListModels = async (
  client: ClientOptions,
  given: ListParams | undefined,
  { options, readerSignal, startedAt }: Omit<CallTerms, 'log'> = {},
  closing?: Closing,
): Promise<ModelList> => {
  const params = checkListParams(given);
  const settings = settle(client, params, options);
  const signal = new CallSignal(settings, readerSignal, startedAt, closing);
  try {
    return await listModels(settings, params, signal.signal);
  } finally {
    signal.release();
  }
};
