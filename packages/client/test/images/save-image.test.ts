// `saveImage`: an image ends up whole under a name that says what it is, or not at all.
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { G4FError } from '@g4f/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveImage } from '../../src/images/save-image.ts';

const IMAGES = {
  png: Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1'),
  jpg: Buffer.from('\xff\xd8\xff\xe0rest of it', 'latin1'),
  webp: Buffer.from('RIFF\x10\0\0\0WEBPVP8 rest', 'latin1'),
  gif: Buffer.from('GIF89a rest of it', 'latin1'),
  avif: Buffer.from('\0\0\0\x20ftypavif rest', 'latin1'),
};
const image = (kind: keyof typeof IMAGES) => ({ b64_json: IMAGES[kind].toString('base64') });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-save-'));
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true });
});

const failure = async (given: object, path: string | URL): Promise<G4FError> => {
  const error = await saveImage(given, path).catch((thrown: unknown) => thrown);
  if (!(error instanceof G4FError)) throw new Error(`it did not fail: ${String(error)}`);
  return error;
};

describe('the name', () => {
  it.each<[keyof typeof IMAGES, string, string]>([
    ['png', 'cat.png', 'cat.png'],
    ['jpg', 'cat.png', 'cat.jpg'],
    ['jpg', 'cat.jpeg', 'cat.jpeg'],
    ['jpg', 'cat.JPG', 'cat.JPG'],
    ['webp', 'cat', 'cat.webp'],
    ['gif', 'cat.v1.2', 'cat.v1.2.gif'],
    ['avif', 'cat.txt', 'cat.txt.avif'],
  ])('of a %s that shall be %s is %s', async (kind, asked, name) => {
    expect(await saveImage(image(kind), join(folder, asked))).toBe(join(folder, name));
    expect(await readdir(folder)).toEqual([name]);
    expect(await readFile(join(folder, name))).toEqual(IMAGES[kind]);
  });

  it('may be a file: URL', async () => {
    expect(await saveImage(image('png'), pathToFileURL(join(folder, 'a b.png')))).toBe(
      join(folder, 'a b.png'),
    );
  });
});

it('writes what a data URL holds', async () => {
  const url = `data:image/png;base64,${IMAGES.png.toString('base64')}`;
  expect(await readFile(await saveImage({ url }, join(folder, 'cat')))).toEqual(IMAGES.png);
});

it('replaces a file that is there as a whole', async () => {
  await writeFile(join(folder, 'cat.png'), 'x'.repeat(1000));
  await saveImage(image('png'), join(folder, 'cat.png'));
  expect(await readFile(join(folder, 'cat.png'))).toEqual(IMAGES.png);
});

it('replaces a file, whose readers stay the same', async () => {
  const path = join(folder, 'cat.png');
  await writeFile(path, 'before');
  for (const mode of [0o600, 0o666]) {
    await chmod(path, mode);
    await saveImage(image('png'), path);
    expect((await stat(path)).mode & 0o777).toBe(mode);
  }
});

it('follows a link, as every program that writes does', async () => {
  await writeFile(join(folder, 'other.txt'), 'mine');
  await symlink(join(folder, 'other.txt'), join(folder, 'cat.png'));
  await saveImage(image('png'), join(folder, 'cat.png'));
  expect(await readFile(join(folder, 'other.txt'))).toEqual(IMAGES.png);
  expect((await lstat(join(folder, 'cat.png'))).isSymbolicLink()).toBe(true);
});

