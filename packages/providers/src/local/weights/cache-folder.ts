// Where weights are kept between runs: the user's cache folder, as each system has it.

import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { type Environment, G4FError } from '@g4f/core';

/**
 * The folder for downloaded weights: `G4F_CACHE_DIR` if it is set, else `g4f` in `XDG_CACHE_HOME`, `LOCALAPPDATA`
 * (Windows), `~/Library/Caches` (macOS) or `~/.cache`. It need not exist. What is not absolute is ignored, but for `G4F_CACHE_DIR`.
 * @throws G4FError `invalid-request` where the system knows no home folder.
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
  try {
    const usual = homedir();
    return isAbsolute(usual) ? usual : userInfo().homedir;
  } catch (cause) {
    // A user whom the system does not know, as in a container with a number for its user.
    throw new G4FError('There is no home folder: set HOME, or G4F_CACHE_DIR to a folder for weights.', {
      code: 'invalid-request',
      cause,
    });
  }
};
