// The command `g4f-serve`: its arguments, its file of options, and its end.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { G4FError } from '@g4f/core';
import { servedState } from '../admin/state-place.ts';
import { asObject, parseJson } from '../json/json.ts';
import { type ServeOptions, serve } from './serve.ts';

const HELP = `g4f-serve: every provider of g4f behind OpenAI's, Anthropic's, Gemini's and Ollama's API.

  g4f-serve [--port 4114] [--host 127.0.0.1] [--config server.json]

  --port      where it listens; 0 takes a free one
  --host      the address it listens on; any but this machine's needs keys, or --insecure
  --config    a JSON file with the options of serve(): keys, cors, hosts, bodyLimit, client, …
  --insecure  lets anybody who reaches it use the providers
  --state     where virtual keys are kept: memory, sqlite:path/to/file.db, redis://host:6379, or none
  --version
  --help

Providers get their keys from the environment (OPENAI_API_KEY, …). Callers are asked for one of the keys in
G4F_SERVER_KEYS (several with commas between them) or of keys in the file, if there are any.
Virtual keys, with models, limits and expiry of their own, are made by g4f-serve keys (see g4f-serve keys --help).
G4F_SERVER_STATE says where they are kept, G4F_SERVER_ADMIN_KEY opens the admin API.
`;

/** What the command needs of its process. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly out: (text: string) => void;
  /** Standard output, for what was asked for. */
  readonly print: (text: string) => void;
  /** Called once with what ends the server; the second signal ends the process itself. */
  readonly onSignal: (end: () => void) => void;
}

/** Runs the command until its server has ended. @returns the exit code. */
export const runCommand = async (
  args: readonly string[],
  { env, version, out, print, onSignal }: CommandHost,
): Promise<number> => {
  try {
    if (args[0] === 'keys') {
      const { runKeys } = await import('../admin/keys-command.ts');
      await runKeys(args.slice(1), { env, print, stateIn: (file) => readConfig(file).state });
      return 0;
    }
    const given = readArguments(args);
    if (given.help) return say(out, HELP);
    if (given.version) return say(out, `${version}\n`);
    const options = optionsOf(given, env);
    const server = await serve(options);
    out(`g4f-serve listens on ${server.url} (OpenAI: ${server.url}/v1)\n`);
    if (options.state !== undefined) out(`Callers need a key of ${shownState(options.state)}.\n`);
    await new Promise<void>((resolve) => onSignal(resolve));
    out('g4f-serve lets running calls end …\n');
    await server.close();
    return 0;
  } catch (error) {
    out(`g4f-serve: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  }
};

function say(out: CommandHost['out'], text: string): number {
  out(text);
  return 0;
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    port: text,
    host: text,
    config: text,
    insecure: flag,
    state: text,
    version: flag,
    help: { ...flag, short: 'h' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new G4FError(`${error instanceof Error ? error.message : error} See --help.`, {
      code: 'invalid-request',
    });
  }
}

function optionsOf(
  { port, host, config, insecure, state: argument }: ReturnType<typeof readArguments>,
  env: CommandHost['env'],
): ServeOptions {
  const { G4F_SERVER_KEYS = '', G4F_SERVER_ADMIN_KEY: adminKey } = env;
  const fromFile = config === undefined ? {} : readConfig(config);
  const keys = bothKeys(readKeys(G4F_SERVER_KEYS), fromFile.keys);
  const { state: ofFile, ...options } = fromFile;
  const state = servedState({ argument, file: ofFile, env });
  return {
    ...options,
    ...(state !== undefined && { state }),
    ...(adminKey && { adminKey }),
    ...(keys !== undefined && { keys }),
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host !== undefined && { host }),
    ...(insecure !== undefined && { insecure }),
  };
}

/** Without its password. */
const shownState = (url: string): string => url.replace(/\/\/[^@/]*@/, '//');

/** A variable that holds something and no key would open the gateway to everybody. */
function readKeys(text: string): readonly string[] {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.length > 0 || text === '') return keys;
  throw new G4FError('G4F_SERVER_KEYS holds no key: give keys with commas between them, or unset it.', {
    code: 'invalid-request',
  });
}

/** Those of both. What is no list is told by `serve`. */
const bothKeys = (
  fromEnvironment: readonly string[],
  fromFile: readonly string[] | undefined,
): readonly string[] | undefined => {
  if (fromEnvironment.length === 0) return fromFile;
  if (fromFile === undefined) return fromEnvironment;
  return Array.isArray(fromFile) ? [...fromEnvironment, ...fromFile] : fromFile;
};

/** What it holds is checked by `serve`. */
function readConfig(file: string): ServeOptions {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new G4FError(
      `cannot read the file of --config: ${error instanceof Error ? error.message : error}.`,
      {
        code: 'invalid-request',
      },
    );
  }
  const options = asObject(parseJson(text));
  if (options === undefined)
    throw new G4FError(`${file} must hold a JSON object.`, { code: 'invalid-request' });
  return options;
}
