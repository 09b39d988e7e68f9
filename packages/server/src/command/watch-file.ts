// Tells when a file may have changed.
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { settling } from './settling.ts';

/**
 * What no system tells is looked for so often, in ms: another file behind a link, one of another machine's file system, a folder that was
 * put in the place of the one that is watched.
 */
const LOOKS = 10_000;

/**
 * Watches the folder, because editors and Kubernetes put another file in the place of the old one.
 * @param look is called when the file may have changed: it compares.
 * @returns what ends it.
 */
export const watchFile = (file: string, look: () => void): (() => void) => {
  const { told, end } = settling(look);
  const looks = setInterval(look, LOOKS).unref();
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(resolve(file)), { persistent: false }, told);
    // A folder that is gone cannot be watched any more.
    watcher.on('error', () => watcher?.close());
  } catch {
    // Some file systems cannot be watched; SIGHUP tells as well.
  }
  return () => {
    end();
    clearInterval(looks);
    watcher?.close();
  };
};
