// The body of an answer that is sound: the next bytes are asked for when the caller's connection takes more.
import type { AsyncSpeech } from '@g4f/client';
import type { Exchange } from './exchange.ts';

/**
 * The bytes as they come. Sound has no way to say that it failed, and no end that would be missed: where it breaks off, the connection
 * does. A caller that leaves stops it.
 */
export const soundBody = (
  speech: AsyncSpeech,
  { node }: Pick<Exchange, 'node'>,
): ReadableStream<Uint8Array> => {
  const pieces = speech[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (node === undefined) controller.error(error);
          // Closing is what cancels this stream; its error would be written down by the adapter, as if it were one of the gateway's.
          else node.outgoing.destroy();
        }
      },
      cancel: () => speech.abort(),
    },
    { highWaterMark: 0 },
  );
};
