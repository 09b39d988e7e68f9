// Signals that come while the command has not read its configuration yet.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/command/command.ts';
import { scratchFolder } from './scratch.ts';

/** The command, as it is built. */
const COMMAND = join(import.meta.dirname, '../bin/g4f-serve.js');

/** Runs it with this file, and sends the signal before it is read. It is ended when it has said the last words. */
const run = async (signal: 'SIGHUP' | 'SIGTERM', text: string, last?: string) => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'g4f.config.mjs'), text);
  let said = '';
  let end = (): void => undefined;
  const code = await runCommand(['--no-watch'], {
    env: {},
    version: '1.2.3',
    name: 'g4f-serve',
    folder,
    out(piece) {
      said += piece;
      if (last !== undefined && said.includes(last)) end();
    },
    print: () => undefined,
    onSignal(stop) {
      end = stop;
      if (signal === 'SIGTERM') stop();
    },
    onReload(reload) {
      if (signal === 'SIGHUP') reload();
    },
  });
  return { code, said };
};

const SERVES = 'export default { address: { port: 0 } };';

it('SIGHUP reads the file again as soon as it listens', async () => {
  const { code, said } = await run('SIGHUP', SERVES, ' again\n');
  expect(code).toBe(0);
  expect(said).toMatch(/has read .*mjs\n.* listens on http.*\n.*has read .*mjs again\n/);
});

it.each([
  ['one that is never loaded', 'await new Promise(() => undefined);'],
  ['one that serves', SERVES],
  ['one that is wrong', 'export default { adress: {} };'],
])('SIGTERM ends it without a word, whatever the file is: %s', async (_, text) => {
  expect(await run('SIGTERM', text)).toEqual({ code: 0, said: '' });
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the built command while it reads its file, though that never ends',
  async (signal) => {
    const folder = await scratchFolder();
    const text = `process.stdout.write('reads'); setInterval(() => {}, 1000); await new Promise(() => {}); ${SERVES}`;
    await writeFile(join(folder, 'g4f.config.mjs'), text);
    const child = spawn(process.execPath, [COMMAND], { cwd: folder });
    onTestFinished(() => void child.kill('SIGKILL'));
    let told = '';
    child.stderr.on('data', (piece) => {
      told += piece;
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect([...(await once(child, 'close')), told]).toEqual([0, null, '']);
  },
);
