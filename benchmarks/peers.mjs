// The libraries that we are compared with. They are no part of the workspace: who does not measure them does not install them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where they are installed. */
export const PEERS_FOLDER = fileURLToPath(new URL('./peers/', import.meta.url));

/** How they are installed, for whoever misses one. */
export const HOW = 'npm install --prefix benchmarks/peers';

/** The version of a peer, or undefined if it is not installed. */
export const peerVersion = (name) => {
  try {
    return JSON.parse(readFileSync(join(PEERS_FOLDER, 'node_modules', name, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
};