describe('what cannot be written', () => {
  it.each<[string, object, string]>([
    ['a web page', { b64_json: Buffer.from('<!doctype html>').toString('base64') }, 'it is no PNG'],
    ['no bytes', { b64_json: '' }, 'it is no PNG'],
    ['no base64', { b64_json: '!!!' }, 'it is no PNG'],
    ['nothing', {}, 'an image has b64_json or a url'],
    ['a private address', { url: 'http://192.168.0.1/cat.png' }, 'not one of the public web'],
    ['an address of this machine', { url: 'http://localhost/cat.png' }, 'not one of the public web'],
    ['a path for an address', { url: 'file:///etc/passwd' }, 'not one of the public web'],
  ])('%s is said, and leaves no file', async (_, given, why) => {
    const error = await failure(given, join(folder, 'cat.png'));
    expect(error).toMatchObject({ code: 'invalid-request', message: expect.stringContaining(why) });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['file://host/cat.png', 'file:///a%2Fb.png', 'FILE:///a%2Fb.png'])(
    'says that %s names no file',
    async (path) => {
      expect(await failure(image('png'), path)).toMatchObject({
        code: 'invalid-request',
        message: expect.stringContaining('the file: URL names no file of this machine'),
      });
    },
  );

  it('says that there is no folder', async () => {
    expect((await failure(image('png'), join(folder, 'none', 'cat.png'))).message).toContain(
      'there is no such folder',
    );
  });

  it('says that its folder is a file', async () => {
    await writeFile(join(folder, 'file'), 'x');
    expect((await failure(image('png'), join(folder, 'file', 'cat.png'))).message).toContain(
      'its folder is a file',
    );
  });

  it('says that the place is a folder, and leaves nothing beside it', async () => {
    await mkdir(join(folder, 'cat.png'));
    expect((await failure(image('png'), join(folder, 'cat.png'))).message).toContain('is a folder');
    expect(await readdir(folder)).toEqual(['cat.png']);
  });

  it('says that the name is too long', async () => {
    expect((await failure(image('png'), join(folder, `${'x'.repeat(300)}.png`))).message).toContain(
      'too long',
    );
  });

  it.each([undefined, 5, '', 'out/'])('refuses %j for a path', async (path) => {
    const given = path === 'out/' ? join(folder, path) : path;
    const error = await Reflect.apply(failure, undefined, [image('png'), given]);
    expect(error.code).toBe('invalid-request');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an address', () => {
  const answering = (response: Response) => {
    const asked: unknown[][] = [];
    vi.stubGlobal('fetch', async (...given: unknown[]) => {
      asked.push(given);
      return response;
    });
    return asked;
  };

  it('is downloaded', async () => {
    const asked = answering(new Response(IMAGES.webp));
    const url = 'https://images.example/cat?signed=1';
    expect(await saveImage({ url }, join(folder, 'cat.png'))).toBe(join(folder, 'cat.webp'));
    expect(asked).toMatchObject([[new URL(url), { redirect: 'manual' }]]);
  });

  /** A web of hosts that each redirect to the next; the last one has the image. */
  const redirecting = (...hosts: readonly string[]): readonly string[] => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: URL) => {
      asked.push(url.href);
      const to = hosts[asked.length - 1];
      return to === undefined
        ? new Response(IMAGES.png)
        : new Response('', { status: 302, headers: { location: to } });
    });
    return asked;
  };
  const url = 'https://images.example/cat';

  it('is followed to another public host, which gets nothing secret', async () => {
    const asked = redirecting('https://cdn.example/2', '/3', 'https://cdn.example/4');
    await saveImage({ url }, join(folder, 'cat.png'));
    expect(asked).toEqual([url, 'https://cdn.example/2', 'https://cdn.example/3', 'https://cdn.example/4']);
  });

  it.each([
    ['no public host', ['https://169.254.169.254/'], 1],
    ['this machine', ['https://localhost./'], 1],
    ['what is not encrypted', ['http://cdn.example/2'], 1],
    ['no address', ['http://'], 1],
    ['more than three others', ['/2', '/3', '/4', '/5'], 4],
  ])('is not followed to %s', async (_, hosts, times) => {
    const asked = redirecting(...hosts);
    const error = await failure({ url }, join(folder, 'cat.png'));
    expect(error).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('redirects to what'),
    });
    expect(asked).toHaveLength(times);
  });

  it.each([
    [new Response('gone', { status: 404 }), 'bad-response', 'images.example answered 404'],
    [new Response('<!doctype html>'), 'invalid-request', 'it is no PNG'],
  ])('that gives something else is an error', async (response, code, why) => {
    answering(response);
    const error = await failure({ url: 'https://images.example/cat.png' }, join(folder, 'cat.png'));
    expect(error).toMatchObject({ code, message: expect.stringContaining(why) });
    expect(await readdir(folder)).toEqual([]);
  });

  it('that never ends is given up with the signal', async () => {
    const never = new ReadableStream({ pull: () => new Promise(() => undefined) });
    vi.stubGlobal('fetch', async (_: URL, { signal }: { signal: AbortSignal }) => {
      signal.addEventListener('abort', () => never.cancel().catch(() => undefined));
      return new Response(never.pipeThrough(new TransformStream(), { signal }));
    });
    const controller = new AbortController();
    const saving = saveImage({ url: 'https://images.example/cat.png' }, join(folder, 'cat.png'), controller);
    await new Promise(setImmediate);
    controller.abort();
    await expect(saving).rejects.toMatchObject({ code: 'aborted' });
    expect(await readdir(folder)).toEqual([]);
  });
});
