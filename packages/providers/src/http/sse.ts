// Server-sent events from bytes: whole lines are cut in bytes and decoded once per read, so no character is ever split.
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { G4FError } from '@g4f/core';

/** One event: its name (`message` where the stream names none) and its data lines joined by newlines. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

/** Turns chunks of bytes, cut anywhere, into events. */
export interface SseDecoder {
  /** The events that these bytes complete. @throws G4FError `bad-response` when one line exceeds the limit. */
  push(bytes: Uint8Array): SseEvent[];
  /** The events left when the body ends: the last one counts even without its closing blank line. */
  end(): SseEvent[];
}

/** The longest line that is read, in bytes. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/** @param provider who speaks, for errors. */
export const createSseDecoder = (provider: string, maxLineBytes = MAX_LINE_BYTES): SseDecoder => {
  // Bytes of a line whose end has not come yet; joined only once, so a long line costs linear time.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let atStart = true;
  let skipLineFeed = false;
  let event = '';
  let data: string | undefined;
  let out: SseEvent[] = [];

  const line = (text: string): void => {
    if (text === '') {
      if (data !== undefined) out.push({ event: event || 'message', data });
      event = '';
      data = undefined;
    } else if (text.startsWith('data:')) {
      const value = text.slice(text.charCodeAt(5) === 0x20 ? 6 : 5);
      data = data === undefined ? value : `${data}\n${value}`;
    } else if (text.startsWith('event:')) {
      event = text.slice(text.charCodeAt(6) === 0x20 ? 7 : 6);
    } else if (text === 'data') {
      data = data === undefined ? '' : `${data}\n`;
    }
  };

  const lines = (text: string): void => {
    let from = 0;
    if (atStart && text !== '') {
      atStart = false;
      if (text.charCodeAt(0) === 0xfeff) from = 1;
    }
    if (text.includes('\r')) {
      const all = text.slice(from).split(/\r\n|\r|\n/);
      all.pop();
      all.forEach(line);
      return;
    }
    for (let to = text.indexOf('\n', from); to !== -1; to = text.indexOf('\n', from)) {
      line(text.slice(from, to));
      from = to + 1;
    }
  };

  const take = (): SseEvent[] => {
    const taken = out;
    out = [];
    return taken;
  };

  return {
    push(bytes) {
      let chunk = bytes;
      if (skipLineFeed && chunk.length > 0) {
        skipLineFeed = false;
        if (chunk[0] === LF) chunk = chunk.subarray(1);
      }
      const cut = Math.max(chunk.lastIndexOf(LF), chunk.lastIndexOf(CR)) + 1;
      if (cut > 0) {
        // A CR at the very end may be half of a CRLF: it ends its line, and the LF that may follow is dropped.
        skipLineFeed = cut === chunk.length && chunk[cut - 1] === CR;
        pending.push(chunk.subarray(0, cut));
        lines(decode(pending));
        pending = [];
        pendingBytes = 0;
      }
      if (cut < chunk.length) {
        pending.push(chunk.subarray(cut));
        pendingBytes += chunk.length - cut;
        if (pendingBytes > maxLineBytes) throw lineTooLong(provider, maxLineBytes);
      }
      return take();
    },
    end() {
      lines(`${decode(pending)}\n\n`);
      pending = [];
      return take();
    },
  };
};

const decode = (chunks: readonly Uint8Array[]): string => {
  const [first] = chunks;
  const bytes =
    chunks.length === 1 && first !== undefined
      ? Buffer.from(first.buffer, first.byteOffset, first.length)
      : Buffer.concat(chunks);
  return bytes.toString('utf8');
};

const lineTooLong = (provider: string, limit: number): G4FError =>
  new G4FError(
    `${provider}: one line of the stream is longer than the limit of ${limit / 1024 / 1024} MiB.`,
    {
      code: 'bad-response',
      provider,
    },
  );
