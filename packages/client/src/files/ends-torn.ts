// Whether a file of lines was left in the middle of one: its process ended, or the disk was full.
import { fstatSync, readSync } from 'node:fs';

/** @param file open for reading */
export const endsTorn = (file: number): boolean => {
  const { size } = fstatSync(file);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(file, last, 0, 1, size - 1);
  return last[0] !== 10;
};
