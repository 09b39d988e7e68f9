// Where the command keeps its state unless it is told.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What says where the state is, in the order in which it counts. */
interface StateSaid {
  /** `--state`. */
  readonly argument: string | undefined;
  /** `state` of the file of options. */
  readonly file: string | undefined;
  readonly env: Env;
}

/** The state's address; undefined if nothing says one, and if what counts is `none`. */
export const saidState = ({ argument, file, env }: StateSaid): string | undefined => {
  const said = argument ?? file ?? (env.G4F_SERVER_STATE || undefined);
  return said === 'none' ? undefined : (said ?? defaultState(env));
};

/** The same for a server: the file of its own counts when keys have been made in it. */
export const servedState = (said: StateSaid): string | undefined => {
  const found = saidState(said);
  if (found === undefined || found !== defaultState(said.env)) return found;
  return existsSync(found.slice('sqlite:'.length)) ? found : undefined;
};

/** In the user's own folder of states; unknown where the user has none. */
function defaultState({ XDG_STATE_HOME, HOME, LOCALAPPDATA }: Env): string | undefined {
  const folder = XDG_STATE_HOME || LOCALAPPDATA || (HOME ? join(HOME, '.local/state') : undefined);
  return folder === undefined ? undefined : `sqlite:${join(folder, 'g4f', 'gateway.db')}`;
}
