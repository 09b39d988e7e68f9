// Finds the worker's file: the same for the ESM build, the CommonJS build, the sources, and bundles of them.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { G4FError } from '@g4f/core';
import { deniedFlag, urlOf } from '@g4f/core/internal';

/**
 * The absolute path of the worker's file: `workerURL` if the user named one, else `dist/worker.js` of the installed
 * package, else a copy beside this code.
 *
 * @throws G4FError `invalid-request` when the file is not there: a worker without a file would never answer.
 */
export const findWorkerFile = (workerURL?: string | URL): string => {
  if (workerURL === undefined) return installedFile() ?? missing('worker.js of @g4f/client');
  const file = toPath(workerURL);
  return isThere(file) ? file : missing(file);
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

const MANIFEST = '@g4f/client/package.json';

/** A function of its own, or bundlers would take what is resolved for a module of the program. */
const requireFrom = (place: string): NodeJS.Require => createRequire(place);

/**
 * Where the file may be: in the package as this code would import it, or as the running program would, in whose bundle this
 * code may be; beside this code; beside a program that is one executable file; and last, in the packages of the working
 * folder alone, because what lies above it was put there by anybody.
 */
const PLACES: readonly (() => string)[] = [
  () => join(dirname(requireFrom(import.meta.url).resolve(MANIFEST)), 'dist', 'worker.js'),
  () => join(dirname(requireFrom(process.argv[1] ?? '').resolve(MANIFEST)), 'dist', 'worker.js'),
  // Bundlers that know this form (webpack, Turbopack) copy the file and write its new place here.
  () => fileURLToPath(new URL('./worker.js', import.meta.url)),
  () => join(dirname(process.execPath), 'worker.js'),
  () => join(process.cwd(), 'node_modules', '@g4f', 'client', 'dist', 'worker.js'),
];

/** @throws G4FError `invalid-request` when it is there, and may not be read. */
function installedFile(): string | undefined {
  for (const place of PLACES) {
    const file = tried(place);
    if (file !== undefined && isThere(file)) return file;
  }
  return undefined;
}

function tried(place: () => string): string | undefined {
  try {
    return place();
  } catch {
    // It cannot be told from here.
    return undefined;
  }
}

function missing(what: string): never {
  throw new G4FError(
    `Client: the file of its worker thread is not there: ${what}. Build or reinstall @g4f/client; in a bundle keep @g4f/client external, or copy its dist/worker.js and name it by the option workerURL.`,
    { code: 'invalid-request' },
  );
}

function toPath(workerURL: string | URL): string {
  const text = String(workerURL);
  if (urlOf(text) === undefined || /^[a-z]:[\\/]/i.test(text)) return text;
  if (text.startsWith('file:')) return fileURLToPath(text);
  throw new G4FError(`Client: workerURL must be a file: URL or a path, not ${text}.`, {
    code: 'invalid-request',
  });
}
