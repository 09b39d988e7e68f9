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

async function update({ json }: { readonly json?: boolean }): Promise<void> {
  const manifest = new URL('../package.json', import.meta.url);
  const installed: string = JSON.parse(readFileSync(manifest, 'utf8')).version;
  const newest = await newestVersion();
  const command = installCommand(realpathSync(fileURLToPath(manifest)));
  const isNewer = isOlder(installed, newest);
  if (json) return outJson({ installed, newest, newer: isNewer, ...(isNewer && { command }) });
  await out(
    isNewer
      ? `g4f ${newest} is there; this is ${installed}. To install it:\n\n  ${command}\n`
      : `g4f ${installed} is the newest version.\n`,
  );
}

/** Asked by npm itself, which knows its registry, proxy and account. @throws G4FError where npm cannot say. */
async function newestVersion(): Promise<string> {
  let printed: string;
  try {
    // On Windows npm is a script, which only a shell starts; the words are all our own.
    const options = { timeout: TIMEOUT_MS, shell: process.platform === 'win32' };
    ({ stdout: printed } = await promisify(execFile)(
      'npm',
      ['view', 'g4f@latest', 'version', '--json'],
      options,
    ));
  } catch (error) {
    throw npmFailure(error);
  }
  const version = readVersion(printed);
  if (version === undefined)
    throw new G4FError('npm told no version of g4f: see "npm view g4f version".', { code: 'bad-response' });
  return version;
}

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

function readVersion(printed: string): string | undefined {
  try {
    const version: unknown = JSON.parse(printed);
    return typeof version === 'string' && /^\d+\.\d+\.\d+[\w.+-]*$/.test(version) ? version : undefined;
  } catch {
    return undefined;
  }
}
