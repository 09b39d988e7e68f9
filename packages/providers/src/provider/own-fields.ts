// Fields and variables as somebody gave them, and nothing that other code put on `Object.prototype`.
import type { Environment } from '@g4f/core';

/** The fields of an object without its prototype. */
export const ownFields = <T extends object>(given: T): T => Object.assign(Object.create(null), given);

const OWN: ProxyHandler<Environment> = {
  get: (env, name) => (typeof name === 'string' && Object.hasOwn(env, name) ? env[name] : undefined),
  has: (env, name) => Object.hasOwn(env, name),
};

let last: { readonly env: Environment; readonly own: Environment } | undefined;

/**
 * The variables of an environment, `process.env` unless given. Not a copy: it is read when something is needed, with every
 * call, and to copy it costs more than all reads.
 */
export const ownEnv = (given: Environment | undefined): Environment => {
  const env = given ?? globalThis.process?.env ?? {};
  if (last?.env !== env) last = { env, own: new Proxy(env, OWN) };
  return last.own;
};
