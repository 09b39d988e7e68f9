// Mutation tests: breaks the code of one part piece by piece, and lists the breaks that no test of its package notices.
import './quiet-end.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `npm run mutate core|client|http [files…] [-- options]

Breaks the code piece by piece (Stryker) and runs the tests of the package on each break. A break that no test notices
has survived: it shows what the tests do not check, or code that makes no difference.

  core     packages/core/src
  client   packages/client/src
  http     packages/providers/src/http
  files    only these, as paths or patterns below that folder: deadlines.ts 'memory/*.ts'. All of client takes hours.

  --sample <lines>   only so many lines, in blocks of 25 drawn from the whole part: their score is an estimate of its own
  --seed <number>    which lines are drawn; 1
  --tests <folder>   only the tests in this folder of the package's: test/http. Several times as fast, and others may notice what they do not
  --help             this text

The survivors are printed, and all results are written to node_modules/.cache/mutation.json.
What runs only in the worker thread of Client or in a child process has no coverage here, whatever tests it.`;

const root = fileURLToPath(new URL('..', import.meta.url));
/** Lines of a block. In shorter ones hardly a whole function would be broken. */
const BLOCK = 25;

/** Where the sources of each part are, and the package whose tests try them. */
const PARTS = {
  core: { sources: 'packages/core/src', tests: 'packages/core' },
  client: { sources: 'packages/client/src', tests: 'packages/client' },
  http: { sources: 'packages/providers/src/http', tests: 'packages/providers' },
};

const { part, files, sample, seed, tests } = readOptions();
const chosen = files.length === 0 ? ['**/*.ts'] : files;
const mutate =
  sample === undefined
    ? chosen.map((file) => `${part.sources}/${file}`)
    : drawn(blocksOf(part.sources), sample / BLOCK, seed);
// It computes for long, and whatever else runs on this machine comes first.
setPriority(15);
const { status } = spawnSync('stryker', ['run'], {
  cwd: root,
  env: {
    ...process.env,
    MUTATE: mutate.join(','),
    MUTATE_PACKAGE: part.tests,
    MUTATE_TESTS: `${tests}/**/*.test.ts`,
  },
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

/** All blocks of a folder, as Stryker names them: `file:first-last`. */
function blocksOf(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(d|gen)\.ts$/.test(file))
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(join(root, folder, file), 'utf8').split('\n').length;
      return Array.from(
        { length: Math.ceil(lines / BLOCK) },
        (_, at) => `${folder}/${file}:${at * BLOCK + 1}-${Math.min(lines, (at + 1) * BLOCK)}`,
      );
    });
}

/** Some of them, the same ones for the same seed. */
function drawn(blocks, count, start) {
  const rest = [...blocks];
  let state = start;
  // Numbers as of Park and Miller, "Random number generators: good ones are hard to find", 1988.
  const below = (most) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  const taken = [];
  while (taken.length < count && rest.length > 0) taken.push(...rest.splice(below(rest.length), 1));
  return taken;
}

function readOptions() {
  const refuse = (why) => {
    console.error(`${why} npm run mutate -- --help tells what there is.`);
    return process.exit(2);
  };
  const natural = (name, text) => {
    const value = Number(text);
    return Number.isSafeInteger(value) && value > 0
      ? value
      : refuse(`--${name} must be a whole number above 0; it is "${text}".`);
  };
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        seed: { type: 'string', default: '1' },
        tests: { type: 'string', default: 'test' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const [name = '', ...files] = positionals;
    if (!Object.hasOwn(PARTS, name)) return refuse(`Name one of ${Object.keys(PARTS).join(', ')}.`);
    if (values.sample !== undefined && files.length > 0)
      return refuse('--sample draws from the whole part: name no files.');
    const folder = join(PARTS[name].tests, values.tests);
    if (!existsSync(join(root, folder)))
      return refuse(`--tests ${values.tests}: there is no folder ${folder}.`);
    return {
      part: PARTS[name],
      tests: values.tests,
      files,
      sample: values.sample === undefined ? undefined : natural('sample', values.sample),
      seed: natural('seed', values.seed),
    };
  } catch (error) {
    return refuse(`${error.message.split('. ')[0]}.`);
  }
}
