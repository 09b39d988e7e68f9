// What each package may import; house.test.ts keeps it so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Import, root, type SourceFile } from './source-file.ts';

const NODE = /^node:/;
const UNDICI = /^undici(\/|$)/;
/** What @g4f/providers can use where the user has it; loaded when it is needed, and by the embedded model only. */
const OPTIONAL = Object.keys(
  JSON.parse(readFileSync(join(root, 'packages/providers/package.json'), 'utf8')).peerDependenciesMeta,
);

/** Core, and the helpers that our packages share. */
const CORE = /^@g4f\/core(\/internal)?$/;
/** Files of the same package that a platform has in different forms; see `imports` in its package.json. */
const PLATFORM = /^#platform\//;

/** Libraries of the gateway, each for those of its folders that are loaded when they are used. */
const OF_SERVER: Readonly<Record<string, RegExp>> = {
  yaml: /^config$/,
  zod: /^(config|openapi)$/,
  'prom-client': /^metrics$/,
  tokenx: /^tokens$/,
};

/** What each package may import besides its own files, and whether it does. */
export const PACKAGES: Readonly<Record<string, (use: Import, file: SourceFile) => boolean>> = {
  core: () => false,
  providers: ({ from, lazy, typeOnly }, { path }) =>
    CORE.test(from) ||
    PLATFORM.test(from) ||
    UNDICI.test(from) ||
    NODE.test(from) ||
    (OPTIONAL.includes(from) && (lazy || typeOnly) && path.startsWith('packages/providers/src/local/')),
  sqlite: ({ from }) => from === 'libsql',
  'local-runtime': ({ from }) => from === 'node-llama-cpp',
  testing: ({ from }) => CORE.test(from) || NODE.test(from) || from === 'jiti',
  server: ({ from, lazy, typeOnly }, { path }) =>
    CORE.test(from) ||
    // Where the user has them; loaded with the state that needs one.
    (/^(ioredis|libsql)$/.test(from) && (lazy || typeOnly)) ||
    /^@g4f\/client(\/middleware)?$/.test(from) ||
    // Its routers, without its application.
    /^hono\/(router\/[a-z-]+|utils\/url)$/.test(from) ||
    // The ids of providers alone, which options and callers are checked against.
    from === '@g4f/providers/options' ||
    NODE.test(from) ||
    OF_SERVER[from]?.test(path.split('/')[3] ?? '') ||
    // What is optional, or costs those nothing who do not use it.
    (['jiti', 'pino', '@g4f/providers/registry'].includes(from) && (lazy || typeOnly)),
  web: ({ from, lazy, typeOnly }) =>
    CORE.test(from) ||
    from === '@g4f/client' ||
    from === 'zod' ||
    from === 'ipaddr.js' ||
    /^defuddle\/node$|^linkedom$/.test(from) ||
    (from === 'undici' && (lazy || typeOnly)) ||
    NODE.test(from),
  mcp: ({ from, lazy, typeOnly }) =>
    CORE.test(from) ||
    from === '@g4f/client' ||
    from === '@g4f/web' ||
    from === 'zod' ||
    (from.startsWith('@modelcontextprotocol/sdk/') && (lazy || typeOnly)) ||
    NODE.test(from),
  'ai-sdk': ({ from }) => CORE.test(from) || from === '@g4f/client' || from === '@ai-sdk/provider',
  otel: ({ from, typeOnly }) =>
    CORE.test(from) ||
    (from === '@g4f/client' && typeOnly) ||
    from === '@opentelemetry/api' ||
    NODE.test(from),
  langchain: ({ from }) => CORE.test(from) || from === '@g4f/client' || from.startsWith('@langchain/core/'),
  openai: ({ from }) => CORE.test(from) || from === '@g4f/client',
  client: ({ from, lazy }, { path }) =>
    CORE.test(from) ||
    PLATFORM.test(from) ||
    (from === 'p-queue' && path.startsWith('packages/client/src/limits/')) ||
    /^zod(\/|$)/.test(from) ||
    /^@g4f\/providers(\/|$)/.test(from) ||
    // Loaded with the first conversation that is too long to be sent as it is.
    (from === 'tokenx' && lazy) ||
    NODE.test(from),
};
