// A method of the synchronous client that gives one whole answer, or with `stream: true` its parts as they come.
import { METHODS, type MethodName } from '../methods/methods.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { SyncPartStream } from '../surface/part-stream.ts';
import type { Connection } from '../sync/connection.ts';
import type { CommonParams } from './call-request.ts';
import { partsCreator } from './create-parts.ts';
import { wholeCreator } from './create-whole.ts';

/** The method. */
export function eitherCreator(connection: Connection, client: ClientOptions, name: MethodName) {
  const whole = wholeCreator(connection, client, name);
  const parts = partsCreator<unknown>(connection, client, name, METHODS[name]);
  return (params: CommonParams, options?: CallOptions): SyncPartStream<unknown> | object =>
    params?.stream === true ? parts(params, options) : whole(params, options);
}
