// A method of the synchronous client that gives the parts of one answer as they come.
import type { Method, MethodName } from '../methods/methods.ts';
import type { SyncAnswerStream } from '../surface/answer-stream.ts';
import type { CallOptions, ClientOptions } from '../surface/options.ts';
import type { Connection } from '../sync/connection.ts';
import { type CommonParams, requestFor } from './call-request.ts';
import { BlockingReader } from './chunk-stream.ts';

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
