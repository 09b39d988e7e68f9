// A file that the caller gives, in every form: its bytes, its name and its type; and what is no file.
import { createReadStream, openSync } from 'node:fs';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LIMITS, type Upload } from '@g4f/core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { toUpload } from '../../src/uploads/to-upload.ts';
import { failureOf } from '../fake-provider.ts';

const BYTES = Buffer.from('RIFF the bytes');
let folder = '';
let path = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  path = join(folder, 'speech.mp3');
  await writeFile(path, BYTES);
  await writeFile(join(folder, 'empty.mp3'), '');
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.unstubAllGlobals());

const bytesOf = async ({ open }: Pick<Upload, 'open'>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of open()) pieces.push(piece);
  return Buffer.concat(pieces);
};
async function* twoPieces(): AsyncGenerator<Uint8Array> {
  yield BYTES.subarray(0, 4);
  yield BYTES.subarray(4);
}
const DATA_URL = `data:audio/wav;base64,${BYTES.toString('base64')}`;

describe('a file', () => {
  it.each<[string, () => unknown, Partial<Upload>]>([
    ['a path', () => path, { name: 'speech.mp3', type: 'audio/mpeg', size: BYTES.length }],
    [
      'a file: URL',
      () => pathToFileURL(path),
      { name: 'speech.mp3', type: 'audio/mpeg', size: BYTES.length },
    ],
    ['a file: URL as text', () => pathToFileURL(path).href, { name: 'speech.mp3', size: BYTES.length }],
    ['a data URL', () => DATA_URL, { name: 'audio.wav', type: 'audio/wav', size: BYTES.length }],
    ['a Buffer', () => BYTES, { name: 'audio', type: undefined, size: BYTES.length }],
    ['a view of bytes', () => new DataView(new Uint8Array(BYTES).buffer), { size: BYTES.length }],
    ['an ArrayBuffer', () => new Uint8Array(BYTES).buffer, { size: BYTES.length }],
    ['a Blob', () => new Blob([BYTES], { type: 'image/png' }), { name: 'audio.png', type: 'image/png' }],
    ['a File', () => new File([BYTES], 'a.flac'), { name: 'a.flac', type: 'audio/flac', size: BYTES.length }],
    ['a File without a name', () => new File([BYTES], '', { type: 'audio/wav' }), { name: 'audio.wav' }],
    ['a stream', () => new Blob([BYTES]).stream(), { name: 'audio' }],
    ['a generator', twoPieces, { name: 'audio' }],
    ['an open file', () => createReadStream(path), { name: 'speech.mp3', type: 'audio/mpeg' }],
    ['a file that bytes name', () => createReadStream(Buffer.from(path)), { name: 'speech.mp3' }],
    [
      'a file that is open by its number',
      () => createReadStream('', { fd: openSync(path, 'r') }),
      { name: 'audio' },
    ],
    [
      'an open file with another name',
      () => ({ data: createReadStream(path), name: 'a.ogg' }),
      { name: 'a.ogg', type: 'audio/ogg' },
    ],
    [
      'a stream with a path of another kind',
      () => Object.assign(twoPieces(), { path: 5 }),
      { name: 'audio' },
    ],
    [
      'bytes with a name',
      () => ({ data: BYTES, name: 'x.OGG' }),
      { name: 'x.OGG', type: 'audio/ogg', size: BYTES.length },
    ],
    [
      'a path with another name and type',
      () => ({ data: path, name: 'y.bin', type: 'audio/x-own' }),
      { name: 'y.bin', type: 'audio/x-own' },
    ],
    ['a name that is null', () => ({ data: BYTES, name: null, type: 'audio/wav' }), { name: 'audio.wav' }],
  ])('may be %s', async (_, value, expected) => {
    const upload = await toUpload(value(), 'file', 'audio');
    expect(upload).toMatchObject(expected);
    expect(await bytesOf(upload)).toEqual(BYTES);
  });

  it.each([
    ['a path', () => path],
    ['bytes', () => BYTES],
    ['a Blob', () => new Blob([BYTES])],
    ['a data URL', () => DATA_URL],
  ])('that is %s can be sent again', async (_, value) => {
    const upload = await toUpload(value(), 'file');
    expect(await bytesOf(upload)).toEqual(await bytesOf(upload));
  });

  it('that is a stream is sent once', async () => {
    const upload = await toUpload(twoPieces(), 'file', 'audio');
    await bytesOf(upload);
    expect(await failureOf(() => bytesOf(upload))).toMatchObject({
      code: 'invalid-request',
      message:
        'file: a stream can be sent once, and it has been. Give the audio as a path, a Blob or bytes, so that it can be sent again.',
    });
  });

  it('of bytes stays what it was when the caller writes over them', async () => {
    const own = Uint8Array.from(BYTES);
    const upload = await toUpload(own, 'file');
    own.fill(0);
    expect(await bytesOf(upload)).toEqual(BYTES);
  });

  it('that becomes shorter before it is sent is not sent as if it were whole', async () => {
    const shrinking = join(folder, 'shrinking.mp3');
    await writeFile(shrinking, BYTES);
    const upload = await toUpload(shrinking, 'file');
    await truncate(shrinking, 3);
    expect(await failureOf(() => bytesOf(upload))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('file: the file became shorter while it was read'),
    });
  });
});

