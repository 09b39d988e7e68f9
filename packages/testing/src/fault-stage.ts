// The means of a misbehaving service: one answer on one wire, done in every way that the faults need.
import type { ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { WireSpeech } from './speech/wire-speech.ts';

/** The text of every good answer, in the pieces in which it is sent. */
export const FAULT_TEXT = ['Grüezi! ', 'Sunny ☀️, ', '21 °C ', 'in <Zürich>.'] as const;

type Upto = 'headers' | 'text' | 'finish' | 'end';

/** Between two bytes, or two comments, in ms. */
const DRIP_MS = 1;
const COMMENT_MS = 20;

/** One answer to one request. */
export interface FaultStage {
  /** The whole answer, changed. */
  answer(change?: (body: string) => string): void;
  /** The whole answer, so many bytes at a time. */
  drip(size: number): Promise<void>;
  compress(encoding: 'gzip' | 'br'): void;
  /** So much of it, and then the body ends. */
  sayAll(upto: Upto): void;
  /** So much of it, and then nothing more. */
  sayAndStay(upto: Upto): void;
  /** So much of it, and then the connection breaks. */
  sayAndReset(upto: Upto): void;
  invalidText(): void;
  halfAnEvent(): void;
  malformed(): void;
  errorInside(): void;
  page(): void;
  refuse(status: number): void;
  nothing(): void;
  silence(): void;
  commentsForEver(): void;
  /** Text for as long as somebody reads it. */
  endless(): void;
}

/** @param streamed whether the request asked for a stream. */
export const createStage = (response: ServerResponse, speech: WireSpeech, streamed: boolean): FaultStage => {
  const half = FAULT_TEXT.slice(0, 2)
    .map((piece) => speech.text(piece))
    .join('');
  const all = FAULT_TEXT.map((piece) => speech.text(piece)).join('');
  const good = streamed
    ? speech.start + all + speech.finish('stop') + speech.end
    : speech.whole(FAULT_TEXT.join(''));
  const parts: Readonly<Record<Upto, string>> = {
    headers: '',
    text: streamed ? speech.start + half : good.slice(0, good.length / 2),
    finish: streamed ? speech.start + all + speech.finish('stop') : good,
    end: good,
  };
  const head = (more: Readonly<Record<string, string>> = {}): void => {
    const type = streamed ? speech.contentType : 'application/json';
    response.writeHead(200, { 'content-type': type, 'x-request-id': 'req_fault', ...more });
    response.flushHeaders();
  };
  const say = (text: string | Uint8Array): void => {
    head();
    response.write(text);
  };
  const finish = (body: string | Uint8Array): void => {
    head();
    response.end(body);
  };

  return {
    answer: (change = (body) => body) => finish(change(good)),
    async drip(size) {
      head();
      const bytes = Buffer.from(good);
      for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
        response.write(bytes.subarray(at, at + size));
        await new Promise((resolve) => setTimeout(resolve, DRIP_MS));
      }
      response.end();
    },
    compress(encoding) {
      head({ 'content-encoding': encoding });
      response.end(encoding === 'gzip' ? gzipSync(good) : brotliCompressSync(good));
    },
    sayAll: (upto) => finish(parts[upto]),
    sayAndStay(upto) {
      if (parts[upto] === '') head();
      else say(parts[upto]);
    },
    sayAndReset(upto) {
      say(parts[upto]);
      setTimeout(() => response.socket?.resetAndDestroy(), COMMENT_MS);
    },
    invalidText: () => finish(Buffer.from(good, 'utf8').map((byte) => (byte === SUN ? 0xff : byte))),
    halfAnEvent: () => finish(parts.text + (streamed ? speech.text('never').slice(0, -12) : '')),
    malformed: () =>
      finish(parts.text + MALFORMED[speech.contentType === 'text/event-stream' ? 'events' : 'lines']),
    errorInside: () => finish(parts.text + speech.error('the service is overloaded')),
    page() {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Welcome</title><p>Log in</p>');
    },
    refuse(status) {
      const headers = {
        'content-type': 'application/json',
        'x-request-id': 'req_fault',
        ...(status === 429 && { 'retry-after': '1' }),
      };
      response
        .writeHead(status, headers)
        .end(JSON.stringify({ error: { message: `This is a ${status}.`, type: 'fault' } }));
    },
    nothing: () => finish(''),
    silence: () => undefined,
    commentsForEver() {
      head();
      const timer = setInterval(() => response.write(': still here\n\n'), COMMENT_MS);
      response.once('close', () => clearInterval(timer));
    },
    endless() {
      head();
      response.write(speech.start);
      const piece = speech.text('word '.repeat(20));
      const pump = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', pump);
      pump();
    },
  };
};

/** A byte of the sun, which stands nowhere else in the text. */
const SUN = 0x98;
const MALFORMED = { events: 'data: {"choices": [oops\n\n', lines: '{"message": oops}\n' } as const;
