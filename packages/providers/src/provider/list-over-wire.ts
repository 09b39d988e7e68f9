// The list of a service's models, asked for over its wire.
import type { Context, Provider } from '@g4f/core';
import { refusal } from '../http/failures/failure.ts';
import { withHeaders } from '../http/transport/given-headers.ts';
import { readModels } from '../wires/decoding/model-list.ts';
import { prepare, type Spoken } from './prepare-request.ts';

/** `listModels` of a service. */
export const listOverWire =
  (spoken: Spoken): NonNullable<Provider['listModels']> =>
  async (context: Context) => {
    const { wire, quirks } = spoken;
    const { asked, headers } = prepare(spoken, context, quirks.modelsPath ?? wire.modelsPath);
    const response = await context.send({
      method: 'GET',
      url: asked.url,
      headers: withHeaders({ accept: 'application/json', ...headers }, context.headers),
    });
    if (response.status >= 300) throw await refusal(response, asked);
    return readModels(response, asked, wire.readModel);
  };
