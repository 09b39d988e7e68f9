// `toFile` of both clients: a file has its name when it is whole, and whatever stands there stays what it is.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { unwritten } from '../../src/platform/written-file.ts';
import { failureOf } from '../fake-provider.ts';
import { type AudioService, startAudioService } from './audio-service.ts';

let service: AudioService;
let folder: string;
const clients: (AsyncClient | Client)[] = [];

beforeAll(async () => {
  service = await startAudioService();
});
afterAll(async () => {
  for (const client of clients) client.close();
  await service.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-speech-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe.each([AsyncClient, Client])('%o', (Face) => {
  const create = async (input: string) => {
    const client = new Face({ baseURL: service.url, apiKey: 'k', maxRetries: 0 });
    clients.push(client);
    return client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input });
  };
  const failure = (run: () => Promise<unknown>) => failureOf(run());

  it('writes a file, which has its name when it is whole', async () => {
    const path = join(folder, 'speech.mp3');
    await (await create('good')).toFile(path);
    expect((await readFile(path)).length).toBe(200_000);
    expect(await readdir(folder)).toEqual(['speech.mp3']);
  });

  it('replaces a file, whose readers stay the same', async () => {
    const path = join(folder, 'speech.mp3');
    await writeFile(path, 'before');
    for (const mode of [0o600, 0o666]) {
      await chmod(path, mode);
      await (await create('good')).toFile(path);
      expect((await stat(path)).mode & 0o777).toBe(mode);
    }
  });

  it('leaves no file where it cannot write one', async () => {
    const speech = await create('good');
    const { code, message } = await failure(async () => speech.toFile(join(folder, 'none', 'speech.mp3')));
    expect(code).toBe('invalid-request');
    expect(message).toContain('there is no such folder');
    const onto = await create('good');
    expect(await failure(async () => onto.toFile(folder))).toMatchObject({ code: 'invalid-request' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('follows a link, as every program that writes does', async () => {
    const path = join(folder, 'speech.mp3');
    await symlink(join(folder, 'kept.mp3'), path);
    await writeFile(join(folder, 'kept.mp3'), 'before');
    await (await create('good')).toFile(path);
    expect((await readFile(join(folder, 'kept.mp3'))).length).toBe(200_000);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('writes into a pipe, and leaves it one', async () => {
    const [pipe, out] = [join(folder, 'pipe'), join(folder, 'out')];
    execFileSync('mkfifo', [pipe]);
    // Another process reads, because this thread may be blocked.
    const reader = spawn('sh', ['-c', 'cat "$0" > "$1"', pipe, out]);
    const ended = once(reader, 'exit');
    try {
      await (await create('good')).toFile(pipe);
      // Looked at first: of what is no pipe any more the reader would never see the end.
      expect((await stat(pipe)).isFIFO()).toBe(true);
      await ended;
      expect((await readFile(out)).length).toBe(200_000);
    } finally {
      reader.kill();
    }
  });
});

it.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'writing is not permitted there'],
  ['EIO', 'EIO'],
])('says why a file cannot be written: %s', (code, why) => {
  const error = unwritten('toFile()', '/here', Object.assign(new Error('no'), { code }));
  expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(why) });
});
