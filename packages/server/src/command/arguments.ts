// The arguments of the command.
import { parseArgs } from 'node:util';
import { G4FError } from '@g4f/core';

/** What `--help` says. */
export const HELP = `g4f-serve: every provider of g4f behind OpenAI's, Anthropic's, Gemini's and Ollama's API.

  g4f-serve [--port 4114] [--host 127.0.0.1] [--config g4f.config.yaml]
  g4f-serve config check [file]
  g4f-serve keys …            virtual keys, with models, limits and expiry of their own: see g4f-serve keys --help

  --port      where it listens; 0 takes a free one
  --host      the address it listens on; any but this machine's needs keys, or --insecure
  --config    the file of configuration: YAML, JSON, or a module (.ts, .mjs); g4f.config.yaml of this folder unless given
  --no-watch  does not read the file again when it changes; SIGHUP still does
  --insecure  lets anybody who reaches it use the providers
  --state     where virtual keys are kept: memory, sqlite:path/to/file.db, redis://host:6379, or none
  --version
  --help

Providers get their keys from the environment (OPENAI_API_KEY, …) or from the file. Callers are asked for one of the keys in
G4F_SERVER_KEYS (several with commas between them) or of keys in the file, if there are any.
G4F_SERVER_STATE says where virtual keys are kept, G4F_SERVER_ADMIN_KEY opens the admin API.
`;

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

const OPTIONS = {
  port: TEXT,
  host: TEXT,
  config: TEXT,
  'no-watch': FLAG,
  insecure: FLAG,
  state: TEXT,
  version: FLAG,
  help: { ...FLAG, short: 'h' },
} as const;

/** @throws G4FError `invalid-request` for what is no argument of this command. */
export const readArguments = (args: readonly string[]) => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const check = values.help ? undefined : checkedFile(positionals, values.config);
    return { ...values, check };
  } catch (error) {
    throw new G4FError(`${error instanceof Error ? error.message : error} See --help.`, {
      code: 'invalid-request',
    });
  }
};

/** What was given. */
export type Arguments = ReturnType<typeof readArguments>;

/** `config check [file]`; the file may be named by `--config` as well. */
function checkedFile(
  [section, verb, named, ...others]: readonly string[],
  config: string | undefined,
): { readonly file?: string } | undefined {
  if (section === undefined) return undefined;
  if (named !== undefined && config !== undefined)
    throw new Error('The file is named twice, also by --config.');
  const file = named ?? config;
  if (section === 'config' && verb === 'check' && others.length === 0)
    return file === undefined ? {} : { file };
  throw new Error(`There is no command ${JSON.stringify([section, verb ?? ''].join(' ').trim())}.`);
}
