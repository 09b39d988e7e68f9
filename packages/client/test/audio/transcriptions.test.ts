// `audio.transcriptions` and `audio.translations` of both clients: every format, every kind of file, and what is no answer.
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsyncClient } from '../../src/async-client.ts';
import { Client } from '../../src/client.ts';
import type { TranscriptionParams } from '../../src/surface/audio.ts';
import { type AudioService, startAudioService } from './audio-service.ts';

let service: AudioService;
let clients: { readonly async: AsyncClient; readonly sync: Client };
let folder: string;
let path: string;
const SOUND = new Uint8Array([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 1, 2, 3]);

beforeAll(async () => {
  service = await startAudioService();
  const options = { baseURL: service.url, apiKey: 'k', maxRetries: 0 };
  clients = { async: new AsyncClient(options), sync: new Client(options) };
  folder = await mkdtemp(join(tmpdir(), 'g4f-hears-'));
  path = join(folder, 'speech.mp3');
  await writeFile(path, SOUND);
});
afterAll(async () => {
  clients.async.close();
  clients.sync.close();
  await service.stop();
  await rm(folder, { recursive: true });
});

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

type Given = Omit<TranscriptionParams, 'model' | 'file'> & { readonly file?: TranscriptionParams['file'] };

/** What both give, which must be the same. */
async function heard(given: Given, method: 'transcriptions' | 'translations' = 'transcriptions') {
  const params = { model: 'whisper-1', file: path, ...given } as never;
  const outcome = async (run: () => unknown): Promise<unknown> => {
    try {
      const answer = await run();
      if (
        typeof answer !== 'object' ||
        answer === null ||
        !(Symbol.asyncIterator in answer || Symbol.iterator in answer)
      )
        return answer;
      const events: unknown[] = [];
      for await (const event of answer as AsyncIterable<unknown>) events.push(event);
      return events;
    } catch (error) {
      return error;
    }
  };
  const fromAsync = await outcome(() => clients.async.audio[method].create(params));
  const fromSync = await outcome(() => clients.sync.audio[method].create(params));
  if (fromAsync instanceof Error) expect(String(fromSync)).toBe(String(fromAsync));
  else expect(fromSync).toEqual(fromAsync);
  return fromAsync;
}

const TEXT = 'Grüezi mitenand. Wie goht’s?';
const SRT = `1
00:00:00,000 --> 00:00:01,500
Grüezi mitenand.

2
00:00:01,750 --> 01:01:01,004
Wie goht’s?

`;

