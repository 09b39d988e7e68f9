// `models.list` and `models.retrieve` of the synchronous client.
import { toPage } from '../models/model-page.ts';
import { checkListParams } from '../options/split-params.ts';
import type { Model, ModelList } from '../surface/models.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { Surface } from '../surface/surface.ts';
import { signalOf, toCallData, totalOf } from '../sync/call-data.ts';
import type { CallRequest, Connection } from '../sync/connection.ts';
import { checkCall } from './call-request.ts';
import { readValue } from './create-whole.ts';
import { NO_PARAMS } from './no-params.ts';

/** Both methods of a client. */
export function blockingModels(connection: Connection, client: ClientOptions): Surface<'sync'>['models'] {
  const list: Surface<'sync'>['models']['list'] = (given, options) => {
    const params = checkListParams(given);
    const request: CallRequest = {
      ...NO_PARAMS,
      method: 'models.list',
      params: toCallData(params),
      options: toCallData(checkCall(client, params, options)),
      total: totalOf(options?.timeout ?? params.timeout, client.timeout),
      signal: signalOf(options, params, client),
    };
    return toPage(readValue(connection, request, list).packed.json as ModelList);
  };
  const retrieve: Surface<'sync'>['models']['retrieve'] = (model, options) => {
    const request: CallRequest = {
      ...NO_PARAMS,
      method: 'models.retrieve',
      // What is no text is refused by the worker, in the words AsyncClient uses.
      params: { model: typeof model === 'string' ? model : undefined },
      options: toCallData(checkCall(client, {}, options)),
      total: totalOf(options?.timeout, client.timeout),
      signal: signalOf(options, client),
    };
    return readValue(connection, request, retrieve).packed.json as Model;
  };
  return { list, retrieve };
}
