// Parts as a stream of bytes, at the pace of its reader.

const encoder = new TextEncoder();

/** @param write one part as text. */
export const readableOf = <Item>(
  parts: AsyncIterable<Item>,
  write: (item: Item) => string,
): ReadableStream<Uint8Array> => {
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done !== true) return controller.enqueue(encoder.encode(write(value)));
        controller.close();
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
};
