// Runs the pinned pnpm, for who has none: `node scripts/pnpm.mjs <arguments>`. npm fetches it by the lock file in
// pinned-pnpm/, which holds the SHA-512 of its bytes: no registry and no mirror can put another in its place.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('pinned-pnpm', import.meta.url));
const place = join(folder, 'node_modules/pnpm');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const isInstalled = () => {
  try {
    return read(join(place, 'package.json')).version === read(join(folder, 'package.json')).dependencies.pnpm;
  } catch {
    return false;
  }
};

if (!isInstalled()) {
  try {
    // No program of the package is run by its installation.
    execFileSync('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      env: { ...process.env, npm_config_loglevel: 'error' },
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
  } catch {
    console.error(
      'The pnpm that scripts/pinned-pnpm/package-lock.json names could not be fetched; nothing was run.',
    );
    process.exit(1);
  }
}
const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
// What it runs looks for pnpm there, turbo above all.
const path = [join(folder, 'node_modules/.bin'), process.env[name]].join(delimiter);
spawn(process.execPath, [join(place, 'bin/pnpm.cjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, [name]: path },
}).on('exit', (code, signal) => {
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
});
