// A method that gives the parts of one answer as they come, by `for await`.
import { LightAbort } from '@g4f/core/internal';
import type { Closing } from '../errors/client-closing.ts';
import { AnswerStream } from '../streams/answer-stream.ts';
import type { Batches } from '../streams/chunk-stream.ts';
import type { CallOptions } from '../surface/options.ts';
import type { AsyncAnswerStream } from '../surface/part-stream.ts';
import type { AnswerPromise } from '../surface/received.ts';
import { createLog } from './create-log.ts';
import { type LoadOperation, wholeCreator } from './create-whole.ts';
import type { Parts } from './operation-kind.ts';

/** What stands around the streams of a client. */
export interface StreamTerms {
  /** What is shown of a stream that is printed. */
  readonly name: string;
  /** The client's own signal, for calls that bring none. */
  readonly clientSignal: AbortSignal | undefined;
  /** The end of the client. */
  readonly closing: Closing;
}

/** The method. Nothing is asked before the stream is read or awaited; reading throws G4FError. */
export const partsCreator =
  <Part, Answer>(load: LoadOperation<Part, Answer>, { name, clientSignal, closing }: StreamTerms) =>
  (params: { readonly signal?: AbortSignal }, options?: CallOptions): AsyncAnswerStream<Part> => {
    const reader = new LightAbort();
    const log = createLog();
    return new AnswerStream<Part, Part>({
      name,
      project: (part) => part,
      async open() {
        const { engine, kind } = await load();
        return inBatches(engine.run(kind, params, { options, readerSignal: reader, log }));
      },
      abort: () => reader.abort(),
      route: () => log.attempts,
      received: () => log.received,
      signal: options?.signal ?? params?.signal ?? clientSignal,
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
    return params?.stream === true ? parts(params, options) : whole(params, options);
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
