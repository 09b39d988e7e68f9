// Files that a call opens: closed with it however it ends, waited for no longer than it lasts, and sent once if they can be read once.
import type { ReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineProvider, G4FError, type Upload } from '@g4f/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import type { ImageEditParams } from '../../src/surface/images.ts';
import { failureOf } from '../fake-provider.ts';

const files = vi.hoisted(() => ({ opened: [] as ReadStream[] }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return {
    ...real,
    createReadStream(...given: Parameters<typeof real.createReadStream>) {
      const stream = real.createReadStream(...given);
      files.opened.push(stream);
      return stream;
    },
  };
});

const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(500_000)]);
const DONE = { created: 1, data: [{ b64_json: PNG.subarray(0, 48).toString('base64') }] };

let folder: string;
let picture: string;
let text: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-opened-'));
  picture = join(folder, 'picture.dat');
  text = join(folder, 'text.dat');
  await writeFile(picture, PNG);
  await writeFile(text, 'no picture '.repeat(50_000));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  files.opened = [];
});
afterEach(() => void vi.unstubAllGlobals());

const lengthOf = async ({ open }: Upload): Promise<number> => {
  let length = 0;
  for await (const piece of open()) length += piece.length;
  return length;
};

/** What a service does with a file, and how often it was asked. */
const asked: string[] = [];
const service = (id: string, take: (file: Upload) => Promise<unknown>) =>
  defineProvider({
    id,
    name: id,
    website: 'https://example.com',
    key: 'none',
    models: {},
    async *image({ image = [] }) {
      asked.push(id);
      for (const file of image) await take(file);
      yield DONE;
    },
    async *transcribe({ file }) {
      asked.push(id);
      await take(file);
      yield { text: 'heard' };
    },
  });
const overloaded = () => new G4FError('overloaded.', { code: 'server', status: 503 });
const SERVICES = {
  takes: service('takes', lengthOf),
  refuses: service('refuses', async () => {
    throw new G4FError('no.', { code: 'auth' });
  }),
  breaks: service('breaks', async (file) => {
    for await (const _ of file.open()) throw overloaded();
  }),
  overloaded: service('overloaded', async (file) => {
    await lengthOf(file);
    throw overloaded();
  }),
};
beforeEach(() => {
  asked.length = 0;
});

const open = (options: object = {}) =>
  new AsyncClient({ env: {}, provider: SERVICES.takes, maxRetries: 0, ...options });
const asking = (image: unknown) =>
  ({ model: 'm', prompt: 'p', image: image as ImageEditParams['image'] }) as const;
const edit = (image: unknown, options: object = {}) => open(options).images.edit(asking(image));

const latch = (): [reached: Promise<void>, reach: () => void] => {
  let reach = (): void => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return [reached, reach];
};

/** A picture that can be read once, and tells when it was let go of. */
function pictureOnce(bytes: Uint8Array = PNG) {
  const [isLeft, left] = latch();
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000);
    } finally {
      left();
    }
  }
  return { stream: read(), isLeft };
}

const passing = (_call: unknown, next: () => AsyncIterable<unknown>) => next();

