// A stream of an answer as a ReadableStream of the platform, at the pace of whoever reads that.
import { toAbortError } from '../errors/abort-error.ts';

/** What is read. */
export interface ReadableSource<Part> extends AsyncIterable<Part> {
  abort(): void;
  /** Whether it ended because somebody left it, and not because it was complete. */
  isLeft(): boolean;
}

/** How it is written. */
export interface Writing<Part, Out> {
  part(part: Part): Out;
  /** What follows the last part. */
  end?(): Out;
  /** What tells a failure to the reader; without it, the ReadableStream fails. */
  failure?(error: unknown): Out;
}

/** @throws G4FError `invalid-request` if the stream is read already. */
export const readableOf = <Part, Out>(
  stream: ReadableSource<Part>,
  writing: Writing<Part, Out>,
): ReadableStream<Out> => {
  const loop = stream[Symbol.asyncIterator]();
  const read = async (controller: ReadableStreamDefaultController<Out>): Promise<void> => {
    const step = await loop.next();
    if (!step.done) return controller.enqueue(writing.part(step.value));
    if (stream.isLeft()) throw toAbortError({ reason: undefined });
    if (writing.end !== undefined) controller.enqueue(writing.end());
    controller.close();
  };
  return new ReadableStream<Out>(
    {
      async pull(controller) {
        try {
          await read(controller);
        } catch (error) {
          if (writing.failure === undefined) throw error;
          controller.enqueue(writing.failure(error));
          controller.close();
        }
      },
      // The connection to the service is closed at once, whatever is being waited for.
      cancel: () => stream.abort(),
    },
    // Nothing is read before somebody asks for it.
    { highWaterMark: 0 },
  );
};
