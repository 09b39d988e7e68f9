// The list of a service's models, asked for over its wire.
import type { Context, Provider } from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { readModels } from '../wires/decoding/model-list.ts';
import { prepare, type Spoken, toGet } from './prepare-request.ts';

/** `listModels` of a service. */
export const listOverWire =
  (spoken: Spoken): NonNullable<Provider['listModels']> =>
  async (context: Context) => {
    const { wire, quirks } = spoken;
    const prepared = prepare(spoken, context, quirks.modelsPath ?? wire.modelsPath);
    const { asked } = prepared;
    const response = await context.send(toGet(prepared, 'application/json', context));
    if (response.status >= 300) throw await refusal(response, asked);
    return readModels(response, asked, wire.readModel);
  };
