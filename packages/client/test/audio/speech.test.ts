// `audio.speech.create` of both clients: sound as it comes, and whatever a service sends in its place.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isG4FError } from '@g4f/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import { withCache } from '../../src/middleware/with-cache.ts';
import { withLog } from '../../src/middleware/with-log.ts';
import type { AsyncSpeech, SyncSpeech } from '../../src/surface/audio.ts';
import { busyUntil } from '../sync/service.ts';
import { type AudioService, startAudioService } from './audio-service.ts';

let service: AudioService;
let clients: { readonly async: AsyncClient; readonly sync: Client };
let folder: string;

beforeAll(async () => {
  service = await startAudioService();
  const options = { baseURL: service.url, apiKey: 'k', maxRetries: 0 };
  clients = { async: new AsyncClient(options), sync: new Client(options) };
});
afterAll(async () => {
  clients.async.close();
  clients.sync.close();
  await service.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'g4f-speech-'));
});
afterEach(() => rm(folder, { recursive: true }));

const asked = (input: string) => ({ model: 'tts-1', voice: 'alloy', input });

type AnySpeech = AsyncSpeech | SyncSpeech;
/** What both can do, as the one or the other does it. */
const FACES = {
  AsyncClient: async (input: string): Promise<AnySpeech> => clients.async.audio.speech.create(asked(input)),
  Client: async (input: string): Promise<AnySpeech> => clients.sync.audio.speech.create(asked(input)),
};

