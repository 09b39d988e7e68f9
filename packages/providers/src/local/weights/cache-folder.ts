// Where weights are kept between runs: the user's cache folder, as each system has it.

import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@g4f/core';

/**
 * The folder for downloaded weights: `G4F_CACHE_DIR` if it is set, else `g4f` in `XDG_CACHE_HOME`, `LOCALAPPDATA`
 * (Windows), `~/Library/Caches` (macOS) or `~/.cache`. It need not exist.
 * Source: https://specifications.freedesktop.org/basedir-spec/latest/
 */
export const cacheFolder = (env: Environment, platform: NodeJS.Platform = process.platform): string => {
  const named = env.G4F_CACHE_DIR?.trim();
  if (named) return named;
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'g4f');
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'g4f', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'g4f');
  return join(home, '.cache', 'g4f');
};
