// The command `g4f-mcp`.
import { readFileSync } from 'node:fs';
import { runCommand } from './command/command.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

// Where its words go may be full or gone: callers are answered all the same.
process.stderr.on('error', () => {});

process.exitCode = await runCommand(process.argv.slice(2), {
  env: process.env,
  version,
  out: (text) => process.stderr.write(text),
  onSignal(end) {
    // Once: whoever asks again does not want to wait, and Node ends the process.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
  },
});
