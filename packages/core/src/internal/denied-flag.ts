// Tells what a runtime's permission model refused, which no retry and no other provider can change.

/** Sources: https://nodejs.org/api/permissions.html, https://docs.deno.com/runtime/fundamentals/security/ */
const NODE_FLAGS: ReadonlyMap<unknown, string> = new Map([
  ['FileSystemRead', '--allow-fs-read'],
  ['FileSystemWrite', '--allow-fs-write'],
  ['WorkerThreads', '--allow-worker'],
  ['ChildProcess', '--allow-child-process'],
  ['Net', '--allow-net'],
]);
/** Causes of causes that are looked at. */
const DEEPEST = 8;

/**
 * The flag with which the runtime would have allowed what failed, such as `--allow-net`; undefined where the failure has
 * another reason. Node throws ERR_ACCESS_DENIED with the permission, Deno a NotCapable whose message names the flag.
 */
export const deniedFlag = (thrown: unknown, depth = 0): string | undefined => {
  if (!(thrown instanceof Error) || depth > DEEPEST) return undefined;
  if ('code' in thrown && thrown.code === 'ERR_ACCESS_DENIED') {
    const permission = 'permission' in thrown ? thrown.permission : undefined;
    return NODE_FLAGS.get(permission) ?? flagIn(thrown.message) ?? '--allow-…';
  }
  if (thrown.name === 'NotCapable' || thrown.name === 'PermissionDenied') return flagIn(thrown.message);
  const inside = thrown instanceof AggregateError ? thrown.errors[0] : undefined;
  return deniedFlag(inside ?? thrown.cause, depth + 1);
};

const flagIn = (message: string): string | undefined =>
  /--allow-[a-z-]{1,40}/.exec(message.slice(0, 2000))?.[0];

/**
 * Why a file cannot be opened, and what to do; undefined where the failure has another reason.
 * @param path what the program must be allowed to use: `/folder/*` where more files of a folder are needed; what the runtime named
 *   unless given.
 */
export const notPermitted = (thrown: unknown, path = resourceOf(thrown)): string | undefined => {
  const flag = deniedFlag(thrown);
  if (flag === undefined) return undefined;
  const allowed = path !== undefined && /-(?:read|write)$/.test(flag) ? `${flag}=${path}` : flag;
  return `the runtime's permission model forbids it. Start the program with ${allowed} as well`;
};

const resourceOf = (thrown: unknown): string | undefined => {
  const { resource } = Object(thrown) as { readonly resource?: unknown };
  return typeof resource === 'string' && resource !== '' ? resource : undefined;
};
