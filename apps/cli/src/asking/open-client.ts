// The client of the command: made with the keys that it keeps, its configuration and the environment.
import { AsyncClient, type ClientOptions } from '@g4f/client';
import { rememberKept } from '../failure/command-words.ts';
import { type Config, readConfig } from '../store/config-file.ts';
import { configFolder, type Environment } from '../store/folders.ts';
import { readKept } from '../store/kept-keys.ts';
import { note } from '../terminal/output.ts';
import type { CostLimit } from './cost-limit.ts';

/** A client, and what it was made with. */
export interface OpenClient {
  readonly client: AsyncClient;
  readonly config: Config;
  /** The environment with the kept keys below it: a variable that is set wins. */
  readonly env: Environment;
  /** What this run may cost, where that is limited. */
  readonly limit?: CostLimit;
}

/** The environment, and the keys that are kept; one that the keychain does not give is told and left out. */
export const environment = async (): Promise<Environment> => {
  const kept = await readKept(note, (variable) => !process.env[variable]);
  rememberKept(Object.keys(kept).filter((variable) => process.env[variable] === undefined));
  return { ...kept, ...process.env };
};

/** The configuration; an empty one, and a note, where there is no home to read it from. */
export const settledConfig = async (): Promise<Config> => {
  try {
    configFolder();
  } catch {
    note('there is no home folder, so nothing is configured and no key is kept.');
    return {};
  }
  return readConfig();
};

/** The options of its client. @param env the environment, and the keys that are kept. */
export const clientOptions = ({ fallback, backends }: Config, env: Environment): ClientOptions => ({
  env,
  ...(fallback !== undefined && { fallback }),
  ...(backends && { backends }),
});

/**
 * Makes the client.
 * @param maxCost what its calls may cost together, in US dollars.
 * @throws UsageError for a configuration that is not what it must be; G4FError for a row or an option that is not.
 */
export const openClient = async (maxCost?: number): Promise<OpenClient> => {
  const config = await settledConfig();
  const env = await environment();
  const options = clientOptions(config, env);
  if (maxCost === undefined) return { client: new AsyncClient(options), config, env };
  const { limited } = await import('./limited-client.ts');
  return { ...(await limited(maxCost, options, config, env)), config, env };
};
