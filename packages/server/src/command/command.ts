// The command `g4f-serve`, also as `g4f serve`: it reads its configuration, serves, reads it again when it has changed, and ends.
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { relative } from 'node:path';
import type { ClientOptions } from '@g4f/client';
import { findConfig } from '../config/find-config.ts';
import { readConfig } from '../config/read-config.ts';
import { stateOf } from '../config/serve-options.ts';
import { type RunningServer, type ServeOptions, serve, settleServe } from '../node/serve.ts';
import type { ServedPage } from '../page/served-page.ts';
import { type Arguments, HELP, readArguments } from './arguments.ts';
import { optionsOf } from './options-of.ts';
import { watchFile } from './watch-file.ts';

/** What the command needs of its process. */
export interface CommandHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** What it is called in what it says. */
  readonly name: string;
  /** The options of the client where no file of configuration is read: those of its environment unless given. */
  readonly client?: ClientOptions;
  /** A page that is served beside the APIs. */
  readonly page?: ServedPage;
  /** Tells where it listens, in place of the command's own words. */
  readonly onListening?: (url: string) => void;
  /** The folder in which it was started. */
  readonly folder: string;
  readonly out: (text: string) => void;
  /** Standard output, for what was asked for. */
  readonly print: (text: string) => void;
  /** The exit code of what was thrown; 1 unless given. */
  readonly exitCodeOf?: (thrown: unknown) => number;
  /** Called once, before anything is read, with what ends the command; the second signal ends the process itself. */
  readonly onSignal: (end: () => void) => void;
  /** Called once, before the file of configuration is read, with what reads it again. */
  readonly onReload: (reload: () => void) => void;
}

