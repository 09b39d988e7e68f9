// `npm install` in a clone hands over to the pinned pnpm, which knows this workspace. Runs after every install; pnpm's own needs nothing.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

if (process.env.npm_config_user_agent?.startsWith('npm/')) {
  console.log(
    'This workspace is installed by the pnpm that scripts/pinned-pnpm names; npm hands over to it.',
  );
  execFileSync(process.execPath, [fileURLToPath(new URL('pnpm.mjs', import.meta.url)), 'install'], {
    stdio: 'inherit',
  });
  // npm has written a lock file of what it installed: nothing.
  rmSync(new URL('../package-lock.json', import.meta.url), { force: true });
}