describe('what was said', () => {
  it('comes as JSON', async () => {
    expect(await heard({})).toEqual({
      text: TEXT,
      usage: { type: 'duration', seconds: 3662 },
      provider: 'custom',
    });
    const answer = await clients.async.audio.transcriptions.create({ model: 'whisper-1', file: path });
    expect(answer._request_id).toBe('req-text');
  });

  it.each([
    ['json', TEXT],
    ['srt', '00:00:01,500\nGrüezi mitenand.'],
  ] as const)('tells the response to %s, too', async (response_format, said) => {
    const asked = { model: 'whisper-1', file: path, response_format };
    const { data, response } = await clients.async.audio.transcriptions.create(asked).withResponse();
    expect(typeof data === 'string' ? data : data.text).toContain(said);
    expect(response).toMatchObject({ status: 200, ok: true });
    const { request_id } = await clients.async.audio.translations
      .create({ model: 'whisper-1', file: path })
      .withResponse();
    expect(request_id).toMatch(/^req-/);
  });

  it('comes with its segments', async () => {
    const verbose = await heard({ response_format: 'verbose_json', timestamp_granularities: ['segment'] });
    expect(verbose).toMatchObject({
      task: 'transcribe',
      language: 'german',
      segments: [{ start: 0 }, { end: 3661.004 }],
    });
    expect(await heard({ response_format: 'diarized_json' })).toMatchObject({
      segments: [{ speaker: 'A' }, {}],
    });
  });

  it.each([
    ['text', `${TEXT}\n`],
    ['srt', '1\n00:00:00,000 --> 00:00:01,500\nGrüezi mitenand.\n\n'],
    ['vtt', 'WEBVTT\n\n00:00.000 --> 00:01.500\nGrüezi mitenand.\n\n'],
  ] as const)('comes as the text of a file: %s', async (response_format, text) => {
    expect(await heard({ response_format })).toBe(text);
  });

  it('is an object unless a file was asked for, whatever fields a service has', async () => {
    const own = { prompt: 'own-format' };
    const answer = { text: TEXT, format: 'text', language: 'de', provider: 'custom' };
    expect(await heard(own)).toEqual(answer);
    expect(await heard({ ...own, response_format: 'json' })).toEqual(answer);
    expect(await heard(own, 'translations')).toEqual(answer);
    expect(await heard({ ...own, response_format: 'text' })).toBe(TEXT);
  });

  it('is made of segments where the service answers with JSON all the same', async () => {
    expect(await heard({ response_format: 'srt', prompt: 'only-json' })).toBe(SRT);
    expect(await heard({ response_format: 'vtt', prompt: 'only-json' })).toBe(
      `WEBVTT\n\n${SRT.replaceAll(/^\d+\n/gm, '').replaceAll(/(\d),(\d)/g, '$1.$2')}`,
    );
    expect(await heard({ response_format: 'text', prompt: 'only-json' })).toBe(TEXT);
    expect(await heard({ response_format: 'srt', prompt: 'no-times' })).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('it tells no times, which srt needs'),
    });
  });

  it('is refused where nobody is told apart who should be', async () => {
    expect(await heard({ response_format: 'diarized_json', prompt: 'no-speakers' })).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('it does not tell speakers apart'),
    });
  });

  it('comes as it is heard', async () => {
    const events = (await heard({ stream: true })) as { type: string; delta?: string }[];
    expect(events.map(({ type }) => type)).toEqual([
      ...Array.from({ length: 3 }, () => 'transcript.text.delta'),
      'transcript.text.done',
    ]);
    expect(events.map(({ delta }) => delta ?? '').join('')).toBe(TEXT);
    expect(events[0]).toMatchObject({ provider: 'custom' });
    expect(events[3]).toMatchObject({ text: TEXT, usage: { seconds: 3662 } });
  });

  it('comes as one event where the model does not stream', async () => {
    expect(await heard({ stream: true, prompt: 'no-stream' })).toMatchObject([
      { delta: TEXT },
      { text: TEXT },
    ]);
  });
});

describe('what is no answer', () => {
  it.each([
    ['html', 'bad-response'],
    ['page', 'bad-response'],
    ['nothing', 'bad-response'],
    ['empty', 'bad-response'],
    ['json-error', 'rate-limit'],
    ['error-list', 'rate-limit'],
  ])('%s', async (prompt, code) => {
    expect(await heard({ prompt })).toMatchObject({ code });
    expect(await heard({ prompt, response_format: 'text' })).toMatchObject({ code });
    expect(await heard({ prompt, response_format: 'srt' })).toMatchObject({ code });
    expect(await heard({ prompt, stream: true })).toMatchObject({ code });
  });

  it('is a stream without its end, or with a failure in it', async () => {
    expect(await heard({ prompt: 'cut', stream: true })).toMatchObject({ code: 'stream-truncated' });
    expect(await heard({ prompt: 'error-event', stream: true })).toMatchObject({ code: 'server' });
  });
});

