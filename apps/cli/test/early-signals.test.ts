// Signals that come while `g4f serve` and `g4f gui` wait for the keychain.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createKeychain, type FakeKeychain } from './fake-keychain.ts';
import { createHome, type Home, run, start } from './typed.ts';

let home: Home;
let keychain: FakeKeychain;
beforeEach(async () => {
  home = await createHome();
  keychain = await createKeychain(home.folder);
});
afterEach(() => home.remove());

/** Starts it with a keychain that hangs, and returns when that has been asked. */
const startHanging = async (args: readonly string[]) => {
  const env = { ...home.env, PATH: `${keychain.bin}:${home.env.PATH}` };
  await run(['keys', 'set', 'groq'], env, 'gsk-kept');
  const before = (await keychain.started()).length;
  await keychain.become('hangs');
  const started = start(args, env);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  while ((await keychain.started()).length === before) await setTimeout(20);
  return started;
};

it.each([
  ['SIGTERM', ['serve', '--port', '0']],
  ['SIGINT', ['serve', '--port', '0']],
  ['SIGTERM', ['gui', '--no-open']],
] as const)('%s ends g4f %j well', async (signal, args) => {
  const { child, ended } = await startHanging(args);
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, stdout: '' });
});

it('SIGHUP reads the file again as soon as it listens', async () => {
  await writeFile(join(home.folder, 'g4f.config.json'), '{"address": {"port": 0}}');
  const { child, printed, ended } = await startHanging(['serve']);
  child.kill('SIGHUP');
  await keychain.become('open');
  const end = (): void => {
    if (!/ again\n/.test(printed.stderr)) return;
    child.stderr.off('data', end);
    child.kill('SIGTERM');
  };
  child.stderr.on('data', end);
  expect(await ended).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/ listens on http.*\n(?:.*\n)*.*has read .*json again\n/),
  });
});

it('SIGHUP ends it where there is no file to read again', async () => {
  const { child, ended } = await startHanging(['serve', '--port', '0']);
  child.kill('SIGHUP');
  await keychain.become('open');
  child.stderr.on('data', (said) => {
    if (/ listens on /.test(String(said))) child.kill('SIGTERM');
  });
  expect(await ended).toMatchObject({ code: null });
});
