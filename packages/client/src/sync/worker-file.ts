// Finds the worker's file: the same for the ESM build, the CommonJS build, the sources, and bundles of them.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deniedFlag, G4FError } from '@g4f/core';

/**
 * The absolute path of the worker's file: `workerURL` if the user named one, else `dist/worker.js` of the installed
 * package, else a copy beside this code.
 *
 * @throws G4FError `invalid-request` when the file is not there: a worker without a file would never answer.
 */
export const findWorkerFile = (workerURL?: string | URL): string => {
  if (workerURL === undefined) return installedFile() ?? fileBeside() ?? missing('worker.js of @g4f/client');
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
 * Looked for from this code, from the running program (in whose bundle this code may be), and in the working folder
 * alone: what lies in the folders above it is not the program's.
 */
function installedFile(): string | undefined {
  const places = [
    () => dirname(requireFrom(import.meta.url).resolve(MANIFEST)),
    () => dirname(requireFrom(process.argv[1] ?? '').resolve(MANIFEST)),
    () => join(process.cwd(), 'node_modules', '@g4f', 'client'),
  ];
  return firstFile(places.map((place) => () => join(place(), 'dist', 'worker.js')));
}

/**
 * Bundlers that know the first form (webpack, Turbopack) copy the file and write its new place here. The second is the
 * folder of a program that is one executable file.
 */
const fileBeside = (): string | undefined =>
  firstFile([
    () => fileURLToPath(new URL('./worker.js', import.meta.url)),
    () => join(dirname(process.execPath), 'worker.js'),
  ]);

function firstFile(places: readonly (() => string)[]): string | undefined {
  for (const place of places) {
    try {
      const file = place();
      if (existsSync(file)) return file;
    } catch {
      // It cannot be told from here.
    }
  }
  return undefined;
}

function missing(what: string): never {
  throw new G4FError(
    `Client: the file of its worker thread is not there: ${what}. Build or reinstall @g4f/client; in a bundle keep @g4f/client external, or copy its dist/worker.js and name it by the option workerURL. A permission model must let it be read (--allow-fs-read, in Deno --allow-read).`,
    { code: 'invalid-request' },
  );
}

function toPath(workerURL: string | URL): string {
  const text = String(workerURL);
  if (!URL.canParse(text) || /^[a-z]:[\\/]/i.test(text)) return text;
  if (text.startsWith('file:')) return fileURLToPath(text);
  throw new G4FError(`Client: workerURL must be a file: URL or a path, not ${text}.`, {
    code: 'invalid-request',
  });
}
