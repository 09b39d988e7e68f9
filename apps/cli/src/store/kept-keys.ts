// The keys that are kept, wherever each lies: in the system's keychain, or in the file.
import { join } from 'node:path';
import { messageOf } from '../failure/exit-code.ts';
import { UsageError } from '../failure/usage-error.ts';
import { configFolder } from './folders.ts';
import { keychainOf, NoKeychain } from './keychain.ts';
import { keysPath, readKeys, type StoredKeys, writeKeys } from './keys-file.ts';
import { readText, writePrivate } from './private-file.ts';

/** Where a key lies. */
export type KeyPlace = 'keychain' | 'file';

/** Names the variables whose keys are in the keychain, so that it is asked for no others. No key is in it. */
const listPath = (): string => join(configFolder(), 'keychain.json');

/** @throws UsageError where it is not what the command wrote. */
function inKeychain(): readonly string[] {
  const text = readText(listPath());
  if (text === undefined) return [];
  try {
    const names: unknown = JSON.parse(text);
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  } catch {
    // Told below.
  }
  throw new UsageError(
    `${listPath()} must hold a list of names: mend it, or delete it and set the keys again`,
  );
}

function listAs(variable: string, isIn: boolean): void {
  const names = inKeychain();
  if (names.includes(variable) === isIn) return;
  const others = names.filter((name) => name !== variable);
  writePrivate(listPath(), `${JSON.stringify(isIn ? [...others, variable] : others)}\n`);
}

/** Where each lies, by its variable. The keychain is not asked. @throws UsageError for a file that is damaged. */
export const keyPlaces = (): ReadonlyMap<string, KeyPlace> =>
  new Map<string, KeyPlace>([
    ...Object.keys(readKeys()).map((name) => [name, 'file'] as const),
    ...inKeychain().map((name) => [name, 'keychain'] as const),
  ]);

/** After so long the person is told what is waited for, in ms. */
const PATIENCE_MS = 1_500;

/** Tells what is waited for, where that takes long. */
async function patiently<T>(work: Promise<T>, tell: (line: string) => void): Promise<T> {
  const timer = setTimeout(() => tell('waiting for the keychain: it may ask for its password.'), PATIENCE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The keys.
 * @param tell is told of one that the keychain does not give, which is left out.
 * @param isWanted says which are needed: the keychain is asked for no others.
 */
export const readKept = async (
  tell: (line: string) => void,
  isWanted: (variable: string) => boolean = () => true,
): Promise<StoredKeys> => {
  const kept: Record<string, string> = { ...readKeys() };
  const read = async (variable: string): Promise<void> => {
    try {
      const key = await keychainOf().get(variable);
      if (key !== undefined) kept[variable] = key;
      else
        tell(`no ${variable}: the keychain has no such key, or is locked. Unlock it, or set the key again.`);
    } catch (error) {
      tell(`no ${variable}: ${messageOf(error)}.`);
    }
  };
  const wanted = inKeychain().filter(isWanted);
  if (wanted.length > 0) await patiently(Promise.all(wanted.map(read)), tell);
  return kept;
};

/**
 * Keeps a key.
 * @param place where; without it, in the keychain if that takes it, else in the file.
 * @returns where it is, and why it is not in the keychain, where there is one that did not take it.
 * @throws Error where the place that was named does not take it.
 */
export const keepKey = async (
  variable: string,
  key: string,
  place: KeyPlace | undefined,
  tell: (line: string) => void,
): Promise<{ readonly at: string; readonly why?: string }> => {
  const why: string[] = [];
  if (place !== 'file') {
    try {
      const keychain = keychainOf();
      await patiently(keychain.set(variable, key), tell);
      listAs(variable, true);
      forgetInFile(variable);
      return { at: keychain.name };
    } catch (error) {
      if (place === 'keychain') throw error;
      if (!(error instanceof NoKeychain)) why.push(messageOf(error));
    }
  }
  writeKeys({ ...readKeys(), [variable]: key });
  if (inKeychain().includes(variable)) {
    try {
      await patiently(keychainOf().remove(variable), tell);
    } catch (error) {
      why.push(`it may still hold the key of before: ${messageOf(error)}`);
    }
    listAs(variable, false);
  }
  return { at: keysPath(), ...(why.length > 0 && { why: why.join('; ') }) };
};

/**
 * Forgets a key, wherever it lies. One of a keychain that is no longer there is told and forgotten.
 * @returns false where there is none. @throws Error where the keychain does not let go of it.
 */
export const forgetKey = async (variable: string, tell: (line: string) => void): Promise<boolean> => {
  const isKept = keyPlaces().has(variable);
  if (inKeychain().includes(variable)) {
    await removeFromKeychain(variable, tell);
    listAs(variable, false);
  }
  forgetInFile(variable);
  return isKept;
};

async function removeFromKeychain(variable: string, tell: (line: string) => void): Promise<void> {
  try {
    await patiently(keychainOf().remove(variable), tell);
  } catch (error) {
    if (!(error instanceof NoKeychain)) throw error;
    tell(`${error.message}; if it comes back, it may still hold ${variable}.`);
  }
}

function forgetInFile(variable: string): void {
  const { [variable]: key, ...others } = readKeys();
  if (key !== undefined) writeKeys(others);
}
