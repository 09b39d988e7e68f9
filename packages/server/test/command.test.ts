// The command, as a person runs it: what it says, its exit code, and how it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../src/command/command.ts';
import { usedPort } from './made-up.ts';
import { scratchFolder } from './scratch.ts';
import { freePort } from './state/redis-process.ts';

/** The command, as it is built. */
const COMMAND = join(import.meta.dirname, '../bin/g4f-serve.js');

/** What a test does while it runs. */
interface Running {
  readonly url: string;
  /** As SIGHUP does. */
  readonly reload: () => void;
  /** Waits until it has said this. */
  readonly hears: (words: string) => Promise<void>;
}

/** Runs it until it has ended; it is ended after `whenUp`. */
const run = async (
  args: readonly string[],
  env: Record<string, string> = {},
  whenUp?: (running: Running) => Promise<void>,
  folder?: string,
) => {
  let said = '';
  let wake = (): void => undefined;
  let reload = (): void => undefined;
  let end = (): void => undefined;
  const hears = async (words: string): Promise<void> => {
    while (!said.includes(words))
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  const code = await runCommand(args, {
    env,
    version: '1.2.3',
    name: 'g4f-serve',
    folder: folder ?? (await scratchFolder()),
    out(text) {
      said += text;
      wake();
      const [, url] = / listens on (\S+)/.exec(text) ?? [];
      if (url === undefined) return;
      void (whenUp?.({ url, reload: () => reload(), hears }) ?? Promise.resolve()).finally(() => end());
    },
    print(text) {
      said += text;
    },
    onSignal(stop) {
      end = stop;
    },
    onReload(again) {
      reload = again;
    },
  });
  return { code, said };
};

const config = async (text: string, name = 'server.json'): Promise<string> => {
  const file = join(await scratchFolder(), name);
  await writeFile(file, text);
  return file;
};

const status = async (url: string, key?: string): Promise<number> => {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/api/version`, { headers })).status;
};

describe('g4f-serve', () => {
  it('helps, and tells its version', async () => {
    for (const args of [['--help'], ['config', '--help'], ['config', 'check', '-h']])
      expect(await run(args)).toMatchObject({ code: 0, said: expect.stringContaining('--port') });
    expect(await run(['--version'])).toEqual({ code: 0, said: '1.2.3\n' });
  });

  it('says in one line what is wrong', async () => {
    const cases = [
      [['--prot', '1'], /--prot/],
      [['--port', 'x'], /port must be/],
      [['--port', '99999'], /port must be/],
      [['--port', String(await usedPort())], /the port is in use/],
      [['--host', '0.0.0.0', '--port', '0'], /keys/],
      [['--config', '/nowhere/server.json'], /server\.json: cannot be read/],
      [['--config', await config('[1]')], /must be a section/],
      [['--port', '0', '--config', await config('{"adress": {}}')], /:1:2: adress: .*Did you mean address/],
      [
        ['--port', '0', '--config', await config('cors: [no origin]')],
        /server\.json:1:8: cors\[0\]: must be an origin/,
      ],
      [['serve'], /no command "serve"/],
      [['config', 'check'], /no g4f\.config\.yaml/],
    ] as const;
    for (const [args, why] of cases) {
      const { code, said } = await run(args);
      expect([args, code]).toEqual([args, 1]);
      expect(said).toMatch(why);
      expect(said.trim().split('\n')).toHaveLength(1);
    }
  });

  it('serves by its file and its environment, until it is told to end', async () => {
    const file = await config('{"address": {"port": 0}, "keys": ["of-the-file"]}');
    const statuses: number[] = [];
    const ended = await run(
      ['--config', file],
      { G4F_SERVER_KEYS: 'of-the-environment' },
      async ({ url }) => {
        for (const key of ['of-the-file', 'of-the-environment', 'other'])
          statuses.push(await status(url, key));
      },
    );
    expect(ended.code).toBe(0);
    expect(ended.said).toContain(`has read ${file}`);
    expect(statuses).toEqual([200, 200, 401]);
  });

  it('has the keys of its environment, whatever its file says of keys', async () => {
    const file = await config('{"address": {"port": 0}, "keys": []}');
    const statuses: number[] = [];
    await run(['--config', file], { G4F_SERVER_KEYS: ' a-key , ' }, async ({ url }) => {
      for (const key of [undefined, 'a-key']) statuses.push(await status(url, key));
    });
    expect(statuses).toEqual([401, 200]);
    for (const [text, keys] of [
      [' , ,', ''],
      [' ', ''],
      ['a-key', '"of-the-file"'],
    ] as const) {
      const given = await config(keys === '' ? '{}' : `{"keys": ${keys}}`);
      const { code, said } = await run(['--port', '0', '--config', given], { G4F_SERVER_KEYS: text });
      expect([text, code]).toEqual([text, 1]);
      expect(said).toMatch(/key/);
    }
  });

  it('finds the file of its folder, and says which it has read', async () => {
    const file = await config('address: { port: 0 }\nkeys: [a-key]\n', 'g4f.config.yaml');
    const statuses: number[] = [];
    const { said } = await run(
      [],
      {},
      async ({ url }) => void statuses.push(await status(url), await status(url, 'a-key')),
      dirname(file),
    );
    expect(statuses).toEqual([401, 200]);
    expect(said).toContain(`g4f-serve has read ${file}`);
    expect(await run(['config', 'check'], {}, undefined, dirname(file))).toEqual({
      code: 0,
      said: `${file} is right\n`,
    });
  });

  it('checks the file that --config names, and no other beside it', async () => {
    const wrong = await config('models:\n  fast: [opanai:gpt-4o]\n', 'my.yaml');
    const { code, said } = await run(['config', 'check', '--config', wrong]);
    expect(code).not.toBe(0);
    expect(said).toMatch(/opanai/);
    expect((await run(['config', 'check', wrong, '--config', wrong])).said).toMatch(/named twice/);
  });

  it('checks a file without serving, and tells everything that is wrong with it', async () => {
    const file = await config('models:\n  fast: [opanai:gpt-4o]\ndeadlines: { conect: 5 }\n', 'my.yaml');
    const { code, said } = await run(['config', 'check', file]);
    expect(code).toBe(1);
    expect(said).toContain(`${file}:3:14: deadlines.conect: there is no such field. Did you mean connect?`);
    const ids = await run(['config', 'check', await config('models:\n  fast: [opanai:gpt-4o]\n', 'my.yaml')]);
    expect(ids.said).toContain(':2:10: models.fast[0]: no provider is called "opanai". Did you mean openai?');
  });

  it.each([
    ['address: { port: 99999 }\n', 'port'],
    ['address: { host: 0.0.0.0 }\n', 'host'],
  ])('says of a file with %j what serving would', async (text, names) => {
    const { code, said } = await run(['config', 'check', await config(text, 'my.yaml')]);
    expect([code, said]).toEqual([1, expect.stringContaining(names)]);
    expect(said).not.toContain('is right');
  });

  it.each(['SIGHUP', 'a change of the file'])(
    'reads the file again after %s; a broken one changes nothing',
    async (why) => {
      const file = await config('address: { port: 0 }\nkeys: [one]\n', 'g4f.config.yaml');
      const statuses: number[] = [];
      const args = why === 'SIGHUP' ? ['--no-watch', '--config', file] : ['--config', file];
      await run(args, {}, async ({ url, reload, hears }) => {
        const becomes = async (text: string): Promise<void> => {
          await writeFile(file, text);
          if (why === 'SIGHUP') reload();
        };
        await becomes('keys: [two');
        await hears('goes on with what it had read');
        statuses.push(await status(url, 'one'));
        await becomes('keys: [two]\n');
        await hears('again');
        statuses.push(await status(url, 'one'), await status(url, 'two'));
      });
      expect(statuses).toEqual([200, 401, 200]);
    },
  );

  it('says what of a changed file counts only after a restart', async () => {
    const file = await config('address: { port: 0 }\n', 'g4f.config.yaml');
    const { said } = await run(['--no-watch', '--config', file], {}, async ({ reload, hears }) => {
      await writeFile(file, 'address: { port: 4999 }\nlogging: { level: error }\nkeys: [two]\n');
      reload();
      await hears('needs a restart');
      await writeFile(file, 'address: { port: 0 }\nkeys: [three]\n');
      reload();
      await hears('again\n');
    });
    expect(said.match(/.*restart.*/g)).toEqual([
      'g4f-serve: address.port, logging changed, which needs a restart: until then all is there as before.',
    ]);
  });

  it('is without keys until it starts again, where the first was made while it ran', async () => {
    const file = await config('address: { port: 0 }\n', 'g4f.config.yaml');
    const env = { XDG_STATE_HOME: dirname(file) };
    const statuses: number[] = [];
    await run(['--no-watch', '--config', file], env, async ({ url, reload, hears }) => {
      await run(['keys', 'create', '--name', 'Ann'], env);
      reload();
      await hears('g4f-serve has read');
      await hears('again');
      statuses.push(await status(url));
    });
    await run(['--no-watch', '--config', file], env, async ({ url }) => {
      statuses.push(await status(url));
    });
    expect(statuses).toEqual([200, 401]);
  });

  it('says where keys are, and no password', async () => {
    for (const url of ['redis://:p@ss-word@127.0.0.1:1/2', 'redis://127.0.0.1:1/2?password=ss-word']) {
      const { said } = await run(['--port', '0', '--state', url]);
      expect(said).toContain('Callers need a key of redis://127.0.0.1:1/2.\n');
      expect(said).not.toContain('ss-word');
    }
  });

  it('runs from the build, and ends by SIGTERM', async () => {
    const child = spawn(process.execPath, [COMMAND, '--port', '0']);
    onTestFinished(() => void child.kill('SIGKILL'));
    const [said] = await once(child.stderr, 'data');
    const [url] = /http:\/\/[\d.:]+/.exec(String(said)) ?? [];
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.skipIf(!existsSync('/dev/full'))('serves where what it says cannot be written', async () => {
    const port = await freePort();
    const child = spawn('sh', ['-c', `exec '${process.execPath}' '${COMMAND}' --port ${port} 2> /dev/full`]);
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit').then(([code]) => code);
    const served = (async () => {
      for (;;) {
        const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
        if (answer !== undefined) return answer.status;
        await setTimeout(20);
      }
    })();
    expect(await Promise.race([served, ended])).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it.skipIf(!existsSync('/dev/full'))('says so where what was asked for cannot be written', async () => {
    const folder = await scratchFolder();
    const made = `exec '${process.execPath}' '${COMMAND}' keys create --name a --state sqlite:./keys.db > /dev/full`;
    const child = spawn('sh', ['-c', made], { cwd: folder });
    let said = '';
    child.stderr.on('data', (piece) => {
      said += piece;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(said).toMatch(/^g4f-serve: cannot write to standard output: .*\n$/);
  });
});