describe('a file', () => {
  it.each([
    ['a path', () => path, 'speech.mp3,audio/mpeg'],
    ['a file: URL', () => new URL(`file://${path}`), 'speech.mp3,audio/mpeg'],
    ['bytes, by how they begin', () => SOUND, 'sound.mp3,audio/mpeg'],
    ['a Blob', () => new Blob([SOUND], { type: 'audio/wav' }), 'sound.wav,audio/wav'],
    ['a File', () => new File([SOUND], 'talk.m4a'), 'talk.m4a,audio/mp4'],
    ['named bytes', () => ({ data: SOUND, name: 'talk.ogg' }), 'talk.ogg,audio/ogg'],
    [
      'a data URL',
      () => `data:audio/flac;base64,${Buffer.from(SOUND).toString('base64')}`,
      'sound.flac,audio/flac',
    ],
  ])('is %s', async (_name, file, named) => {
    const answer = await heard({ file: file(), prompt: 'echo' });
    expect(answer).toMatchObject({ text: expect.stringMatching(`^/v1/audio/transcriptions ${named} \\d+$`) });
    const english = await heard({ file: file(), prompt: 'echo' }, 'translations');
    expect(english).toMatchObject({ text: expect.stringContaining('/v1/audio/translations ') });
  });

  it('is a stream, which AsyncClient sends as it comes, and Client cannot take', async () => {
    const file = () => new Blob([SOUND]).stream();
    const named = { data: file(), name: 'talk.mp3' };
    const asked = { model: 'whisper-1', prompt: 'echo' };
    const answer = await clients.async.audio.transcriptions.create({ ...asked, file: named });
    expect(answer.text).toContain('talk.mp3,audio/mpeg chunked');
    expect(() => clients.sync.audio.transcriptions.create({ ...asked, file: file() })).toThrow(
      'file cannot cross to the worker thread',
    );
  });

  it.each([
    ['missing', () => join(folder, 'none.mp3'), 'there is no such file'],
    ['a folder', () => folder, 'it is a folder'],
    ['of another kind', () => ({ data: SOUND, name: 'notes.txt' }), 'no service hears .txt files'],
    ['a picture', () => ({ data: SOUND, name: 'cat.png' }), 'no service hears .png files'],
    ['empty', () => new Uint8Array(), 'it is empty'],
    ['none', () => 7 as never, 'a file was expected'],
  ])('that is %s is refused before anything is sent', async (_name, file, message) => {
    const before = service.requests;
    expect(await heard({ file: file() })).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining(message),
    });
    expect(service.requests).toBe(before);
  });

  it('of 50 MB is not held in memory', async () => {
    const long = join(folder, 'long.wav');
    await writeFile(long, 'RIFF    WAVE');
    await truncate(long, 50 * 1024 * 1024);
    const asked = { model: 'whisper-1', file: long };
    await clients.async.audio.transcriptions.create(asked);
    const held = (): number => {
      collect();
      return process.memoryUsage().arrayBuffers;
    };
    const before = held();
    let most = 0;
    const heardBefore = service.kilobytesHeard;
    let looked = 0;
    const watch = setInterval(() => {
      const mebibytes = (service.kilobytesHeard - heardBefore) / 1024;
      if (mebibytes < looked + 10) return;
      looked = mebibytes;
      most = Math.max(most, held() - before);
    }, 5);
    await clients.async.audio.transcriptions.create(asked);
    clearInterval(watch);
    expect(service.kilobytesHeard - heardBefore).toBeGreaterThan(49 * 1024);
    expect(most).toBeLessThan(20 * 1024 * 1024);
  });
});

it('says what is wrong, and what may be misspelt', async () => {
  expect(await heard({ response_format: 'xml' as never })).toMatchObject({
    message: expect.stringContaining(
      'response_format: one of json, text, srt, verbose_json, vtt, diarized_json',
    ),
  });
  expect(await heard({ response_format: 'diarized_json' }, 'translations')).toMatchObject({
    code: 'invalid-request',
  });
  expect(await heard({ langauge: 'de' } as never)).toMatchObject({
    warnings: [expect.stringContaining('Did you mean language?')],
  });
  expect(await heard({ provider: 'anthropic' })).toMatchObject({
    code: 'invalid-request',
    message: expect.stringMatching(/anthropic.*(?:openai|groq)/),
  });
});
