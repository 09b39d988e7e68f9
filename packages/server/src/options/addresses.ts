// Where a client's servers and proxies are, which callers are not told.
import type { ClientOptions } from '@g4f/client';

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;
/** As providers name the variables of their addresses: `OLLAMA_HOST`, `AZURE_OPENAI_ENDPOINT`, `GROQ_BASE_URL`. */
const OF_PROVIDERS = /_(?:HOST|ENDPOINT|BASE_URL|API_BASE|URL)$/;

/** As the options and the environment write them. */
export const addressesIn = ({
  proxy,
  baseURL,
  backends = [],
  env = process.env,
}: ClientOptions): readonly string[] =>
  [
    ...[proxy, baseURL, ...backends.map((row) => row.baseURL)],
    ...VARIABLES.flatMap((name) => [env[name], env[name.toLowerCase()]]),
    ...Object.keys(env).flatMap((name) => (OF_PROVIDERS.test(name) ? [env[name]] : [])),
  ].flatMap((address) => address || []);
