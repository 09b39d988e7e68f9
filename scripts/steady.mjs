// Shows that the tests do not depend on how busy the machine is: runs them many times while other programs compute.
//   node scripts/steady.mjs [--runs 10] [--loops 2]
import './quiet-end.mjs';
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `Usage: node scripts/steady.mjs [--runs <number>] [--loops <number>]

Runs \`npm test\` again and again while busy loops run beside it, and says of each run whether it was green and how long it
took. The output of a run that was red is kept. Ends with 1 if one was red.

  --runs <number>    so many runs; 10
  --loops <number>   so many busy loops, each of which takes a processor where there is one to take; 2
  --help             this text`;

/** A loop ends when the process that started it has, in whatever way that came to its end. */
const LOOP =
  'const parent = process.ppid; while (process.ppid === parent) for (let turn = 0; turn < 1e7; turn++);';

const { runs, loops } = readOptions();
const isWindows = process.platform === 'win32';
const started = new Set();

// What was started is ended with this process, however it ends: by its own end, by Ctrl-C, or by a signal.
process.on('exit', () => {
  for (const child of started) end(child);
});
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => process.exit(code));

const folder = mkdtempSync(join(tmpdir(), 'g4f-steady-'));
for (let loop = 0; loop < loops; loop++) start(process.execPath, ['-e', LOOP], 'ignore');

let green = 0;
for (let run = 1; run <= runs; run++) {
  const log = join(folder, `run-${run}.log`);
  const began = performance.now();
  const code = await test(log);
  const seconds = Math.round((performance.now() - began) / 1000);
  const result = code === 0 ? 'green' : `red (exit code ${code})`;
  console.log(`run ${run} of ${runs}: ${result} after ${seconds} s${code === 0 ? '' : `, see ${log}`}`);
  if (code !== 0) continue;
  green += 1;
  rmSync(log);
}
console.log(`${green} of ${runs} runs green`);
if (green === runs) rmSync(folder, { recursive: true });
process.exit(green === runs ? 0 : 1);

/** The README's command, its output in a file. @returns its exit code */
function test(log) {
  const file = createWriteStream(log);
  const child = start('npm', ['test'], 'pipe');
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  return new Promise((resolve) => {
    child.once('error', (error) => file.end(`${error}\n`, () => resolve(1)));
    child.once('close', (code) => file.end(() => resolve(code)));
  });
}

/** In a process group of its own, so that it can be ended with all that it has started. */
function start(command, args, output) {
  const child = spawn(command, args, {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', output, output],
    detached: !isWindows,
    shell: isWindows && command === 'npm',
  });
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

function end(child) {
  try {
    if (isWindows) child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It has ended by itself.
  }
}

function readOptions() {
  const number = (name, text, least) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    throw new Error(`--${name} must be a whole number, ${least} or more; it is "${text}".`);
  };
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: 'string', default: '10' },
        loops: { type: 'string', default: '2' },
        help: { type: 'boolean', default: false, short: 'h' },
      },
    });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    return { runs: number('runs', values.runs, 1), loops: number('loops', values.loops, 0) };
  } catch (error) {
    console.error(`${error.message.split('. ')[0].replace(/\.?$/, '.')} --help tells what there is.`);
    return process.exit(2);
  }
}
