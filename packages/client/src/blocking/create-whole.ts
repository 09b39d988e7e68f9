// A method of the synchronous client that gives one whole answer.
import type { MethodName } from '../methods/loaders.ts';
import { METHODS } from '../methods/methods.ts';
import type { Packed } from '../methods/packed.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import { type Received, readReceived, withReceived } from '../surface/received.ts';
import type { CallRequest, Connection } from '../sync/connection.ts';
import { Kind } from '../sync/event-codec.ts';
import { reviveError } from '../sync/worker-error.ts';
import { requestFor } from './call-request.ts';

/** The method, which blocks until the answer is there. */
export function wholeCreator(connection: Connection, client: ClientOptions, name: MethodName) {
  return function create(params: object, options?: CallOptions): object {
    const request = { ...requestFor(name, client, params, options), stream: false };
    const { packed, received } = readValue(connection, request, create);
    return withReceived(METHODS[name].answer.unpack(packed), received);
  };
}

/** Blocks until the one value of a call is there. @param below the function the user called, for the stack of an error. */
export function readValue(
  connection: Connection,
  request: CallRequest,
  below: (...given: never[]) => unknown,
): { readonly packed: Packed; readonly received: Received | undefined } {
  const call = connection.start(request);
  if (call.read() === Kind.Error) throw reviveError(call.text, below);
  return {
    packed: { json: JSON.parse(call.text), bytes: call.takeBytes() },
    received: readReceived(call.received),
  };
}
