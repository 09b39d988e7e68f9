// `models.list` and `models.retrieve` of the synchronous client.
import { toPage } from '../models/model-page.ts';
import { checkListParams } from '../options/split-params.ts';
import { reading } from '../options/unreadable.ts';
import type { ListParams, Model, ModelList } from '../surface/models.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { Surface } from '../surface/surface.ts';
import { signalOf, toCallData, totalOf } from '../sync/call-data.ts';
import type { CallRequest, Connection } from '../sync/connection.ts';
import { checkCall } from './call-request.ts';
import { readValue } from './create-whole.ts';
import { NO_PARAMS } from './no-params.ts';

/** Both methods of a client. */
export function blockingModels(connection: Connection, client: ClientOptions): Surface<'sync'>['models'] {
  const list: Surface<'sync'>['models']['list'] = (given, options) => {
    const request = reading(given, () => reading(options, () => listRequest(client, given, options)));
    return toPage(readValue(connection, request, list).packed.json as ModelList);
  };
  const retrieve: Surface<'sync'>['models']['retrieve'] = (model, options) => {
    const request = reading(options, () => retrieveRequest(client, model, options));
    return readValue(connection, request, retrieve).packed.json as Model;
  };
  return { list, retrieve };
}

function listRequest(
  client: ClientOptions,
  given: ListParams | undefined,
  options: CallOptions | undefined,
): CallRequest {
  const params = checkListParams(given);
  const own = checkCall(client, params, options);
  return {
    ...NO_PARAMS,
    method: 'models.list',
    params: toCallData(params),
    options: toCallData(own),
    total: totalOf(own?.timeout ?? params.timeout, client.timeout),
    signal: signalOf(own, params, client),
  };
}

function retrieveRequest(
  client: ClientOptions,
  model: unknown,
  options: CallOptions | undefined,
): CallRequest {
  const own = checkCall(client, {}, options);
  return {
    ...NO_PARAMS,
    method: 'models.retrieve',
    // What is no text is refused by the worker, in the words AsyncClient uses.
    params: { model: typeof model === 'string' ? model : undefined },
    options: toCallData(own),
    total: totalOf(own?.timeout, client.timeout),
    signal: signalOf(own, client),
  };
}
