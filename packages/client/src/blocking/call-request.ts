// A call of the synchronous client before it is sent: checked as far as the calling thread can, and made plain data.

import { isObserved } from '#platform/publish';
import type { MethodName } from '../methods/loaders.ts';
import { METHODS, type Method } from '../methods/methods.ts';
import { checkGiven } from '../options/check-names.ts';
import { type Fields, isFields } from '../options/plain-value.ts';
import { settle } from '../options/settings.ts';
import { NO_OPTIONS, partParams } from '../options/split-params.ts';
import { asCallers } from '../options/unreadable.ts';
import { withResponseSchemas } from '../responses/response-schemas.ts';
import type { CallOptions, ClientOptions, ParamOptions } from '../surface/options.ts';
import { plainParams, signalOf, toCallData, totalOf } from '../sync/call-data.ts';
import type { CallRequest } from '../sync/connection.ts';
import { crossingFile } from '../sync/crossing-file.ts';

/** What of the parameters of any method is looked at here. */
export interface CommonParams extends Pick<ParamOptions, 'timeout' | 'signal'> {
  readonly stream?: boolean | null;
}

/** The call that these parameters ask for. @throws G4FError `invalid-request` */
export function requestFor(
  method: MethodName,
  client: ClientOptions,
  params: CommonParams | null | undefined,
  options: CallOptions | undefined,
): CallRequest {
  try {
    // First, so that what is wrong for all clients is said as all say it; then what is wrong for this one.
    // What is no object at all is refused by the worker, in the words AsyncClient uses.
    const fields = isFields(params) ? params : undefined;
    const inParams = fields === undefined ? NO_OPTIONS : partParams(fields).options;
    const own = checkCall(client, inParams, options);
    return {
      method,
      stream: fields?.stream === true,
      observed: isObserved(),
      params: crossingParams(fields, method),
      options: toCallData(own),
      total: totalOf(own?.timeout ?? inParams.timeout, client.timeout),
      signal: signalOf(own, inParams, client),
    };
  } catch (thrown) {
    throw asCallers(thrown, params, options);
  }
}

/** The parameters as plain data, and the files among them in forms that cross. */
function crossingParams(params: Fields | undefined, method: MethodName) {
  if (method === 'responses.create') return toCallData(plainParams(params, withResponseSchemas));
  const { files = [] }: Pick<Method<unknown, object>, 'files'> = METHODS[method];
  if (files.length === 0 || params === undefined) return toCallData(plainParams(params));
  const names = Object.keys(params).filter((name) => files.includes(name));
  const others = Object.entries(params).filter(([name]) => !names.includes(name));
  const plain = toCallData(plainParams(Object.fromEntries(others)));
  return {
    ...Object(plain),
    ...Object.fromEntries(names.map((name) => [name, crossingFile(params[name], name)])),
  };
}

/** The options of a call, checked in this thread: only plain data crosses, in which a class instance would be lost unseen. */
export function checkCall(
  client: ClientOptions,
  inParams: ParamOptions,
  options: CallOptions | undefined,
): CallOptions | undefined {
  const given = checkGiven(options);
  settle(client, inParams, given);
  return given;
}
