// The beginning of a stream: it is awaited, so that an early failure has its own status.

/** The chunks up to the first that says something, which are all of a stream in which none does. @throws what the stream throws */
export const untilContent = async <Chunk>(
  stream: AsyncIterator<Chunk>,
  saysSomething: (chunk: Chunk) => boolean,
): Promise<readonly Chunk[]> => {
  const begun: Chunk[] = [];
  for (;;) {
    const { done, value } = await stream.next();
    if (done) return begun;
    begun.push(value);
    if (saysSomething(value)) return begun;
  }
};
