// Virtual keys as callers hold them: random, shown once, kept as a digest.

/** What is made of a new key. */
export interface Secret {
  /** Shown once. */
  readonly key: string;
  readonly hash: string;
  readonly ending: string;
}

/** Before every key, so that people and scanners of leaked keys know it. */
const PREFIX = 'sk-g4f-';

/** A new key of 256 random bits. */
export const newSecret = async (): Promise<Secret> => {
  const key = `${PREFIX}${hex(crypto.getRandomValues(new Uint8Array(32)))}`;
  return { key, hash: await hashOf(key), ending: key.slice(-4) };
};

/** SHA-256, in hexadecimal digits. A key has so many random bits that a slow digest would add nothing. */
export const hashOf = async (key: string): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))));

/** An id of a key, by which it may be named in public. */
export const newId = (): string => `key_${hex(crypto.getRandomValues(new Uint8Array(8)))}`;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
