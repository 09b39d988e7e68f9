// The environment of the process, in which a variable that may not be read counts as not set.
import type { Environment } from '@g4f/core';

/** Deno refuses to read what `--allow-env` does not name; who gives the key as an option needs no variable. */
const allowed = (env: Environment): Environment =>
  // Over an empty object: what a proxy answers is compared with what it is over, which would be read for that.
  new Proxy<Environment>(
    {},
    {
      get: (_, name) => attempt(() => Reflect.get(env, name)),
      has: (_, name) => attempt(() => Reflect.has(env, name)) ?? false,
      ownKeys: () => attempt(() => Reflect.ownKeys(env)) ?? [],
      getOwnPropertyDescriptor: (_, name) => attempt(() => Reflect.getOwnPropertyDescriptor(env, name)),
    },
  );

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** `process.env` where there is one; an empty environment elsewhere. */
export const processEnv = (): Environment => {
  const env = globalThis.process?.env ?? {};
  return 'Deno' in globalThis ? allowed(env) : env;
};
