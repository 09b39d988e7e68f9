// An answer as the `Response` of the platform, for runtimes that take one.
import type { Answer, PieceSource } from './answer.ts';

const encoder = new TextEncoder();

/** @param cut closes the caller's connection, where there is another way than to let the body fail. */
export const toResponse = ({ status, headers, body }: Answer, cut?: () => void): Response =>
  new Response(isSource(body) ? streamOf(body, cut) : body, { status, headers });

const isSource = (body: Answer['body']): body is PieceSource =>
  typeof body === 'object' && body !== null && 'next' in body;

const streamOf = (source: PieceSource, cut?: () => void): ReadableStream<Uint8Array> => {
  let isLeft = false;
  return new ReadableStream(
    {
      start: (controller) => source.start?.((data) => controller.enqueue(encoder.encode(data))),
      async pull(controller) {
        try {
          const { data, isLast } = await source.next();
          if (isLeft) return;
          if (data.length > 0) controller.enqueue(typeof data === 'string' ? encoder.encode(data) : data);
          if (isLast) controller.close();
        } catch (error) {
          await source.cancel();
          if (cut === undefined) controller.error(error);
          // Closing is what cancels this stream; its error would be written down by the adapter, as if it were one of the gateway's.
          else cut();
        }
      },
      async cancel() {
        isLeft = true;
        await source.cancel();
      },
    },
    { highWaterMark: 0 },
  );
};
