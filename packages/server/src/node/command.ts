// The command `g4f-serve`: its arguments, its file of options, and its end.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { G4FError, isG4FError } from '@g4f/core';
import { asObject, parseJson } from '../json/json.ts';
import { type ServeOptions, serve } from './serve.ts';

const HELP = `g4f-serve: every provider of g4f behind OpenAI's, Anthropic's, Gemini's and Ollama's API.

  g4f-serve [--port 4114] [--host 127.0.0.1] [--config server.json]

  --port      where it listens; 0 takes a free one
  --host      the address it listens on; any but this machine's needs keys, or --insecure
  --config    a JSON file with the options of serve(): keys, cors, hosts, bodyLimit, client, …
  --insecure  lets anybody who reaches it use the providers
  --version
  --help

Providers get their keys from the environment (OPENAI_API_KEY, …). Callers are asked for one of the keys in
G4F_SERVER_KEYS (several with commas between them) or of keys in the file, if there are any.
`;

/** What the command needs of its process. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly out: (text: string) => void;
  /** Called once with what ends the server; the second signal ends the process itself. */
  readonly onSignal: (end: () => void) => void;
}

/** Runs the command until its server has ended. @returns the exit code. */
export const runCommand = async (
  args: readonly string[],
  { env, version, out, onSignal }: CommandHost,
): Promise<number> => {
  try {
    const given = readArguments(args);
    if (given.help) return say(out, HELP);
    if (given.version) return say(out, `${version}\n`);
    const server = await serve(optionsOf(given, env));
    out(`g4f-serve listens on ${server.url} (OpenAI: ${server.url}/v1)\n`);
    await new Promise<void>((resolve) => onSignal(resolve));
    out('g4f-serve lets running calls end …\n');
    await server.close();
    return 0;
  } catch (error) {
    out(`g4f-serve: ${isG4FError(error) ? error.message : String(error)}\n`);
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
  { port, host, config, insecure }: ReturnType<typeof readArguments>,
  { G4F_SERVER_KEYS = '' }: CommandHost['env'],
): ServeOptions {
  const fromFile = config === undefined ? {} : readConfig(config);
  const keys = bothKeys(readKeys(G4F_SERVER_KEYS), fromFile.keys);
  return {
    ...fromFile,
    ...(keys !== undefined && { keys }),
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host !== undefined && { host }),
    ...(insecure !== undefined && { insecure }),
  };
}

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
