// Fields and variables as somebody gave them, and nothing that other code put on `Object.prototype`.
import type { Environment } from '@g4f/core';

/** The fields of an object without its prototype. */
export const ownFields = <T extends object>(given: T): T => Object.assign(Object.create(null), given);

/** A view of an environment. Of an empty object, because the engine looks at what a proxy is of with every read. */
const viewOf = (env: Environment): Environment => {
  const get = (_: unknown, name: string | symbol): string | undefined => {
    const value = typeof name === 'string' ? env[name] : undefined;
    // Most are asked for and not there, and each look at the environment of the process is slow.
    return value === undefined || !Object.hasOwn(env, name) ? undefined : value;
  };
  return new Proxy<Environment>(
    {},
    {
      get,
      has: (_, name) => Object.hasOwn(env, name),
      ownKeys: () => Reflect.ownKeys(env),
      getOwnPropertyDescriptor: (_, name) =>
        Object.hasOwn(env, name) ? { value: get(_, name), enumerable: true, configurable: true } : undefined,
    },
  );
};

let last: { readonly env: Environment; readonly own: Environment } | undefined;

/**
 * The variables of an environment, `process.env` unless given. Not a copy: it is read when something is needed, with every
 * call, and to copy it costs more than all reads.
 */
export const ownEnv = (given: Environment | undefined): Environment => {
  const env = given ?? globalThis.process?.env ?? {};
  if (last?.env !== env) last = { env, own: viewOf(env) };
  return last.own;
};
