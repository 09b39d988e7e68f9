// The command `g4f-serve`.
import { readFileSync } from 'node:fs';
import { runCommand } from './command/command.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Where its words go may be full or gone: callers are answered all the same.
process.stderr.on('error', () => {});
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code !== 'EPIPE') process.stderr.write(`g4f-serve: cannot write to standard output: ${message}\n`);
  process.exit(code === 'EPIPE' ? 0 : 1);
});

const code = await runCommand(process.argv.slice(2), {
  env: process.env,
  version,
  name: 'g4f-serve',
  folder: process.cwd(),
  out: (text) => process.stderr.write(text),
  print: (text) => process.stdout.write(text),
  onSignal(end) {
    // Once: whoever asks again does not want to wait, and Node ends the process.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  },
  onReload: (reload) => process.on('SIGHUP', reload),
});

// What goes on, such as a configuration that is still loaded, does not hold the process. What was said is written first.
process.stderr.write('', () => {
  process.stdout.write('', (failed) => {
    if (failed == null) process.exit(code);
  });
});
