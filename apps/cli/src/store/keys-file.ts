// The keys that the command keeps: a file of the owner's, one key for each variable that providers look for.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../failure/usage-error.ts';
import { configFolder } from './folders.ts';
import { readText, writePrivate } from './private-file.ts';

/** Keys by the variable of the environment that they stand for. */
export type StoredKeys = Readonly<Record<string, string>>;

/** Where the keys are. */
export const keysPath = (): string => join(configFolder(), 'keys.json');

/**
 * The keys that are kept; none where there is no file.
 * @throws UsageError where the file is not what the command wrote, without a word of what is in it.
 */
export const readKeys = (): StoredKeys => {
  const path = keysPath();
  const text = readText(path);
  if (text === undefined) return {};
  let keys: unknown;
  try {
    keys = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not valid JSON: mend it, or delete it and set the keys again`);
  }
  if (!isStoredKeys(keys)) throw new UsageError(`${path} must hold an object of texts`);
  return keys;
};

const isStoredKeys = (value: unknown): value is StoredKeys =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((one) => typeof one === 'string');

/** Replaces all of them. */
export const writeKeys = (keys: StoredKeys): void =>
  writePrivate(keysPath(), `${JSON.stringify(keys, null, 2)}\n`);

/** Whether others than the owner may read the file; always false on Windows, which has no such modes. */
export const keysAreOpen = (): boolean => {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(keysPath()).mode & 0o077) !== 0;
  } catch {
    return false;
  }
};
