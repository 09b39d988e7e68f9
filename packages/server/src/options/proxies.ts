// The proxies that a client may go through, whose addresses callers are not told.
import type { ClientOptions } from '@g4f/client';

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;

/** As the options and the environment write them. */
export const proxiesIn = ({ proxy, env = process.env }: ClientOptions): readonly string[] =>
  [proxy, ...VARIABLES.flatMap((name) => [env[name], env[name.toLowerCase()]])].flatMap(
    (address) => address || [],
  );
