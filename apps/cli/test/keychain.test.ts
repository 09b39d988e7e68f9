// Keys in the system's keychain: where each lies, what is told where the keychain is locked or missing, and that no command line holds a key.
import { readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keychainOf, NoKeychain } from '../src/store/keychain.ts';
import { createKeychain, type FakeKeychain } from './fake-keychain.ts';
import { createHome, type Home, run } from './typed.ts';

const KEY = 'sk-kept_01/23+45=';
let home: Home;
let keychain: FakeKeychain;
let env: Home['env'];
const { PATH = '' } = process.env;
beforeEach(async () => {
  home = await createHome();
  keychain = await createKeychain(home.folder);
  env = { ...home.env, PATH: `${keychain.bin}:${PATH}` };
  process.env.PATH = env.PATH;
});
afterEach(async () => {
  process.env.PATH = PATH;
  await home.remove();
});
const set = (...more: readonly string[]) => run(['keys', 'set', 'groq', ...more], env, `${KEY}\n`);
const file = () => readFile(join(home.folder, '.config/g4f/keys.json'), 'utf8');
const places = async () => JSON.parse((await run(['keys', 'list', '--json'], env)).stdout);
const groqIn = (from: string) => [{ provider: 'groq', variable: 'GROQ_API_KEY', from }];

describe.each(['linux', 'darwin'] as const)('the program of %s', (platform) => {
  it('keeps a key, gives it, and forgets it; no command line has the key', async () => {
    const chain = keychainOf(platform);
    expect(await chain.get('A_KEY')).toBeUndefined();
    await chain.set('A_KEY', KEY);
    await chain.set('A_KEY', `${KEY}2`);
    expect(await chain.get('A_KEY')).toBe(`${KEY}2`);
    expect(await keychain.kept()).toEqual({ A_KEY: `${KEY}2` });
    await chain.remove('A_KEY');
    await chain.remove('A_KEY');
    expect(await keychain.kept()).toEqual({});
    expect(await keychain.started()).not.toContain('sk-kept');
  });

  it('tells that it is locked, that it hangs, and that it did not keep what it said to keep', async () => {
    const chain = keychainOf(platform, 300);
    await keychain.become('locked');
    await expect(chain.set('A_KEY', KEY)).rejects.toThrow(/refused: .*(locked|not allowed)/);
    await keychain.become('forgets');
    await expect(chain.set('A_KEY', KEY)).rejects.toThrow(/did not keep the key/);
    await keychain.become('hangs');
    await expect(chain.get('A_KEY')).rejects.toThrow(/did not answer within 0.3 s: it may be locked/);
  });

  it.each(['with space', 'with"quote', 'with\\backslash', 'with$(command)', 'ü', 'x'.repeat(2001)])(
    'is not given %j',
    async (key) => {
      await expect(keychainOf(platform).set('A_KEY', key)).rejects.toThrow(
        /with such characters, or so long/,
      );
      expect(await keychain.started()).toBe('');
    },
  );
});

it('a system without a known keychain, or without its program, has none', async () => {
  expect(() => keychainOf('win32')).toThrow(NoKeychain);
  process.env.PATH = home.folder;
  await expect(keychainOf('linux').get('A_KEY')).rejects.toThrow(NoKeychain);
});

