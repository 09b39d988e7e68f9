// Finds the worker's file: the same for the ESM build, the CommonJS build and the sources.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deniedFlag, G4FError } from '@g4f/core';

/** The CommonJS build has no import.meta.url, ESM has no __filename. */
const here = typeof __filename === 'string' ? pathToFileURL(__filename).href : import.meta.url;

/**
 * The absolute path of the worker's file: `workerURL` if the user named one, else `dist/worker.js` of the installed
 * package, found by the package's name. So a bundle works wherever node_modules is at hand.
 *
 * @throws G4FError `invalid-request` when the file is not there: a worker without a file would never answer.
 */
export const findWorkerFile = (workerURL?: string | URL): string => {
  const file = workerURL === undefined ? installedFile() : toPath(workerURL);
  if (file !== undefined && isThere(file)) return file;
  const where = file ?? 'dist/worker.js of @g4f/client, which cannot be resolved from here';
  throw new G4FError(
    `Client: the file of its worker thread is not there: ${where}. Build or reinstall @g4f/client; in a bundle keep @g4f/client external, or name the file by the option workerURL.`,
    { code: 'invalid-request' },
  );
};

/** @throws G4FError `invalid-request` where the runtime does not let us look. */
function isThere(file: string): boolean {
  try {
    // Node does not throw here: what may not be read is not there.
    if (process.permission?.has('fs.read', file) !== false) return existsSync(file);
  } catch (thrown) {
    if (deniedFlag(thrown) === undefined) throw thrown;
  }
  const flag = process.permission === undefined ? '--allow-read' : '--allow-fs-read';
  throw new G4FError(
    `Client: the runtime's permission model forbids reading ${file}, the file of its worker thread. Start the program with ${flag} as well, or use AsyncClient.`,
    { code: 'invalid-request' },
  );
}

function installedFile(): string | undefined {
  try {
    return join(dirname(createRequire(here).resolve('@g4f/client/package.json')), 'dist', 'worker.js');
  } catch {
    return undefined;
  }
}

function toPath(workerURL: string | URL): string {
  const text = String(workerURL);
  if (!URL.canParse(text) || /^[a-z]:[\\/]/i.test(text)) return text;
  if (text.startsWith('file:')) return fileURLToPath(text);
  throw new G4FError(`Client: workerURL must be a file: URL or a path, not ${text}.`, {
    code: 'invalid-request',
  });
}
