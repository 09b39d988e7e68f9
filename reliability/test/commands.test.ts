// The long runs start, on every Node that this repository supports, and refuse what they do not know.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const run = (name: string, option: string) =>
  spawnSync(process.execPath, [RUN, `../reliability/src/${name}/main`, option], { encoding: 'utf8' });

it.each(['faults', 'fuzz', 'soak', 'backpressure', 'attacks'])('%s', (name) => {
  expect(run(name, '--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--help') });
  expect(run(name, '--odd')).toMatchObject({ status: 2, stderr: expect.stringContaining("'--odd'") });
});
