// What a value takes, roughly: for limits on what is kept of an answer.

/** What a value of JSON takes, in characters; a name, a number or a bracket is taken for eight, a byte for one. */
export const sizeOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  let size = 8;
  for (const name of Object.keys(value)) size += 8 + sizeOf((value as Record<string, unknown>)[name]);
  return size;
};