/** Runs the command until its server has ended. @returns the exit code. */
export const runCommand = async (args: readonly string[], host: CommandHost): Promise<number> => {
  const { version, out, env, print, folder, name } = host;
  try {
    if (args[0] === 'keys') {
      const { runKeys } = await import('../admin/keys-command.ts');
      await runKeys(args.slice(1), {
        env,
        print,
        file: findConfig(folder),
        stateIn: async (file) => stateOf(await readConfig(file, env)),
      });
      return 0;
    }
    const given = readArguments(args);
    if (given.help) return say(out, HELP);
    if (given.version) return say(out, `${version}\n`);
    return given.check === undefined ? await run(given, host) : await check(given.check.file, host);
  } catch (error) {
    for (const line of messageOf(error).split('\n')) out(`${name}: ${line}\n`);
    return host.exitCodeOf?.(error) ?? 1;
  }
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function say(out: CommandHost['out'], text: string): number {
  out(text);
  return 0;
}

async function run(given: Arguments, host: CommandHost): Promise<number> {
  const { folder, out, onSignal, onReload, name } = host;
  const file = given.config ?? shown(findConfig(folder), folder);
  // From now on: a process that listens to no signal is killed by it, or, as the first of a container, does not hear it.
  const ended = new Promise<void>((resolve) => onSignal(() => resolve()));
  const reloads = new Reloads();
  if (file !== undefined) onReload(() => reloads.ask());
  const opening = open(given, host, file);
  const opened = await Promise.race([opening, ended]);
  if (opened === undefined) {
    // Why it could not be opened matters to nobody any more.
    void opening.then(({ server }) => server.close(0)).catch(() => undefined);
    return 0;
  }
  const { server, options } = opened;
  if (file !== undefined) out(`${name} has read ${file}\n`);
  if (host.onListening === undefined) out(`${name} listens on ${server.url} (OpenAI: ${server.url}/v1)\n`);
  if (options.state !== undefined) out(`Callers need a key of ${shownState(options.state)}.\n`);
  const unwatch = file === undefined ? undefined : follow({ ...opened, given, file, out, name, reloads });
  host.onListening?.(server.url);
  await ended;
  unwatch?.();
  out(`${name} lets running calls end …\n`);
  await server.close();
  return 0;
}

/** A gateway that listens. */
interface Opened {
  readonly server: RunningServer;
  /** With which it was started. */
  readonly options: ServeOptions;
  /** Of the file, from before it was read. */
  readonly text: string | undefined;
  /** Reads the options anew. */
  readonly read: () => Promise<ServeOptions>;
}

async function open(
  given: Arguments,
  { env, page, client = { env } }: CommandHost,
  file: string | undefined,
): Promise<Opened> {
  const isThere = onceFor(existsSync);
  const read = async (): Promise<ServeOptions> => ({
    ...(await optionsOf(given, file, env, isThere)),
    ...(page !== undefined && { page }),
  });
  const text = file === undefined ? undefined : await textOf(file);
  const options = await read();
  return { server: await serve(file === undefined ? { client, ...options } : options), options, text, read };
}

/** What asks for the configuration to be read again: what came before it was read is not lost. */
class Reloads {
  #isAsked = false;
  #reload: (() => void) | undefined;

  ask(): void {
    if (this.#reload === undefined) this.#isAsked = true;
    else this.#reload();
  }

  follow(reload: () => void): void {
    this.#reload = reload;
    if (this.#isAsked) reload();
  }
}

/** Of an address its scheme, host and path alone: what else it holds may be a password. */
function shownState(url: string): string {
  if (!/^rediss?:/.test(url)) return url;
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** What was found at first: keys that are made while a gateway runs without any are for its next start. */
function onceFor(look: (file: string) => boolean): (file: string) => boolean {
  const found = new Map<string, boolean>();
  return (file) => {
    const known = found.get(file) ?? look(file);
    found.set(file, known);
    return known;
  };
}

/** A file of the folder itself is called by its name. */
const shown = (file: string | undefined, folder: string): string | undefined =>
  file === undefined || folder !== process.cwd() ? file : relative(folder, file);

/** What a server keeps from its start. */
const KEPT = { host: 'address.host', port: 'address.port', logging: 'logging' } as const;

/** What a file says now, and does not count before a restart. */
const notTaken = (started: ServeOptions, now: ServeOptions): readonly string[] =>
  (['host', 'port', 'logging'] as const)
    .filter((option) => JSON.stringify(started[option]) !== JSON.stringify(now[option]))
    .map((option) => KEPT[option]);

interface Followed extends Opened, Pick<CommandHost, 'out' | 'name'> {
  readonly given: Arguments;
  readonly file: string;
  readonly reloads: Reloads;
}

/** Reads the file again on demand and when its text has changed. @returns what ends that */
function follow(followed: Followed): () => void {
  const { server, given, file, read, out, name, reloads, options } = followed;
  let { text } = followed;
  const reload = async (): Promise<void> => {
    try {
      const now = await read();
      server.reload(now);
      out(`${name} has read ${file} again\n`);
      const kept = notTaken(options, now);
      if (kept.length > 0)
        out(
          `${name}: ${kept.join(', ')} changed, which needs a restart: until then all is there as before.\n`,
        );
    } catch (error) {
      for (const line of messageOf(error).split('\n')) out(`${name}: ${line}\n`);
      out(`${name} goes on with what it had read before.\n`);
    }
  };
  // One after the other: what was read last counts.
  let last = Promise.resolve();
  const queue = (step: () => Promise<void>): void => {
    last = last.then(step);
  };
  reloads.follow(() => queue(reload));
  if (given['no-watch']) return () => undefined;
  const look = (): void =>
    queue(async () => {
      const now = await textOf(file);
      if (now === text) return;
      text = now;
      await reload();
    });
  const unwatch = watchFile(file, look);
  // It may have changed since it was read.
  look();
  return unwatch;
}

/** Undefined for what cannot be read, and for a pipe, which has no end. */
const textOf = async (file: string): Promise<string | undefined> => {
  const isFile = await stat(file).then(
    (info) => info.isFile(),
    () => false,
  );
  return isFile ? readFile(file, 'utf8').catch(() => undefined) : undefined;
};

/** Reads it as `g4f-serve` would, and says whether it would start. */
async function check(given: string | undefined, { env, folder, out }: CommandHost): Promise<number> {
  const file = given ?? shown(findConfig(folder), folder);
  if (file === undefined) {
    out('g4f-serve: there is no g4f.config.yaml (.yml, .json, .ts, .mjs) in this folder: name the file.\n');
    return 1;
  }
  settleServe(await optionsOf({}, file, env)).checked.client.close();
  return say(out, `${file} is right\n`);
}
