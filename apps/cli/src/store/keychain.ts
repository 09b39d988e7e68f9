// The system's keychain, by the program that the system has for it. A key is never on a command line, where others could read it.
import { messageOf } from '../failure/exit-code.ts';
import { type ProgramEnd, runProgram } from './run-program.ts';

/** Keeps texts under names. What fails is an Error of one line, without a key. */
export interface Keychain {
  /** What a person calls it. */
  readonly name: string;
  /** Undefined where it has none, or does not say. */
  get(variable: string): Promise<string | undefined>;
  set(variable: string, key: string): Promise<void>;
  /** Also where there is none. */
  remove(variable: string): Promise<void>;
}

/** There is no keychain on this system that the command could use. */
export class NoKeychain extends Error {
  override readonly name = 'NoKeychain';
}

/** What differs between systems. */
interface KeychainProgram {
  readonly name: string;
  readonly file: string;
  readonly get: (variable: string) => readonly string[];
  readonly remove: (variable: string) => readonly string[];
  /** Arguments, and what is written to standard input. */
  readonly set: (variable: string, key: string) => readonly [args: readonly string[], input: string];
  /** Whether this says that there is no such key. */
  readonly isMissing: (end: ProgramEnd) => boolean;
}

/** What the program cannot be told without a doubt. */
const PLAIN_KEY = /^[\w.~+/=:@%-]{1,2000}$/;

const PROGRAMS: Readonly<Partial<Record<NodeJS.Platform, KeychainProgram>>> = {
  /** Source: secret-tool(1) of libsecret, tried with 0.20.5: it tells a missing key by its code alone. */
  linux: {
    name: 'the keyring of this desktop (libsecret)',
    file: 'secret-tool',
    get: (variable) => ['lookup', 'service', 'g4f', 'variable', variable],
    remove: (variable) => ['clear', 'service', 'g4f', 'variable', variable],
    set: (variable, key) => [
      ['store', `--label=g4f: ${variable}`, 'service', 'g4f', 'variable', variable],
      key,
    ],
    isMissing: ({ code, stderr }) => code === 1 && stderr === '',
  },
  /** Source: security(1) of macOS: with -i it reads commands from standard input; 44 is errSecItemNotFound. */
  darwin: {
    name: 'the keychain of macOS',
    file: 'security',
    get: (variable) => ['find-generic-password', '-s', 'g4f', '-a', variable, '-w'],
    remove: (variable) => ['delete-generic-password', '-s', 'g4f', '-a', variable],
    set: (variable, key) => [
      ['-i'],
      `add-generic-password -U -s "g4f" -a "${variable}" -l "g4f: ${variable}" -w "${key}"\n`,
    ],
    isMissing: ({ code }) => code === 44,
  },
};

/** So long it is waited for, in ms: a person may have to type its password. */
const LIMIT_MS = 30_000;

/** That of this system. Its methods throw NoKeychain where its program is not there. @throws NoKeychain. */
export const keychainOf = (platform: NodeJS.Platform = process.platform, limitMs = LIMIT_MS): Keychain => {
  const program = PROGRAMS[platform];
  if (program === undefined) throw new NoKeychain('this command can use no keychain of this system');
  const { name, file, isMissing } = program;
  const use = async (args: readonly string[], input = ''): Promise<ProgramEnd> => {
    const end = await started(program, args, input, limitMs);
    if (end.isLate)
      throw new Error(
        `${name} did not answer within ${limitMs / 1000} s: it may be locked, or ask in a window`,
      );
    if (end.code === 0 || isMissing(end)) return end;
    const [said = ''] = end.stderr.trim().split('\n');
    throw new Error(`${name} refused: ${said || `${file} ended with code ${end.code}`}`);
  };
  const get = async (variable: string): Promise<string | undefined> => {
    const end = await use(program.get(variable));
    return isMissing(end) ? undefined : end.stdout.trim() || undefined;
  };
  return {
    name,
    get,
    async set(variable, key) {
      if (!PLAIN_KEY.test(key))
        throw new Error(`${name} is not given a key with such characters, or so long`);
      await use(...program.set(variable, key));
      // Not every failure is told by a code.
      if ((await get(variable)) !== key) throw new Error(`${name} did not keep the key: it may be locked`);
    },
    async remove(variable) {
      await use(program.remove(variable));
    },
  };
};

async function started(
  { name, file }: KeychainProgram,
  args: readonly string[],
  input: string,
  limitMs: number,
): Promise<ProgramEnd> {
  try {
    return await runProgram(file, args, { input, limitMs });
  } catch (error) {
    if (Object(error).code === 'ENOENT')
      throw new NoKeychain(`${name} cannot be reached: there is no program ${file}`);
    throw new Error(`${name} cannot be reached: ${messageOf(error)}`);
  }
}