describe.each([
  ['alone', {}],
  ['through a middleware', { use: [passing] }],
])('%s', (_, above) => {
  it.each<[string, object, () => unknown, string | undefined]>([
    ['is sent', {}, () => picture, undefined],
    ['is no picture', {}, () => text, 'invalid-request'],
    ['stands beside one that is missing', {}, () => [picture, '/none.dat'], 'invalid-request'],
    ['is refused unread', { provider: SERVICES.refuses }, () => picture, 'auth'],
    ['is left in its middle', { provider: SERVICES.breaks }, () => picture, 'server'],
    ['is for nobody', { provider: 'anthropic', apiKey: 'k' }, () => picture, 'invalid-request'],
  ])('a file is closed when it %s', async (_why, options, image, code) => {
    const { error } = await edit(image(), { ...above, ...options }).then(
      () => ({ error: undefined }),
      (thrown: unknown) => ({ error: thrown }),
    );
    expect(error instanceof G4FError ? error.code : error).toBe(code);
    expect(files.opened.length).toBeGreaterThan(0);
    for (const file of files.opened)
      if (!file.closed) await new Promise<void>((closed) => file.once('close', () => closed()));
  });

  it.each<[string, object, (stream: unknown) => unknown, string | undefined]>([
    ['is sent', {}, (stream) => stream, undefined],
    ['stands beside one that is missing', {}, (stream) => [stream, '/none.dat'], 'invalid-request'],
    ['is refused unread', { provider: SERVICES.refuses }, (stream) => stream, 'auth'],
    ['is left in its middle', { provider: SERVICES.breaks }, (stream) => stream, 'server'],
  ])('a stream is let go of when it %s', async (_why, options, image, code) => {
    const { stream, isLeft } = pictureOnce();
    const { error } = await edit(image(stream), { ...above, ...options }).then(
      () => ({ error: undefined }),
      (thrown: unknown) => ({ error: thrown }),
    );
    expect(error instanceof G4FError ? error.code : error).toBe(code);
    await isLeft;
  });

  it('a stream that is no picture is let go of', async () => {
    const { stream, isLeft } = pictureOnce(Buffer.alloc(200_000, 'no picture'));
    expect(await failureOf(edit(stream, above))).toMatchObject({ code: 'invalid-request' });
    await isLeft;
  });

  /** A picture of which nothing comes after its first bytes. */
  const stalling = () => {
    const [isAsked, asks] = latch();
    const image = (async function* (): AsyncGenerator<Uint8Array> {
      yield PNG.subarray(0, 4);
      asks();
      await new Promise(() => undefined);
    })();
    return { image, isAsked };
  };
  /** An address that never answers: when it is asked, and when it is no longer waited for. */
  const silent = () => {
    const [isAsked, asks] = latch();
    const [isLeft, leave] = latch();
    vi.stubGlobal('fetch', (_url: unknown, { signal }: { signal?: AbortSignal }) => {
      signal?.addEventListener('abort', leave);
      asks();
      return new Promise(() => undefined);
    });
    return { isAsked, isLeft };
  };

  describe.each<[string, (image: unknown) => { run: Promise<unknown>; end: () => void; code: string }]>([
    [
      'its signal',
      (image) => {
        const caller = new AbortController();
        const run = open(above).images.edit(asking(image), { signal: caller.signal });
        return { run, end: () => caller.abort(), code: 'aborted' };
      },
    ],
    [
      'close()',
      (image) => {
        const client = open(above);
        return { run: client.images.edit(asking(image)), end: () => client.close(), code: 'aborted' };
      },
    ],
    [
      'its timeout',
      (image) => ({ run: edit(image, { ...above, timeout: 1 }), end: () => undefined, code: 'timeout' }),
    ],
    [
      'its signal, awaited as a stream',
      (image) => {
        const caller = new AbortController();
        const run = (async () => {
          await open(above).images.edit({ ...asking(image), stream: true }, { signal: caller.signal });
        })();
        return { run, end: () => caller.abort(), code: 'aborted' };
      },
    ],
  ])('ended by %s', (_by, begin) => {
    it('a stream that stalls is waited for no longer', async () => {
      const { image, isAsked } = stalling();
      const { run, end, code } = begin(image);
      if (code !== 'timeout') await isAsked;
      end();
      expect(await failureOf(run)).toMatchObject({ code });
    });

    it('a download is given up', async () => {
      const { isAsked, isLeft } = silent();
      const { run, end, code } = begin('https://files.example/picture');
      if (code !== 'timeout') await isAsked;
      end();
      expect(await failureOf(run)).toMatchObject({ code });
      if (code !== 'timeout') await isLeft;
    });
  });

  it('a download is given up while it is sent', async () => {
    const { isAsked, isLeft } = silent();
    const caller = new AbortController();
    const run = edit('https://files.example/picture.png', { ...above, signal: caller.signal });
    await isAsked;
    caller.abort();
    expect(await failureOf(run)).toMatchObject({ code: 'aborted' });
    await isLeft;
  });

  it.each<[string, (client: AsyncClient, stream: unknown) => Promise<unknown>]>([
    ['edit', (client, stream) => client.images.edit(asking(stream))],
    ['edit, its type given', (client, data) => client.images.edit(asking({ data, type: 'image/png' }))],
    [
      'transcription',
      (client, stream) => client.audio.transcriptions.create({ model: 'm', file: stream as Blob }),
    ],
  ])('a stream is sent once, and the failure is that of the service: %s', async (_method, run) => {
    const client = open({ ...above, maxRetries: 2, provider: [SERVICES.overloaded, SERVICES.takes] });
    expect(await failureOf(run(client, pictureOnce().stream))).toMatchObject({
      code: 'server',
      message: expect.stringContaining('overloaded'),
    });
    expect(asked).toEqual(['overloaded']);
    // What can be read again is sent to the next.
    asked.length = 0;
    await run(client, PNG);
    expect(asked.at(-1)).toBe('takes');
  });
});
