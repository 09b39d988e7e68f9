// Tells when a file has changed.
import { type FSWatcher, watch } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** Editors write a file in several steps: the last of them counts. In ms. */
const SETTLED = 100;

/**
 * Watches the folder, because editors and Kubernetes put another file in the place of the old one.
 * @returns what ends it.
 */
export const watchFile = (file: string, changed: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(dirname(resolve(file)), { persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLED);
    });
    // A folder that is gone cannot be watched any more.
    watcher.on('error', () => watcher?.close());
  } catch {
    // Some file systems cannot be watched; SIGHUP tells as well.
  }
  return () => {
    clearTimeout(timer);
    watcher?.close();
  };
};
