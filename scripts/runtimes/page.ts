// Writes docs/runtimes.md of the steps: what is in the table was run, because each row is a test.
import { BUNDLERS } from './bundlers.ts';
import { RUNTIMES } from './runtimes.ts';
import type { Faces, Step } from './step.ts';
import { NOT_RUN, TOOLS } from './tools.ts';

const FACES: Readonly<Record<Faces, string>> = { both: '✓ | ✓', async: '✓ | –', sync: '– | ✓' };

/** The version that a step runs on. */
export const versionOf = ({ on }: Step): string => (typeof on === 'string' ? TOOLS[on] : on.version);

const row = (step: Step): string =>
  `| ${step.name} | ${versionOf(step)} | ${FACES[step.faces]} | ${step.isLong ? '' : '✓'} | ${step.note ?? ''} |`;

const table = (first: string, steps: readonly Step[]): string =>
  [
    `| ${first} | version | AsyncClient | Client | in CI | |`,
    '|---|---|---|---|---|---|',
    ...steps.map(row),
  ].join('\n');

/** The whole page. */
export const runtimesPage = (): string => `# Where it runs

The packed packages, installed from their tarballs into an empty project, stream an answer on each of these through both
clients. Every row is a test: \`npm run runtimes\` runs all of them (it installs 900 MB of tools), CI those marked so. A dash
is where a client cannot be: \`Client\` blocks its thread, which a page and a worker of Cloudflare's must not.
This page is written by \`npm run runtimes:page\` from \`scripts/runtimes/\`; a test keeps it so.

${table('runtime', RUNTIMES)}

${table('bundler or test runner', BUNDLERS)}

## Not run

${NOT_RUN.map(([what, why]) => `- ${what}: ${why}.`).join('\n')}

## How it is built for them

- **CommonJS loads by \`require\`.** A native \`import()\` in a CommonJS file is refused in Jest, and would load the ESM
  build of our other packages beside the CommonJS one.
- **\`dist/worker.js\` is one file** that runs as ESM and as CommonJS, wherever it is copied to. It is looked for from this
  code, from the running program, in \`node_modules\` of the working folder, beside the bundle, and beside the executable
  file. Only undici stays outside: its own updates reach a program, and without it requests go over \`fetch\`.
- **What cannot be loaded is told at once.** A small text of our own is what a worker runs first: it loads the file and
  writes a failure where the blocked caller sees it.
- **Without undici, over \`fetch\`.** esbuild and Rollup make ES modules in which undici's \`require('node:assert')\` throws
  ("Dynamic require of …"). Deadlines are kept; a \`proxy\`, of the environment too, is refused and never passed by.
- **No source maps.** They were half of what was installed (17 MB), and what is published is not minified: a stack trace
  names functions and lines that can be read where they are. The sources of each version are in the repository.
`;
