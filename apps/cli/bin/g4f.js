#!/usr/bin/env node
// The command stands here, and not in the build, so that it can be linked before anything is built. It is CommonJS (see the
// package.json beside it): its version is told before Node has loaded what it needs for modules.
const { enableCompileCache } = require('node:module');
const { version } = require('../package.json');

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // A reader that has left is told nothing.
  process.stdout.on('error', ({ code, message }) => {
    if (code === 'EPIPE') return;
    process.exitCode = 1;
    const why = code === 'ENOSPC' ? 'the disk is full' : message;
    process.stderr.write(`g4f: cannot write to standard output: ${why}\n`);
  });
  process.stdout.write(`${version}\n`);
} else {
  // From Node 22.1 on what was compiled is kept for the next start.
  enableCompileCache?.();
  void import('../dist/main.js').then(({ main }) => main(args, version));
}
