// Where the command keeps its files: the folders of the XDG specification.
// Source: https://specifications.freedesktop.org/basedir-spec/latest/
import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { UsageError } from '../failure/usage-error.ts';

/** Variables by their names. */
export type Environment = Readonly<Record<string, string | undefined>>;

const folder = (env: Environment, variable: string, usual: readonly string[]): string => {
  const given = env[variable];
  // The specification: what is not absolute is ignored.
  if (given !== undefined && isAbsolute(given)) return join(given, 'g4f');
  return join(homeOf(env.HOME), ...usual, 'g4f');
};

/** An empty or relative one would be below the working folder, which may be anybody's. */
const homeOf = (given: string | undefined): string => {
  if (given !== undefined && isAbsolute(given)) return given;
  try {
    const usual = homedir();
    return isAbsolute(usual) ? usual : userInfo().homedir;
  } catch {
    // A user whom the system does not know, as in a container with a number for its user.
    throw new UsageError('there is no home folder: set HOME to a folder of yours');
  }
};

/** Holds the configuration, the keys and the templates. */
export const configFolder = (env: Environment = process.env): string =>
  folder(env, 'XDG_CONFIG_HOME', ['.config']);

/** Holds the log and the collections of vectors. */
export const dataFolder = (env: Environment = process.env): string =>
  folder(env, 'XDG_DATA_HOME', ['.local', 'share']);

/** Holds what may be deleted at any time: the weights of the embedded models, where @g4f/providers looks for them. */
export const cacheFolder = (env: Environment = process.env, platform = process.platform): string => {
  const named = env.G4F_CACHE_DIR?.trim();
  if (named) return named;
  const { XDG_CACHE_HOME: given, LOCALAPPDATA: local } = env;
  if (given !== undefined && isAbsolute(given)) return join(given, 'g4f');
  const home = homeOf(env.HOME || env.USERPROFILE);
  if (platform === 'win32') return join(local || join(home, 'AppData', 'Local'), 'g4f', 'cache');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'g4f') : join(home, '.cache', 'g4f');
};
