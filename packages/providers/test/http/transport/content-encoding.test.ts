// Compressed answers give the same bytes, as they come, and up to the place where they are cut.
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { afterTurns, contextOf, failureOf, get, startService, textOf } from '../service.ts';

const words = Array.from({ length: 5000 }, (_, index) => `word ${index} `).join('');

const ENCODINGS: readonly [string, (text: string, flush?: boolean) => Buffer][] = [
  ['gzip', (text, flush) => gzipSync(text, flush ? { finishFlush: constants.Z_SYNC_FLUSH } : {})],
  ['X-Gzip', (text, flush) => gzipSync(text, flush ? { finishFlush: constants.Z_SYNC_FLUSH } : {})],
  ['deflate', (text, flush) => deflateSync(text, flush ? { finishFlush: constants.Z_SYNC_FLUSH } : {})],
  [
    'br',
    (text, flush) => brotliCompressSync(text, flush ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
  ],
];

describe.each(ENCODINGS)('an answer in %s', (encoding, compress) => {
  it('is read as if it were not', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(compress(words));
    });
    const response = await contextOf().send(get(service.url));
    expect(await textOf(response.body)).toBe(words);
  });

  it('is handed on as it comes', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.write(compress('first', true));
    });
    const response = await contextOf().send(get(service.url));
    const bytes = response.body[Symbol.asyncIterator]();
    expect(String((await bytes.next()).value)).toBe('first');
    await bytes.return?.();
  });

  it('is read up to the place where the body ends too early', async () => {
    const whole = compress(words);
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(whole.subarray(0, whole.length / 2));
    });
    const response = await contextOf().send(get(service.url));
    const text = await textOf(response.body);
    expect(words.startsWith(text)).toBe(true);
    expect(text.length).toBeGreaterThan(1000);
  });

  it('gives all that came before a reset, then the failure', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.write(compress(words, true), () => {
        void afterTurns(() => response.socket?.resetAndDestroy());
      });
    });
    const response = await contextOf().send(get(service.url));
    let text = '';
    const error = await failureOf(async () => {
      for await (const chunk of response.body) {
        text += String(chunk);
        // A reader slower than the reset: what came before it must still be there.
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    });
    expect(text).toBe(words);
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('broke in mid-answer') });
  });
});

describe('an encoding', () => {
  it('that is damaged is told as such', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip at all');
    });
    const response = await contextOf().send(get(service.url));
    expect(await failureOf(() => textOf(response.body))).toMatchObject({
      code: 'bad-response',
      message:
        'acme: the answer has a damaged gzip encoding (incorrect header check). Try again or choose another provider.',
    });
  });

  it('that we cannot read is named, and the connection closed', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': 'zstd' });
      response.write('???');
    });
    const response = await contextOf().send(get(service.url));
    expect(await failureOf(() => textOf(response.body))).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('"zstd"'),
    });
  });

  it('called identity is none', async () => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': 'Identity' }).end('plain');
    });
    expect(await textOf((await contextOf().send(get(service.url))).body)).toBe('plain');
  });
});

it.each(['none', 'utf-8', 'UTF8', 'identity', 'binary', 'identity, utf-8', ' '])(
  'an answer whose encoding is "%s" is plain',
  async (encoding) => {
    const service = await startService((response) => {
      response.writeHead(200, { 'content-encoding': encoding });
      response.end(words);
    });
    const response = await contextOf().send(get(service.url));
    expect(await textOf(response.body)).toBe(words);
  },
);

it('an encoding beside a word that means none is undone', async () => {
  const service = await startService((response) => {
    response.writeHead(200, { 'content-encoding': 'utf-8, gzip' });
    response.end(gzipSync(words));
  });
  const response = await contextOf().send(get(service.url));
  expect(await textOf(response.body)).toBe(words);
});

it.each(['zstd', 'gzip, br'])('an answer in %s is refused by name', async (encoding) => {
  const service = await startService((response) => {
    response.writeHead(200, { 'content-encoding': encoding });
    response.end(words);
  });
  const response = await contextOf().send(get(service.url));
  expect(await failureOf(() => textOf(response.body))).toMatchObject({
    code: 'bad-response',
    message: expect.stringContaining(`"${encoding}"`),
  });
});
