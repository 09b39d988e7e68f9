// `npm install` in a clone hands over to the pinned pnpm, which knows this workspace. Runs after every install; pnpm's own needs nothing.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

const root = new URL('../', import.meta.url);
if (process.env.npm_config_user_agent?.startsWith('npm/')) {
  const { packageManager } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  console.log(`This workspace is installed by ${packageManager}; npm hands over to it.`);
  execFileSync('npx', ['--yes', '--prefer-offline', packageManager, 'install'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // npm has written a lock file of what it installed: nothing.
  rmSync(new URL('package-lock.json', root), { force: true });
}
