// `models.list` of the synchronous client.
import { checkListParams } from '../options/split-params.ts';
import type { ModelList } from '../surface/models.ts';
import type { ClientOptions } from '../surface/options.ts';
import type { Surface } from '../surface/surface.ts';
import { signalOf, toCallData, totalOf } from '../sync/call-data.ts';
import type { CallRequest, Connection } from '../sync/connection.ts';
import { checkCall } from './call-request.ts';
import { readValue } from './create-whole.ts';
import { NO_PARAMS } from './no-params.ts';

/** The method. */
export function lister(connection: Connection, client: ClientOptions): Surface<'sync'>['models']['list'] {
  return function list(given, options) {
    const params = checkListParams(given);
    const request: CallRequest = {
      ...NO_PARAMS,
      method: 'models.list',
      params: toCallData(params),
      options: toCallData(checkCall(client, params, options)),
      total: totalOf(options?.timeout ?? params.timeout, client.timeout),
      signal: signalOf(options, params, client),
    };
    return readValue(connection, request, list).packed.json as ModelList;
  };
}
