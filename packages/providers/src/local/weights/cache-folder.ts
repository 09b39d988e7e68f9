// Where weights are kept between runs: the user's cache folder, as each system has it.

import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from '@g4f/core';

/**
 * The folder for downloaded weights: `G4F_CACHE_DIR` if it is set, else `g4f` in `XDG_CACHE_HOME`, `LOCALAPPDATA`
 * (Windows), `~/Library/Caches` (macOS) or `~/.cache`. It need not exist. What is not absolute is ignored, but for `G4F_CACHE_DIR`.
 * Source: https://specifications.freedesktop.org/basedir-spec/latest/
 */
export const cacheFolder = (env: Environment, platform: NodeJS.Platform = process.platform): string => {
  const named = env.G4F_CACHE_DIR?.trim();
  if (named) return named;
  const { XDG_CACHE_HOME: given, LOCALAPPDATA: local } = env;
  if (given !== undefined && isAbsolute(given)) return join(given, 'g4f');
  const home = homeOf(env.HOME || env.USERPROFILE);
  if (platform === 'win32') return join(local || join(home, 'AppData', 'Local'), 'g4f', 'cache');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'g4f');
  return join(home, '.cache', 'g4f');
};

/** An empty or relative one would be below the working folder, which may be anybody's. */
const homeOf = (given: string | undefined): string => {
  if (given !== undefined && isAbsolute(given)) return given;
  const usual = homedir();
  return isAbsolute(usual) ? usual : userInfo().homedir;
};
