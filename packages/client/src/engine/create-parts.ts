// A method that gives the parts of one answer as they come, by `for await`.

import { peek } from '../options/unreadable.ts';
import { AnswerStream } from '../streams/answer-stream.ts';
import type { Batches } from '../streams/chunk-stream.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AsyncAnswerStream } from '../surface/part-stream.ts';
import type { AnswerPromise } from '../surface/received.ts';
import { CallSource, type StreamTerms } from './call-source.ts';
import { type LoadOperation, wholeCreator } from './create-whole.ts';
import type { Parts } from './operation-kind.ts';

/** The method. Nothing is asked before the stream is read or awaited; reading throws G4FError. @param name what is shown of a stream that is printed */
export const partsCreator =
  <Part, Answer>(load: LoadOperation<Part, Answer>, terms: StreamTerms, name = 'AsyncPartStream') =>
  (params: { readonly signal?: AbortSignal }, options?: CallOptions): AsyncAnswerStream<Part> => {
    const call = new CallSource(load, params, options, terms);
    const { abort, signal, closing } = call;
    return new AnswerStream<Part, Part>({
      name,
      open: async () => inBatches(await call.open()),
      project: (part) => part,
      abort,
      route: () => call.route(),
      received: () => call.received(),
      signal,
      closing,
    });
  };

/** A method that gives the parts where its parameters say `stream: true`, and one whole answer where they do not. */
export const streamedOrWhole = <Part, Answer extends object>(
  load: LoadOperation<Part, Answer>,
  terms: StreamTerms,
) => {
  const whole = wholeCreator(load);
  const parts = partsCreator(load, terms);
  return function create(
    params: { readonly signal?: AbortSignal; readonly stream?: boolean | null },
    options?: CallOptions,
  ): AsyncAnswerStream<Part> | AnswerPromise<Answer> {
    return peek(params, 'stream') === true ? parts(params, options) : whole(params, options);
  };
};

/** Each part as a batch of its own. */
const inBatches = <Part>(parts: Parts<Part>): Batches<Part> => ({
  async prepare() {
    await parts.prepare?.();
  },
  async next() {
    const read = await parts.next();
    return read.done ? read : { done: false, value: [read.value] };
  },
  async return() {
    await parts.return?.();
    return { done: true, value: undefined };
  },
});
