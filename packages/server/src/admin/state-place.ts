// Where the command keeps its state unless it is told.
import { existsSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What says where the state is, in the order in which it counts. */
interface StateSaid {
  /** `--state`. */
  readonly argument: string | undefined;
  /** `state` of the file of options. */
  readonly file: string | undefined;
  readonly env: Env;
  /** That of the process unless given. */
  readonly platform?: NodeJS.Platform;
  /** Whether the file is there; asked of the disk unless given. */
  readonly isThere?: (file: string) => boolean;
}

/** The state's address; undefined if nothing says one, and if what counts is `none`. */
export const saidState = ({ argument, file, env, platform }: StateSaid): string | undefined => {
  const said = argument ?? file ?? (env.G4F_SERVER_STATE || undefined);
  return said === 'none' ? undefined : (said ?? defaultState(env, platform));
};

/** The same for a server: the file of its own counts when keys have been made in it. */
export const servedState = (said: StateSaid): string | undefined => {
  const found = saidState(said);
  if (found === undefined || found !== defaultState(said.env, said.platform)) return found;
  const { isThere = existsSync } = said;
  return isThere(found.slice('sqlite:'.length)) ? found : undefined;
};

/** In the user's own folder of states; unknown where the user has none. */
function defaultState(
  { XDG_STATE_HOME = '', HOME, LOCALAPPDATA }: Env,
  platform = process.platform,
): string | undefined {
  const ofUser = (platform === 'win32' && LOCALAPPDATA) || (HOME ? join(HOME, '.local/state') : undefined);
  // A relative one is no place: the XDG specification ignores it.
  const folder = isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : ofUser;
  return folder === undefined ? undefined : `sqlite:${join(folder, 'g4f', 'gateway.db')}`;
}
