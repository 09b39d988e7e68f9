// The command `g4f`. Its version is told without loading anything else.
import { readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) process.stdout.write(`${version}\n`);
else {
  const { run } = await import('./program/run.ts');
  const code = await run(args, version);
  // What is still written is written first; connections that are kept open would hold the process.
  process.stdout.write('', () => process.exit(code));
}
