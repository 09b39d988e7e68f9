// Whether there is a newer version, and the command that installs it. Nothing is installed here.
import { execFile } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { G4FError } from '@g4f/core';
import type { Command } from 'commander';
import { out, outJson } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';
import { installCommand, isOlder } from './installed.ts';

/** Lines to try. */
export const examples = [
  ['g4f update', 'says whether there is a newer version, and what installs it'],
  ['g4f update --json', 'as JSON'],
] as const;

const TIMEOUT_MS = 30_000;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command.option('--json', 'as JSON').action(update);
};

/** What is read of our own. */
interface Manifest {
  readonly version: string;
  readonly repository: { readonly url: string };
}

async function update({ json }: { readonly json?: boolean }): Promise<void> {
  const manifest = new URL('../package.json', import.meta.url);
  const { version: installed, repository }: Manifest = JSON.parse(readFileSync(manifest, 'utf8'));
  const newest = await newestVersion(repository.url);
  const command = installCommand(realpathSync(fileURLToPath(manifest)));
  const isNewer = isOlder(installed, newest);
  if (json) return outJson({ installed, newest, newer: isNewer, ...(isNewer && { command }) });
  await out(
    isNewer
      ? `g4f ${newest} is there; this is ${installed}. To install it:\n\n  ${command}\n`
      : `g4f ${installed} is the newest version.\n`,
  );
}

/**
 * Asked by npm itself, which knows its registry, proxy and account.
 * @throws G4FError where npm cannot say, or where the name there belongs to another project, which nobody is told to install.
 */
async function newestVersion(ownRepository: string): Promise<string> {
  let printed: string;
  try {
    // On Windows npm is a script, which only a shell starts; the words are all our own.
    const options = { timeout: TIMEOUT_MS, shell: process.platform === 'win32' };
    ({ stdout: printed } = await promisify(execFile)(
      'npm',
      ['view', 'g4f@latest', 'version', 'repository.url', '--json'],
      options,
    ));
  } catch (error) {
    throw npmFailure(error);
  }
  const { version, repository } = readPrinted(printed);
  if (version === undefined)
    throw new G4FError('npm told no version of g4f: see "npm view g4f version".', { code: 'bad-response' });
  if (repository === undefined || placeOf(repository) !== placeOf(ownRepository))
    throw new G4FError(
      `the package g4f of npm is another project (${oneLine(repository ?? 'it names no repository')}): do not install it; newer versions of this one are at ${placeOf(ownRepository)}.`,
      { code: 'bad-response' },
    );
  return version;
}

/** Without what differs in how one address is written. */
const placeOf = (url: string): string =>
  url
    .replace(/^git\+/, '')
    .replace(/^(?:ssh:\/\/)?git(?:@|:\/\/)([^:/]+)[:/]/, 'https://$1/')
    .replace(/(?:\.git)?\/?$/, '')
    .toLowerCase();

function npmFailure(error: unknown): G4FError {
  const { code, killed, stderr = '' } = Object(error);
  if (code === 'ENOENT')
    return new G4FError('npm, which is asked for the newest version, is not installed.', { code: 'network' });
  if (killed === true)
    return new G4FError(`npm did not answer within ${TIMEOUT_MS / 1000} seconds: try again later.`, {
      ...{ code: 'timeout', phase: 'total' },
    });
  const [line = ''] = String(stderr)
    .split('\n')
    .filter((one) => one.startsWith('npm error') && !/^npm error code/.test(one));
  return new G4FError(
    `npm could not say: ${oneLine(line.replace('npm error', '')) || 'it failed'}. See "npm view g4f version".`,
    {
      code: 'network',
    },
  );
}

function readPrinted(printed: string): { readonly version?: string; readonly repository?: string } {
  try {
    const { version, 'repository.url': repository } = Object(JSON.parse(printed));
    return {
      ...(/^\d+\.\d+\.\d+[\w.+-]*$/.test(String(version)) && { version: String(version) }),
      ...(typeof repository === 'string' && { repository }),
    };
  } catch {
    return {};
  }
}
