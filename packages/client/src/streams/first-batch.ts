// Reads the first batch of a source before its reader asks for it.

/** The first batch, on its way, and the source that begins with it. */
export const readFirst = <Event>(batches: AsyncIterator<readonly Event[]>) => {
  const first = batches.next();
  // Told by whoever awaits it, and again by the first read.
  first.catch(() => undefined);
  let isFirst = true;
  const source: AsyncIterator<readonly Event[]> = {
    next() {
      if (!isFirst) return batches.next();
      isFirst = false;
      return first;
    },
    return: async () => {
      await batches.return?.();
      return { done: true, value: undefined };
    },
  };
  return { first, source };
};
