// What a method of a client returns, read to its end.

/** An object that comes later, or the parts of a stream. */
export type Answer = PromiseLike<unknown> | AsyncIterable<unknown>;

/** The objects of an answer: itself, or the parts of its stream. */
export const partsOf = async (answer: Answer): Promise<readonly unknown[]> => {
  const parts: unknown[] = [];
  const given: unknown = await answer;
  const isStream = typeof given === 'object' && given !== null && Symbol.asyncIterator in given;
  if (!isStream || 'object' in given) return [given];
  for await (const part of given as AsyncIterable<unknown>) parts.push(part);
  return parts;
};
