// The command, as a person runs it: what it says, its exit code, and how it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/node/command.ts';
import { usedPort } from './made-up.ts';

/** Runs it until it has ended; `end` is what a signal would call. */
const run = async (
  args: readonly string[],
  env: Record<string, string> = {},
  whenUp?: (url: string) => Promise<void>,
) => {
  let said = '';
  let end = (): void => undefined;
  const code = await runCommand(args, {
    env,
    version: '1.2.3',
    out(text) {
      said += text;
    },
    print(text) {
      said += text;
    },
    onSignal(stop) {
      end = stop;
      const [url = ''] = /http:\/\/\S+/.exec(said) ?? [];
      void (whenUp?.(url) ?? Promise.resolve()).finally(end);
    },
  });
  return { code, said };
};

const config = async (text: string): Promise<string> => {
  const file = join(await mkdtemp(join(tmpdir(), 'g4f-serve-')), 'server.json');
  await writeFile(file, text);
  return file;
};

describe('g4f-serve', () => {
  it('helps, and tells its version', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('--port') });
    expect(await run(['--version'])).toEqual({ code: 0, said: '1.2.3\n' });
  });

  it('says in one line what is wrong', async () => {
    const cases = [
      [['--prot', '1'], /--prot/],
      [['--port', 'x'], /port must be/],
      [['--port', '99999'], /port must be/],
      [['--port', String(await usedPort())], /the port is in use/],
      [['--host', '0.0.0.0', '--port', '0'], /keys/],
      [['--config', '/nowhere/server.json'], /cannot read/],
      [['--config', await config('[1]')], /JSON object/],
      [['--port', '0', '--config', await config('{"prot": 1}')], /prot must be an option/],
      [['--port', '0', '--config', await config('{"client": {"provdier": "openai"}}')], /provdier/],
    ] as const;
    for (const [args, why] of cases) {
      const { code, said } = await run(args);
      expect([args, code]).toEqual([args, 1]);
      expect(said).toMatch(why);
      expect(said.trim().split('\n')).toHaveLength(1);
    }
  });

  it('serves by its file and its environment, until it is told to end', async () => {
    const file = await config('{"port": 0, "keys": ["of-the-file"], "bodyLimit": 10}');
    const statuses: number[] = [];
    const ended = await run(['--config', file], { G4F_SERVER_KEYS: 'of-the-environment' }, async (url) => {
      for (const key of ['of-the-file', 'of-the-environment'])
        statuses.push(
          (await fetch(`${url}/api/version`, { headers: { authorization: `Bearer ${key}` } })).status,
        );
    });
    expect(ended.code).toBe(0);
    expect(statuses).toEqual([200, 200]);
  });

  it('has the keys of its environment, whatever its file says of keys', async () => {
    const file = await config('{"port": 0, "keys": []}');
    const statuses: number[] = [];
    await run(['--config', file], { G4F_SERVER_KEYS: ' a-key , ' }, async (url) => {
      for (const headers of [{}, { authorization: 'Bearer a-key' }])
        statuses.push((await fetch(`${url}/api/version`, { headers })).status);
    });
    expect(statuses).toEqual([401, 200]);
    for (const [text, keys] of [
      [' , ,', ''],
      [' ', ''],
      ['a-key', '"of-the-file"'],
    ] as const) {
      const given = await config(keys === '' ? '{"port": 0}' : `{"port": 0, "keys": ${keys}}`);
      const { code, said } = await run(['--config', given], { G4F_SERVER_KEYS: text });
      expect([text, code]).toEqual([text, 1]);
      expect(said).toMatch(/key/);
    }
  });

  it('runs from the build, and ends by SIGTERM', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../bin/g4f-serve.js'), '--port', '0']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = await once(child.stderr, 'data');
    const [url] = /http:\/\/[\d.:]+/.exec(String(said)) ?? [];
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
