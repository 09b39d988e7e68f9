// The project in which the steps run: the packed packages, the tools, and the programs, in one folder.
import { execFile, spawn } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FAKE_PIECES, type FakeOpenAI, startFakeOpenAI } from '../fake-openai.ts';
import { createPackedProject, type PackedProject } from '../packed-project.ts';
import { OF_THE_LONG_FORM, TOOLS } from './tools.ts';

const run = promisify(execFile);

/** What a step gets. */
export interface Lab {
  readonly folder: string;
  /** The address of the service that the programs ask. */
  readonly url: string;
  /** Runs a command in the folder; what it printed. Fails with what it printed if it fails. */
  readonly run: (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<string>;
  /** As `run`, for a tool of the project. */
  readonly tool: (name: string, args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<string>;
  /** Runs a bundler's script, once for all steps that need what it makes. */
  readonly bundle: (script: string) => Promise<unknown>;
  readonly path: (...names: readonly string[]) => string;
}

/** What the service says to every program. */
export const ANSWER: string = FAKE_PIECES.join('');

/** Packs, installs and starts the service. */
export const openLab = async (isLong: boolean): Promise<{ lab: Lab; close(): Promise<void> }> => {
  const [project, service] = await Promise.all([
    createPackedProject(['core', 'providers', 'client']),
    startFakeOpenAI(),
  ]);
  const names = Object.entries(TOOLS).filter(([name]) => isLong || !OF_THE_LONG_FORM.includes(name));
  const install = [
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--save-exact',
  ];
  await run('npm', [...install, ...names.map((tool) => tool.join('@'))], { cwd: project.folder });
  await cp(join(import.meta.dirname, '../consumer'), project.folder, { recursive: true });
  await cp(join(import.meta.dirname, 'programs'), project.folder, { recursive: true });
  return { lab: labOf(project, service), close: () => close(project, service) };
};

async function close(project: PackedProject, service: FakeOpenAI): Promise<void> {
  await service.close();
  await project.remove();
}

function labOf({ folder }: PackedProject, { url }: FakeOpenAI): Lab {
  const path = (...names: readonly string[]): string => join(folder, ...names);
  const bundles = new Map<string, Promise<unknown>>();
  const runHere: Lab['run'] = async (command, args, env = {}) => {
    // Nothing of this repository's own modules, and no keys, proxies or settings of this machine.
    const { PATH, HOME } = process.env;
    const { stdout, stderr } = await run(command, [...args], {
      cwd: folder,
      env: { PATH, HOME, ...env },
    }).catch((failed) => {
      throw new Error(`${command} ${args.join(' ')}\n${failed.stdout}\n${failed.stderr}`);
    });
    return stdout + (command === process.execPath ? '' : stderr);
  };
  return {
    folder,
    url,
    path,
    run: runHere,
    bundle: (script) => {
      const bundling = bundles.get(script) ?? runHere(process.execPath, [path(script)]);
      bundles.set(script, bundling);
      return bundling;
    },
    tool: (name, args, env) => runHere(path('node_modules/.bin', name), args, env),
  };
}

/** What a program heard, which is the JSON of its last line. */
export const heardIn = (printed: string): unknown => {
  const line = printed
    .trim()
    .split('\n')
    .findLast((text) => text.startsWith('{'));
  if (line === undefined) throw new Error(`no answer was printed:\n${printed}`);
  return JSON.parse(line);
};

/** Starts a program that serves until `stop`; resolves when it has printed `ready`, with the first group of that. */
export const startServer = (
  lab: Lab,
  args: readonly string[],
  ready: RegExp,
): Promise<{ found: string; stop(): Promise<void> }> =>
  new Promise((resolve, reject) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, args, { cwd: lab.folder, env: { PATH, HOME } });
    const ended = new Promise<void>((end) => child.once('close', () => end()));
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const found = ready.exec(printed)?.[1];
      if (found === undefined) return;
      resolve({
        found,
        stop: () => {
          child.kill();
          return ended;
        },
      });
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`it ended with ${code}:\n${printed}`)));
  });

/** The text of a file of the folder, changed and written back. */
export const rewrite = async (file: string, change: (text: string) => string): Promise<void> =>
  writeFile(file, change(await readFile(file, 'utf8')));