// The command finds the keychain of the system that the tests run on.
describe.runIf(process.platform === 'linux' || process.platform === 'darwin')('g4f keys', () => {
  it('keeps a key in the keychain, answers with it, and forgets it', async () => {
    const given: unknown[] = [];
    const service = createServer(({ headers }, response) => {
      given.push(headers.authorization);
      response.setHeader('content-type', 'application/json').end('{"object":"list","data":[]}');
    });
    await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
    env = { ...env, GROQ_BASE_URL: `http://127.0.0.1:${Object(service.address()).port}/v1` };
    expect(await set()).toMatchObject({
      ...{
        code: 0,
        stderr: expect.stringMatching(/^g4f: the key of groq is kept in the key(chain|ring) of .*\.\n$/),
      },
    });
    expect(await keychain.kept()).toEqual({ GROQ_API_KEY: KEY });
    await expect(file()).rejects.toThrow('ENOENT');
    expect(await places()).toEqual(groqIn('keychain'));
    expect((await run(['providers', '--json', '--usable'], env)).stdout).toMatch(/"groq"[^}]*"kept"/);
    expect(await run(['keys', 'test', 'groq'], env)).toMatchObject({ code: 0 });
    expect(given).toEqual([`Bearer ${KEY}`]);
    service.close();
    expect(await run(['keys', 'rm', 'groq'], env)).toMatchObject({ code: 0 });
    expect(await keychain.kept()).toEqual({});
    expect((await run(['keys', 'rm', 'groq'], env)).code).toBe(2);
    expect(await keychain.started()).not.toContain(KEY);
  });

  it('moves a key where it is told to', async () => {
    await set();
    await set('--in', 'file');
    expect(JSON.parse(await file())).toEqual({ GROQ_API_KEY: KEY });
    expect((await stat(join(home.folder, '.config/g4f/keys.json'))).mode & 0o777).toBe(0o600);
    expect(await keychain.kept()).toEqual({});
    expect(await places()).toEqual(groqIn('file'));
    await set('--in', 'keychain');
    expect(JSON.parse(await file())).toEqual({});
    expect(await places()).toEqual(groqIn('keychain'));
    expect(await set('--in', 'drawer')).toMatchObject({ code: 2 });
  });

  it('keeps it in the file where the keychain is locked, and says why; with --in keychain it fails', async () => {
    await keychain.become('locked');
    expect(await set('--in', 'keychain')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('refused'),
    });
    await expect(file()).rejects.toThrow('ENOENT');
    const { code, stderr } = await set();
    expect({ code, stderr }).toEqual({
      ...{
        code: 0,
        stderr: expect.stringMatching(/the keychain is not used: .*\n.*is kept in .*keys\.json/),
      },
    });
    expect(JSON.parse(await file())).toEqual({ GROQ_API_KEY: KEY });
  });

  it('says nothing of a keychain where there is none, and fails with --in keychain', async () => {
    await rm(keychain.bin, { recursive: true });
    env = { ...home.env, PATH: '/nowhere' };
    expect((await set()).stderr).toMatch(/^g4f: the key of groq is kept in .*keys\.json\.\n$/);
    expect(await set('--in', 'keychain')).toMatchObject({
      ...{ code: 1, stderr: expect.stringContaining('cannot be reached: there is no program') },
    });
  });

  it('a key of a keychain that is gone can be forgotten, and is told of', async () => {
    await set();
    await rm(keychain.bin, { recursive: true });
    env = { ...home.env, PATH: '/nowhere' };
    expect(await run(['keys', 'rm', 'groq'], env)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /there is no program secret-tool; if it comes back, it may still hold GROQ_API_KEY\.\n.*is forgotten/,
      ),
    });
    expect(await places()).toEqual([]);
  });

  it('a key that the keychain does not give is told, and by doctor, too', async () => {
    await set();
    await keychain.become('locked');
    const said = /no GROQ_API_KEY: the key(chain|ring) /;
    const asked = await run(['-m', 'groq:gpt-oss-120b', 'hi'], env);
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
    const findings = JSON.parse((await run(['doctor', '--offline', '--json'], env)).stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ what: 'kept keys', level: 'warning', found: expect.stringMatching(said) }),
    );
  });

  it('is asked for no key that is in the environment, and by no command that needs none', async () => {
    await set();
    const before = await keychain.started();
    await run(['--version'], env);
    await run(['keys', 'list'], env);
    await run(['providers'], env);
    await run(['log'], env);
    await run(['models', 'llama'], { ...env, GROQ_API_KEY: 'gsk-other' });
    expect(await keychain.started()).toBe(before);
  });
});
