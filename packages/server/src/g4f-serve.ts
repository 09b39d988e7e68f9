// The command `g4f-serve`.
import { readFileSync } from 'node:fs';
import { runCommand } from './command/command.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

process.exitCode = await runCommand(process.argv.slice(2), {
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
