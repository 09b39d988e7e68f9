// The command `g4f-conform`: checks a provider from its file, and says what is still wrong.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { createFaultServer } from './fault-server.ts';
import { loadProviders } from './load-providers.ts';
import { type Report, runChecks } from './run-checks.ts';
import { readTapes } from './tapes/tape.ts';
import { testProvider } from './test-provider.ts';

const HELP = `Usage: g4f-conform <provider-entry.ts> [options]

Checks every provider that the file exports, offline: facts, recorded answers, failures, keys, leaving.
Exits with 0 if all is well, 1 if a check failed, 2 if there was nothing to check.

  --tapes <folder>   plays the recordings in it besides the standard answers
  --json <file>      writes the report as JSON
  --fault-server     starts a service that misbehaves on every wire, until Ctrl-C
  --port <number>    where it listens; a free port unless given
  --show-bodies      lets /control tell the body of the last request
  --version          the version
  --help             this text`;

const MARKS = { passed: ['green', '✓'], failed: ['red', '✗'], skipped: ['yellow', '–'] } as const;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tapes: { type: 'string' },
      json: { type: 'string' },
      'fault-server': { type: 'boolean', default: false },
      port: { type: 'string' },
      'show-bodies': { type: 'boolean', default: false },
      version: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false, short: 'h' },
    },
  });
  if (values.help) return tell(HELP, 0);
  if (values.version) return tell(version(), 0);
  if (values['fault-server']) return serve(values.port, values['show-bodies']);
  const [file] = positionals;
  if (file === undefined) return tell(`Which provider?\n\n${HELP}`, 2);
  const providers = await loadProviders(resolve(file));
  const only = providers.length === 1 ? { file: basename(file, extname(file)) } : {};
  if (values.tapes !== undefined && !existsSync(values.tapes))
    throw new Error(`there is no folder ${resolve(values.tapes)}`);
  const tapes = values.tapes === undefined ? [] : readTapes(resolve(values.tapes));
  const reports: Report[] = [];
  for (const provider of providers) {
    const report = await runChecks(provider.id, testProvider(provider, tapes, only));
    reports.push(report);
    print(report);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(reports, null, 2)}\n`);
  return reports.some(({ failed }) => failed > 0) ? 1 : 0;
}

function print({ provider, checks, passed, failed, skipped }: Report): void {
  console.log(`\n${provider}`);
  for (const { name, result, message } of checks) {
    const [color, mark] = MARKS[result];
    console.log(`  ${paint(color, mark)} ${name}${message === undefined ? '' : `: ${message}`}`);
  }
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
}

/** Colours only where a person looks, and wants them. */
const paint = (color: 'green' | 'red' | 'yellow', text: string): string =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(color, text) : text;

async function serve(port: string | undefined, showBodies: boolean): Promise<number> {
  const server = await createFaultServer({ showBodies, ...(port !== undefined && { port: Number(port) }) });
  console.log(
    `The fault server answers at ${server.url}; ${server.url}/control tells its counts; Ctrl-C stops it`,
  );
  await new Promise((stop) => process.once('SIGINT', stop).once('SIGTERM', stop));
  await server.close();
  return 0;
}

const version = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

function tell(text: string, code: number): number {
  if (code === 0) console.log(text);
  else console.error(text);
  return code;
}

// Whoever reads it may have seen enough (`| head`): the exit code is then that of SIGPIPE.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') console.error(`cannot write to standard output: ${message}`);
  process.exit(code === 'EPIPE' ? 141 : 2);
});

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message.split('\n')[0] : error);
  process.exitCode = 2;
}
