// What answers depend on, checked one by one; what is wrong comes with what to do.
import type { Command } from 'commander';
import { openClient } from '../asking/open-client.ts';
import { allProviders, keyVariable } from '../asking/providers.ts';
import { EXIT, messageOf } from '../failure/exit-code.ts';
import { configPath } from '../store/config-file.ts';
import { keyPlaces, readKept } from '../store/kept-keys.ts';
import { keysAreOpen, keysPath } from '../store/keys-file.ts';
import { logPath, openLog } from '../store/log-store.ts';
import { weightsOf } from '../store/weights.ts';
import { out, outJson } from '../terminal/output.ts';
import { oneLine } from '../terminal/plain-text.ts';
import { painterOf } from '../terminal/style.ts';

/** `warning`: it works, and not as well as it could. */
type Level = 'ok' | 'warning' | 'wrong';

interface Finding {
  readonly what: string;
  readonly level: Level;
  readonly found: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** Lines to try. */
export const examples = [
  [
    'g4f doctor',
    'checks everything, and asks each service whose key is there for its models, which costs nothing',
  ],
  ['g4f doctor --offline --json', 'checks only what is on this machine, as JSON'],
] as const;

/** Adds what it takes. */
export const define = (command: Command): void => {
  command.option('--offline', 'asks no service').option('--json', 'as JSON').action(doctor);
};

async function doctor({
  offline,
  json,
}: {
  readonly offline?: boolean;
  readonly json?: boolean;
}): Promise<void> {
  const findings: Finding[] = [];
  const tell = async (finding: Finding): Promise<void> => {
    findings.push(finding);
    if (!json) await out(lineOf(finding));
  };
  await tell(ofNode());
  await tell(await ofConfiguration());
  await tell(await ofKeptKeys());
  await tell(await ofLog());
  await tell(await ofLocalRuntime());
  await tell(ofProxy());
  if (findings.every(({ what, level }) => what !== 'configuration' || level === 'ok')) {
    if (!offline) for await (const finding of ofServices()) await tell(finding);
    if (!offline) for await (const finding of ofLocalServers()) await tell(finding);
  }
  if (json) await outJson(findings);
  if (findings.some(({ level }) => level === 'wrong')) process.exitCode = EXIT.failure;
}

function lineOf({ what, level, found, remedy }: Finding): string {
  const paint = painterOf(process.stdout);
  const mark = {
    ok: paint('green', 'ok     '),
    warning: paint('yellow', 'warning'),
    wrong: paint('red', 'wrong  '),
  };
  const next = remedy === undefined ? '' : ` → ${oneLine(remedy)}`;
  return `${mark[level]}  ${what}: ${oneLine(found)}${next}\n`;
}

function ofNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < 20 || (major === 20 && minor < 19);
  const found = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  return isOld
    ? { what: 'runtime', level: 'wrong', found, remedy: 'install Node 20.19 or newer' }
    : { what: 'runtime', level: 'ok', found };
}

async function ofConfiguration(): Promise<Finding> {
  const what = 'configuration';
  try {
    const { client } = await openClient();
    client.close();
    return { what, level: 'ok', found: configPath() };
  } catch (error) {
    return { what, level: 'wrong', found: messageOf(error), remedy: `edit ${configPath()}` };
  }
}

async function ofKeptKeys(): Promise<Finding> {
  const [what, path] = ['kept keys', keysPath()];
  if (keysAreOpen())
    return { what, level: 'warning', found: `others can read ${path}`, remedy: `chmod 600 ${path}` };
  try {
    const problems: string[] = [];
    await readKept((problem) => problems.push(problem));
    const remedy = 'unlock the keychain, or set the key again with "g4f keys set"';
    if (problems.length > 0) return { what, level: 'warning', found: problems.join(' '), remedy };
    const places = [...keyPlaces().values()];
    const inChain = places.filter((place) => place === 'keychain').length;
    return { what, level: 'ok', found: `${inChain} in the keychain, ${places.length - inChain} in ${path}` };
  } catch (error) {
    return { what, level: 'wrong', found: messageOf(error), remedy: 'mend it' };
  }
}

async function ofLog(): Promise<Finding> {
  const what = 'log';
  try {
    const log = await openLog(() => {});
    log.close();
    return { what, level: 'ok', found: logPath() };
  } catch (error) {
    return {
      what,
      level: 'warning',
      found: messageOf(error),
      remedy: 'questions are answered, and not logged',
    };
  }
}

function weightsFound(): string {
  if (process.env.G4F_LOCAL_MODEL) return 'its weights are those of G4F_LOCAL_MODEL';
  return weightsOf('smollm2-135m').some(({ bytes }) => bytes > 0)
    ? 'its weights are there'
    : 'its weights are fetched with the first question';
}

async function ofLocalRuntime(): Promise<Finding> {
  const what = 'embedded model';
  try {
    const name: string = '@g4f/local-runtime';
    await import(name);
    return { what, level: 'ok', found: `its runtime is installed; ${weightsFound()}` };
  } catch {
    const remedy = 'npm install -g @g4f/local-runtime, to have answers without a key';
    return { what, level: 'warning', found: 'its runtime is not installed', remedy };
  }
}

function ofProxy(): Finding {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  const set = names.filter((name) => process.env[name]);
  // Not its value: that may hold a password.
  return { what: 'proxy', level: 'ok', found: set.length === 0 ? 'none' : `set by ${set.join(', ')}` };
}

/** Of each service whose key is there, whether it answers. */
async function* ofServices(): AsyncIterable<Finding> {
  const { client, config, env } = await openClient();
  try {
    const providers = [...(await allProviders(config)).values()].filter((entry) => keyVariable(entry, env));
    if (providers.length === 0) {
      const remedy = 'g4f keys set openai, or another of "g4f providers"';
      yield { what: 'keys', level: 'warning', found: 'no key is there', remedy };
    }
    for (const { id, website } of providers) {
      try {
        const { data } = await client.models.list({ provider: id, refresh: true, timeout: 20_000 });
        yield { what: id, level: 'ok', found: `answers, and has ${data.length} models` };
      } catch (error) {
        yield { what: id, level: 'wrong', found: messageOf(error), remedy: `see ${website}` };
      }
    }
  } finally {
    client.close();
  }
}

async function* ofLocalServers(): AsyncIterable<Finding> {
  const { discover } = await import('@g4f/providers');
  for (const { id, baseURL, models } of await discover())
    yield { what: id, level: 'ok', found: `runs at ${baseURL} with ${models.length} models` };
}
