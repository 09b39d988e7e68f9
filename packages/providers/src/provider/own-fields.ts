// Fields and variables as somebody gave them, and nothing that other code put on `Object.prototype`.

type Env = Readonly<Record<string, string | undefined>>;

/** The fields of an object without its prototype. */
export const ownFields = <T extends object>(given: T): T => Object.assign(Object.create(null), given);

const OWN: ProxyHandler<Env> = {
  get: (env, name) => (typeof name === 'string' && Object.hasOwn(env, name) ? env[name] : undefined),
  has: (env, name) => Object.hasOwn(env, name),
};

let last: { readonly env: Env; readonly own: Env } | undefined;

/**
 * The variables of an environment, `process.env` unless given. Not a copy: it is read when something is needed, with every
 * call, and to copy it costs more than all reads.
 */
export const ownEnv = (given: Env | undefined): Env => {
  const env = given ?? globalThis.process?.env ?? {};
  if (last?.env !== env) last = { env, own: new Proxy(env, OWN) };
  return last.own;
};
