// A source that is not there yet: what makes it is loaded with the first read.

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** @param make is called once, by the first read. */
export const laterBatches = <Event>(
  make: () => Promise<AsyncIterator<readonly Event[]>>,
): AsyncIterator<readonly Event[]> => {
  let made: Promise<AsyncIterator<readonly Event[]>> | undefined;
  const get = (): Promise<AsyncIterator<readonly Event[]>> => {
    made ??= make();
    return made;
  };
  return {
    next: async () => (await get()).next(),
    return: async () => (await (await get()).return?.()) ?? DONE,
  };
};
