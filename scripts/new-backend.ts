// `npm run new:backend <id>`: asks three questions and writes the three files of a provider that speaks OpenAI's protocol.
// Run by run.mjs, and to its end while it is being imported.
import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cancel, group, intro, isCancel, note, outro, text } from '@clack/prompts';
import { type NewBackend, newBackendFiles } from './new-backend-files.ts';
import { root } from './source-file.ts';

const HELP = `Usage: npm run new:backend -- <id> [options]

Writes a provider, its test and its changeset. What no option answers is asked.

  --name <text>       the name a person knows the service by
  --base-url <url>    where it answers, up to /chat/completions
  --website <url>     the page that documents its API
  --env <variable>    the variable that holds its key (<ID>_API_KEY unless given)
  --no-key            it needs no key
  --help              this text`;

const { values, positionals } = readArguments();

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        'base-url': { type: 'string' },
        website: { type: 'string' },
        env: { type: 'string' },
        'no-key': { type: 'boolean', default: false },
        root: { type: 'string', default: root },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
  } catch (error) {
    fail(`${error instanceof Error ? error.message.split('\n')[0] : error}\n\n${HELP}`);
    return process.exit();
  }
}

async function write(id: string | undefined): Promise<void> {
  if (id === undefined) return fail(`Which provider?\n\n${HELP}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    return fail(`"${id}" is no id: it must be kebab-case, such as "my-backend".`);
  const files = (backend: NewBackend) => newBackendFiles(backend);
  const paths = Object.keys(files({ id, name: '', baseURL: '', website: '', env: undefined }));
  for (const path of paths) {
    if (await exists(path)) return fail(`${path} is there already: choose another id, or remove it.`);
  }
  const answers = await ask();
  if (answers === undefined) return;
  const env = values['no-key']
    ? undefined
    : (values.env ?? `${id.replaceAll('-', '_').toUpperCase()}_API_KEY`);
  for (const [path, content] of Object.entries(files({ id, ...answers, env }))) {
    await mkdir(dirname(join(values.root, path)), { recursive: true });
    await writeFile(join(values.root, path), content);
  }
  tell(id, paths, env);
}

interface Answers {
  readonly name: string;
  readonly baseURL: string;
  readonly website: string;
}

/** The three answers, from the options or the person; undefined when they are not to be had, which has been said. */
async function ask(): Promise<Answers | undefined> {
  const { name, 'base-url': baseURL, website } = values;
  const wrong = [mistakeIn('--base-url', baseURL), mistakeIn('--website', website)].find(Boolean);
  if (wrong !== undefined) return void fail(wrong);
  if (name !== undefined && baseURL !== undefined && website !== undefined) return { name, baseURL, website };
  if (!process.stdin.isTTY) return void fail('Nobody is here to ask: give --name, --base-url and --website.');
  intro('A new backend');
  const answers = await group({
    name: async () => name ?? text({ message: 'What do people call the service?', validate: mustBeText }),
    baseURL: async () =>
      baseURL ??
      text({
        message: 'Where does it answer? (up to /chat/completions)',
        placeholder: 'https://api.acme.example/v1',
        validate: mustBeURL,
      }),
    website: async () => website ?? text({ message: 'Which page documents its API?', validate: mustBeURL }),
  });
  if (Object.values(answers).some(isCancel)) return void cancel('Nothing was written.');
  return answers;
}

const mustBeText = (given: string | undefined): string | undefined =>
  given?.trim() ? undefined : 'A name, please.';
const mustBeURL = (given: string | undefined): string | undefined =>
  given !== undefined && /^https?:\/\//.test(given) && URL.canParse(given)
    ? undefined
    : 'An http or https URL, please.';

const mistakeIn = (option: string, given: string | undefined): string | undefined =>
  given !== undefined && mustBeURL(given) !== undefined
    ? `${option} must be an http or https URL.`
    : undefined;

function tell(id: string, paths: readonly string[], env: string | undefined): void {
  const key =
    env === undefined
      ? ''
      : `\nIts key is expected in ${env}: change that if its documentation says otherwise.`;
  const steps = `${paths.join('\n')}\n${key}
Next: fill in the models it offers, then
  npm run generate
  npx vitest run packages/providers/test/backends/${id}.test.ts
With a key: npm run record -- ${id} --model <its model> keeps a real answer as a tape for the test.`;
  if (!process.stdout.isTTY) console.log(steps);
  else {
    note(steps, 'Written');
    outro('Welcome to the shelf.');
  }
}

async function exists(path: string): Promise<boolean> {
  return access(join(values.root, path)).then(
    () => true,
    () => false,
  );
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 2;
}

if (values.help) console.log(HELP);
else await write(positionals[0]);
