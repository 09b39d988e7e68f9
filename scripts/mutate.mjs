// Mutation tests: breaks the code of one part piece by piece, and lists the breaks that no test of its package notices.
import { spawnSync } from 'node:child_process';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

const HELP = `npm run mutate core|client|http [files…]

Breaks the code piece by piece (Stryker) and runs the tests of the package on each break. A break that no test notices
has survived: it shows what the tests do not check, or code that makes no difference.

  core     packages/core/src
  client   packages/client/src
  http     packages/providers/src/http
  files    only these, as paths or patterns below that folder: deadlines.ts 'memory/*.ts'. All of client takes hours.

The survivors are printed, and all results are written to node_modules/.cache/mutation.json.
What runs only in the worker thread of Client or in a child process has no coverage here, whatever tests it.`;

/** Where the sources of each part are, and the package whose tests try them. */
const PARTS = {
  core: { sources: 'packages/core/src', tests: 'packages/core' },
  client: { sources: 'packages/client/src', tests: 'packages/client' },
  http: { sources: 'packages/providers/src/http', tests: 'packages/providers' },
};

const [name = '', ...files] = process.argv.slice(2);
const part = Object.entries(PARTS).find(([known]) => known === name)?.[1];
if (part === undefined || files.includes('--help')) {
  const asked = part !== undefined || name === '--help';
  (asked ? process.stdout : process.stderr).write(`${HELP}\n`);
  process.exit(asked ? 0 : 1);
}

const chosen = files.length === 0 ? ['**/*.ts'] : files;
// It computes for long, and whatever else runs on this machine comes first.
setPriority(15);
const { status } = spawnSync('stryker', ['run'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: {
    ...process.env,
    MUTATE: chosen.map((file) => `${part.sources}/${file}`).join(','),
    MUTATE_PACKAGE: part.tests,
  },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
