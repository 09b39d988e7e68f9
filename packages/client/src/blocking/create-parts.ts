// A method of the synchronous client that gives the parts of one answer as they come.
import type { MethodName } from '../methods/loaders.ts';
import { METHODS, type Method } from '../methods/methods.ts';
import { peek } from '../options/unreadable.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { SyncAnswerStream } from '../surface/part-stream.ts';
import type { Connection } from '../sync/connection.ts';
import { type CommonParams, requestFor } from './call-request.ts';
import { BlockingReader } from './chunk-stream.ts';
import { wholeCreator } from './create-whole.ts';

/** A method that gives the parts where its parameters say `stream: true`, and one whole answer where they do not. */
export function streamedOrWhole(connection: Connection, client: ClientOptions, name: MethodName) {
  const whole = wholeCreator(connection, client, name);
  const parts = partsCreator<unknown>(connection, client, name, METHODS[name]);
  return function create(params: CommonParams, options?: CallOptions): unknown {
    return peek(params, 'stream') === true ? parts(params, options) : whole(params, options);
  };
}

/** The method, which blocks for each part. */
export function partsCreator<Part>(
  connection: Connection,
  client: ClientOptions,
  name: MethodName,
  { part }: Pick<Method<Part, object>, 'part'>,
) {
  return function create(params: CommonParams, options?: CallOptions): SyncAnswerStream<Part> {
    const request = { ...requestFor(name, client, params, options), stream: true };
    return new BlockingReader<Part>(
      'SyncPartStream',
      () => connection.start(request),
      () => (_kind, call) => {
        const packed = { json: JSON.parse(call.text), bytes: call.takeBytes() };
        return part === undefined ? (packed.json as Part) : part.unpack(packed);
      },
    );
  };
}
