// What a check says when it fails: one line, what was expected and what was seen.
import { isDeepStrictEqual } from 'node:util';

/** @throws Error if it does not hold. */
export const expect = (holds: boolean, message: string): void => {
  if (!holds) throw new Error(message);
};

/** @throws Error naming both if they differ. */
export const expectEqual = (what: string, seen: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(seen, expected))
    throw new Error(`${what}: expected ${short(expected)}, but it is ${short(seen)}`);
};

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};