describe('what is no file', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['nothing', () => undefined, /^file: a file was expected: a path, an address/],
    ['a number', () => 5, /^file: a file was expected/],
    ['an object', () => ({ path: 'x' }), /^file: a file was expected/],
    ['an empty text', () => ' ', /^file: a file was expected/],
    ['a text with a zero', () => 'a\0b', /^file: a file was expected/],
    ['data that is none', () => ({ data: 5 }), /^file\.data: a file was expected/],
    ['a name that is none', () => ({ data: BYTES, name: 5 }), /^file\.name: a text was expected/],
    ['a type that is none', () => ({ data: BYTES, type: '' }), /^file\.type: a text was expected/],
    ['a missing path', () => join(folder, 'gone.mp3'), /^file: there is no such file/],
    ['a folder', () => folder, /^file: it is a folder/],
    ['a device', () => '/dev/null', /^file: it is no regular file/],
    ['an empty file', () => join(folder, 'empty.mp3'), /^file: the file is empty/],
    ['a path below a file', () => join(path, 'x'), /^file: it cannot be read \(ENOTDIR\)/],
    ['a file: URL of another machine', () => 'file://host/share/%2F', /^file: the file: URL names no file/],
    ['no bytes', () => new Uint8Array(), /^file: it is empty/],
    ['an empty Blob', () => new Blob([]), /^file: it is empty/],
    ['an empty data URL', () => 'data:audio/wav;base64,', /^file: /],
    ['a data URL that is not base64', () => 'data:audio/wav;base64,***', /^file: /],
  ])('%s', async (_, value, message) => {
    expect(await failureOf(toUpload(value(), 'file'))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(message),
    });
  });
});

describe('an address', () => {
  it.each([
    'http://localhost/a.png',
    'http://127.0.0.1/a.png',
    'http://2130706433/a.png',
    'http://0x7f.1/a.png',
    'http://[::1]/a.png',
    'http://169.254.169.254/latest/meta-data',
    'http://printer.local/a.png',
    'http://metadata.google.internal/a.png',
    'http://nas.home.arpa./a.png',
    'http://intranet/a.png',
    'http://localhost./a.png',
    'http://LOCALHOST../a.png',
    'http://metadata./a.png',
    'http://127.0.0.1./a.png',
    'http://app.localhost./a.png',
    'http://',
  ])('%s is not opened', async (address) => {
    const asked = vi.fn();
    vi.stubGlobal('fetch', asked);
    expect(await failureOf(toUpload(address, 'image'))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringMatching(/^image: the address is not a public one/),
    });
    expect(asked).not.toHaveBeenCalled();
  });

  /** A download over the real network of this machine, under a public name. */
  const serve = async (answer: Parameters<typeof createServer>[1]) => {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const real = fetch;
    vi.stubGlobal('fetch', (url: URL, init: RequestInit) =>
      real(`http://127.0.0.1:${port}${url.pathname}`, init),
    );
    return () => {
      server.closeAllConnections();
      server.close();
    };
  };
  const upload = () => toUpload('https://files.example/dir/cat.png?size=1', 'image');

  it('is downloaded when it is sent, and each time anew', async () => {
    let asked = 0;
    const stop = await serve((_, response) => {
      asked += 1;
      response.end(BYTES);
    });
    const file = await upload();
    expect([file.name, file.type, file.size, asked]).toEqual(['cat.png', 'image/png', undefined, 0]);
    expect(await bytesOf(file)).toEqual(BYTES);
    expect(await bytesOf(file)).toEqual(BYTES);
    expect(asked).toBe(2);
    stop();
  });

  it.each<[string, Parameters<typeof createServer>[1], object]>([
    [
      'that is not there',
      (_, response) => response.writeHead(404).end('no'),
      { code: 'invalid-request', message: expect.stringContaining('files.example answered 404') },
    ],
    [
      'that leads elsewhere',
      (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      { code: 'network', message: expect.stringContaining('files.example did not give the file') },
    ],
    [
      'that breaks off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
      },
      { code: 'network', message: expect.stringContaining('files.example broke off') },
    ],
    [
      'that never ends',
      (_, response) => {
        const more = (): void => {
          while (response.write(Buffer.alloc(1024 * 1024)));
        };
        response.on('drain', more);
        more();
      },
      {
        code: 'invalid-request',
        message: expect.stringContaining(`it is larger than ${LIMITS.downloadedBytes / 1024 ** 2} MiB`),
      },
    ],
  ])('%s is an error', async (_, answer, expected) => {
    const stop = await serve(answer);
    const file = await upload();
    const reading = (async () => {
      for await (const _piece of file.open());
    })();
    expect(await failureOf(reading)).toMatchObject(expected);
    stop();
  });
});
