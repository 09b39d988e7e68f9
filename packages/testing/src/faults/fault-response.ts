// The means of a misbehaving service: one answer on one wire, and every way in which its bytes may come, or not come.
import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { MockAnswer, MockWire } from '../mock-wires/mock-wire.ts';
import { FAULT_TEXT, REQUEST_ID } from './fault-text.ts';

/** What becomes of the connection after the bytes: the body ends, nothing more comes, or it breaks (by RST, by FIN). */
export type Afterwards = 'end' | 'stay' | 'reset' | 'close';

/** The head of an answer, where it is not the usual one. */
export interface Head {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One answer to one request. */
export interface FaultResponse {
  readonly mock: MockWire;
  /** Speaks this answer. */
  readonly answer: MockAnswer;
  /** The request asked for a stream. */
  readonly streamed: boolean;
  /** The whole good answer, streamed or in one piece. */
  good(): string;
  /** The beginning of a stream, up to the middle of the text, or of an answer in one piece. */
  half(): string;
  /** All of a stream's text, from the start or from the middle. */
  text(from?: number): string;
  send(body: string | Uint8Array, afterwards?: Afterwards, head?: Head): void;
  /** So many bytes at a time, with a rest of `ms` between them. */
  drip(body: string | Uint8Array, size: number, ms?: number): Promise<void>;
  /** The same again and again, for as long as somebody reads it and as fast as they do. */
  repeat(first: string, piece: Piece): void;
  /** The same again and again, every `ms`, for as long as the connection is open. */
  repeatEvery(first: string, piece: Piece, ms: number): void;
  /** Nothing at all. */
  silence(): void;
}

/** What is sent again and again; made anew each time where a protocol numbers it. */
type Piece = string | (() => string);

const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : piece());

/** Before a connection is broken, in ms: what was written must arrive first. */
const BEFORE_BREAK_MS = 20;
/** Before it is reset, in ms: what has arrived must be read first, by a client that may be busy; a reset throws it away. */
const BEFORE_RESET_MS = 400;

/** Long because its methods share one answer. */
export const createFaultResponse = (
  response: ServerResponse,
  speech: MockWire,
  { streamed, asList = false }: { readonly streamed: boolean; readonly asList?: boolean },
): FaultResponse => {
  const listed = asList ? speech.speakAsList?.() : undefined;
  const speaker = listed ?? speech.speak();
  const type = streamed && listed === undefined ? speech.contentType : 'application/json';

  const open = ({ status = 200, headers }: Head = {}): void => {
    response.writeHead(status, { 'content-type': type, 'x-request-id': REQUEST_ID, ...headers });
    response.flushHeaders();
  };
  const text = (from = 0, to: number = FAULT_TEXT.length): string =>
    FAULT_TEXT.slice(from, to)
      .map((piece) => speaker.text(piece))
      .join('');
  const whole = (): string => speech.whole(FAULT_TEXT.join(''));

  return {
    mock: speech,
    answer: speaker,
    streamed,
    good: () => (streamed ? speaker.start() + text() + speaker.finish('stop') + speaker.end() : whole()),
    half: () => (streamed ? speaker.start() + text(0, 2) : whole().slice(0, whole().length / 2)),
    text: (from) => (from === undefined ? speaker.start() + text() : text(from)),
    send(body, afterwards = 'end', head = {}) {
      open(head);
      if (afterwards === 'end') {
        response.end(body);
        return;
      }
      if (body.length > 0) response.write(body);
      if (afterwards === 'stay') return;
      if (afterwards === 'reset') setTimeout(() => response.socket?.resetAndDestroy(), BEFORE_RESET_MS);
      else setTimeout(() => response.socket?.destroy(), BEFORE_BREAK_MS);
    },
    async drip(body, size, ms = 0) {
      open();
      response.socket?.setNoDelay(true);
      const bytes = Buffer.from(body);
      for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
        response.write(bytes.subarray(at, at + size));
        await (ms === 0 ? new Promise(setImmediate) : wait(ms));
      }
      response.end();
    },
    repeat(first, piece) {
      open();
      response.write(first);
      const pump = (): void => {
        while (!response.destroyed && response.write(textOf(piece)));
      };
      response.on('drain', pump);
      pump();
    },
    repeatEvery(first, piece, ms) {
      open();
      if (first !== '') response.write(first);
      const timer = setInterval(() => response.write(textOf(piece)), ms);
      response.once('close', () => clearInterval(timer));
    },
    silence: () => undefined,
  };
};