describe.each(Object.entries(FACES))('%s', (_name, create) => {
  const failure = async (run: () => Promise<unknown>): Promise<{ code: string; message: string }> => {
    const thrown = await run().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!isG4FError(thrown)) throw new Error(`a G4FError was expected, got ${String(thrown)}`);
    return thrown;
  };
  const readAll = async (speech: AnySpeech): Promise<number> => {
    let length = 0;
    for await (const piece of speech) length += piece.length;
    return length;
  };

  it('gives the sound in pieces, and tells what it is and who speaks', async () => {
    const speech = await create('good');
    expect(speech).toMatchObject({ contentType: 'audio/mpeg', requestId: 'req-sound', warnings: [] });
    expect(speech.route).toHaveLength(1);
    expect(await readAll(speech)).toBe(200_000);
    expect(speech.bodyUsed).toBe(true);
  });

  it('gives it whole', async () => {
    expect((await (await create('good')).bytes()).length).toBe(200_000);
    expect((await (await create('good')).arrayBuffer()).byteLength).toBe(200_000);
    const blob = await (await create('good')).blob();
    expect([blob.size, blob.type]).toEqual([200_000, 'audio/mpeg']);
  });

  it('can be read once', async () => {
    const speech = await create('good');
    await speech.bytes();
    expect(await failure(async () => speech.bytes())).toMatchObject({ code: 'invalid-request' });
  });

  it.each([
    ['html', 'bad-response'],
    ['words', 'bad-response'],
    ['json-error', 'rate-limit'],
    ['empty', 'bad-response'],
    ['refused', 'invalid-request'],
  ])('takes %s for no sound', async (input, code) => {
    expect(await failure(() => create(input))).toMatchObject({ code });
  });

  it.each(['short', 'cut-chunks'])('tells sound that was cut from its end: %s', async (input) => {
    const path = join(folder, 'speech.mp3');
    const speech = await create(input);
    expect(await failure(async () => speech.toFile(path))).toMatchObject({ code: 'stream-truncated' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('closes the connection when it is left, and gives nothing afterwards', async () => {
    const before = service.left;
    const speech = await create('stall');
    speech.abort();
    expect(await readAll(speech)).toBe(0);
    busyUntil(() => service.left > before);
  });

  it('never gives a part for the whole: what was left has no bytes and no file', async () => {
    const path = join(folder, 'speech.mp3');
    const left = async (): Promise<AnySpeech> => {
      const speech = await create('stall');
      speech.abort();
      return speech;
    };
    for (const read of [
      async () => (await left()).bytes(),
      async () => (await left()).arrayBuffer(),
      async () => (await left()).blob(),
      async () => (await left()).toFile(path),
    ])
      expect(await failure(read)).toMatchObject({ code: 'aborted' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('closes the connection of sound that could not be written', async () => {
    for (const path of [join(folder, 'none', 'speech.mp3'), '', 'file://host/speech.mp3', 'file:///a%2Fb']) {
      const before = service.left;
      const speech = await create('stall');
      expect(await failure(async () => speech.toFile(path))).toMatchObject({ code: 'invalid-request' });
      busyUntil(() => service.left > before);
    }
  });

  it('slows the service down as its reader does, and holds little of what is long', async () => {
    const before = service.kilobytesSent;
    const speech = await create('long');
    let length = 0;
    let most = 0;
    for await (const piece of speech) {
      if (length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
      length += piece.length;
      most = Math.max(most, (service.kilobytesSent - before) * 1024 - length);
    }
    expect(length).toBe(1600 * 64 * 1024);
    // What lies in the sockets, the queue and the ring.
    expect(most).toBeLessThan(20 * 1024 * 1024);
  });

  it.each(['bytes', 'arrayBuffer', 'blob'] as const)(
    '%s() ends with a limit, and closes the connection',
    async (how) => {
      const before = service.left;
      const speech = await create('long');
      const { code, message } = await failure(async () => speech[how]());
      expect(code).toBe('bad-response');
      expect(message).toContain('limit of 67108864 bytes for what is given whole. Read it piece by piece');
      busyUntil(() => service.left > before);
    },
  );

  it('says at once what is wrong', async () => {
    expect(await failure(() => create(''))).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('input: a text that is to be read aloud was expected'),
    });
  });
});

it('has the same errors on both', async () => {
  for (const input of ['html', 'words', 'json-error', 'empty', 'refused', '']) {
    const error = await clients.async.audio.speech.create(asked(input)).catch((thrown: unknown) => thrown);
    expect(() => clients.sync.audio.speech.create(asked(input))).toThrow(
      error instanceof Error ? error.message : 'it did not fail',
    );
  }
});

it('asks nobody again once sound has been handed out', async () => {
  const options = { baseURL: service.url, apiKey: 'k', maxRetries: 2 };
  await using client = new AsyncClient(options);
  using blocking = new Client(options);
  const before = service.requests;
  await expect((await client.audio.speech.create(asked('short'))).bytes()).rejects.toMatchObject({
    code: 'stream-truncated',
  });
  expect(service.requests).toBe(before + 1);
  expect(() => blocking.audio.speech.create(asked('short')).bytes()).toThrow(
    'ended before the answer was complete',
  );
  expect(service.requests).toBe(before + 2);
});

it('passes a cache and a log, and is not kept', async () => {
  const lines: string[] = [];
  await using client = new AsyncClient({
    baseURL: service.url,
    apiKey: 'k',
    use: [withCache(), withLog((line) => lines.push(line))],
  });
  const before = service.requests;
  for (let count = 1; count <= 2; count++) {
    expect(await (await client.audio.speech.create(asked('good'))).bytes()).toHaveLength(200_000);
    expect(service.requests).toBe(before + count);
  }
  expect(lines).toEqual(
    [1, 2].map(() => expect.stringMatching(/operation=speech model=tts-1 provider=custom/)),
  );
});

describe('abort() while it is read', () => {
  it('leaves no half of a file', async () => {
    const speech = await clients.async.audio.speech.create(asked('stall'));
    const written = speech.toFile(join(folder, 'speech.mp3'));
    const isBegun = async (): Promise<boolean> => {
      const [name] = await readdir(folder);
      return name !== undefined && (await readFile(join(folder, name))).length > 0;
    };
    while (!(await isBegun()));
    speech.abort();
    await expect(written).rejects.toMatchObject({ code: 'aborted' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('ends bytes(), blob() and body with `aborted`, and a loop at once', async () => {
    const [bytes, blob, body, loop] = await Promise.all(
      [1, 2, 3, 4].map(() => clients.async.audio.speech.create(asked('stall'))),
    );
    const begun = [bytes?.bytes(), blob?.blob()];
    const reader = body?.body.getReader();
    expect((await reader?.read())?.value).toHaveLength(1000);
    const pieces = loop?.[Symbol.asyncIterator]();
    expect((await pieces?.next())?.value).toHaveLength(1000);
    for (const speech of [bytes, blob, body, loop]) speech?.abort();
    for (const one of begun) await expect(one).rejects.toMatchObject({ code: 'aborted' });
    await expect(reader?.read()).rejects.toMatchObject({ code: 'aborted' });
    expect(await pieces?.next()).toEqual({ done: true, value: undefined });
  });
});

it('gives no piece once its signal has fired, and none of a client that was closed', async () => {
  for (const face of [clients.async, clients.sync]) {
    const caller = new AbortController();
    const speech = await face.audio.speech.create(asked('stall'), { signal: caller.signal });
    caller.abort();
    await expect((async () => speech.bytes())()).rejects.toMatchObject({ code: 'aborted' });
  }
  const client = new AsyncClient({ baseURL: service.url, apiKey: 'k' });
  const speech = await client.audio.speech.create(asked('stall'));
  client.close();
  await expect(speech[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'aborted' });
});

it('is a stream of bytes, which closes the connection when it is cancelled', async () => {
  const { body, contentType } = await clients.async.audio.speech.create(asked('good'));
  expect(contentType).toBe('audio/mpeg');
  expect((await new Response(body).arrayBuffer()).byteLength).toBe(200_000);
  const before = service.left;
  await (await clients.async.audio.speech.create(asked('stall'))).body.cancel();
  busyUntil(() => service.left > before);
});
