// The long runs start, on every Node that this repository supports, and refuse what they do not know.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../scripts/run.mjs', import.meta.url));
const execute = promisify(execFile);
const run = (name: string, option: string) =>
  execute(process.execPath, [RUN, `../reliability/src/${name}/main`, option]).then(
    (done) => ({ ...done, code: 0 }),
    (failed) => failed,
  );

it.concurrent.each(['faults', 'fuzz', 'soak', 'backpressure', 'attacks'])('%s', async (name) => {
  expect(await run(name, '--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('--help') });
  expect(await run(name, '--odd')).toMatchObject({ code: 2, stderr: expect.stringContaining("'--odd'") });
});
