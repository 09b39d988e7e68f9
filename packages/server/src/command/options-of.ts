// The options of the server: of its file, its environment and its arguments, the last of which win.
import { G4FError } from '@g4f/core';
import { servedState } from '../admin/state-place.ts';
import { readConfig } from '../config/read-config.ts';
import { serveOptions } from '../config/serve-options.ts';
import type { Environment } from '../config/source-text.ts';
import type { ServeOptions } from '../node/serve.ts';
import type { Arguments } from './arguments.ts';

/** @param file of the configuration, if there is one. @param isThere whether a file of keys is there. @throws G4FError `invalid-request` */
export const optionsOf = async (
  { port, host, insecure, state: argument }: Pick<Arguments, 'port' | 'host' | 'insecure' | 'state'>,
  file: string | undefined,
  env: Environment,
  isThere?: (file: string) => boolean,
): Promise<ServeOptions> => {
  const fromFile = file === undefined ? {} : await serveOptions(await readConfig(file, env), env);
  const keys = bothKeys(readKeys(env.G4F_SERVER_KEYS ?? ''), fromFile.keys);
  const { state: ofFile, ...options } = fromFile;
  const state = servedState({ argument, file: ofFile, env, ...(isThere && { isThere }) });
  const { G4F_SERVER_ADMIN_KEY: adminKey } = env;
  return {
    ...options,
    ...(state !== undefined && { state }),
    ...(adminKey && { adminKey }),
    ...(keys !== undefined && { keys }),
    ...(port !== undefined && { port: /^\d+$/.test(port) ? Number(port) : Number.NaN }),
    ...(host !== undefined && { host }),
    ...(insecure !== undefined && { insecure }),
  };
};

/** A variable that holds something and no key would open the gateway to everybody. */
function readKeys(text: string): readonly string[] {
  const keys = text
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  if (keys.length > 0 || text === '') return keys;
  throw new G4FError('G4F_SERVER_KEYS holds no key: give keys with commas between them, or unset it.', {
    code: 'invalid-request',
  });
}

const bothKeys = (
  fromEnvironment: readonly string[],
  fromFile: readonly string[] | undefined,
): readonly string[] | undefined =>
  fromEnvironment.length === 0 ? fromFile : [...fromEnvironment, ...(fromFile ?? [])];
