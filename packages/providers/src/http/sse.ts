// Server-sent events from bytes: whole lines are cut in bytes and decoded once per read, so no character is ever split.
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
import { G4FError } from '@g4f/core';
import { joinBytes, toText } from './bytes.ts';

/** One event: its name (`message` where the stream names none) and its data lines joined by newlines. */
export interface SseEvent {
  readonly event: string;
  readonly data: string;
}

/** Turns chunks of bytes, cut anywhere, into events. */
export interface SseDecoder {
  /** Adds the events that these bytes complete. @throws G4FError `bad-response` when one line or event exceeds the limit. */
  push(bytes: Uint8Array, events: SseEvent[]): void;
  /** Adds the event left when the body ends: the last one counts even without its closing blank line. */
  end(events: SseEvent[]): void;
}

/** The longest line that is read, in bytes, and the longest event, in UTF-16 units. */
const MAX_EVENT_BYTES = 16 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/**
 * Long because its steps share one state: the line, and the event, that are not yet complete.
 *
 * @param provider who speaks, for errors.
 */
export const createSseDecoder = (provider: string, maxBytes = MAX_EVENT_BYTES): SseDecoder => {
  // Bytes of a line whose end has not come yet; joined only once, so a long line costs linear time.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let atStart = true;
  let skipLineFeed = false;
  let event = '';
  let data: string | undefined;

  const addData = (value: string): void => {
    if (data === undefined) {
      data = value;
      return;
    }
    data += `\n${value}`;
    if (data.length > maxBytes) throw tooLong(provider, 'event', maxBytes);
  };

  const line = (text: string, events: SseEvent[]): void => {
    if (text === '') {
      if (data !== undefined) events.push({ event: event || 'message', data });
      event = '';
      data = undefined;
    } else if (text.startsWith('data:')) {
      addData(text.slice(text.charCodeAt(5) === 0x20 ? 6 : 5));
    } else if (text.startsWith('event:')) {
      event = text.slice(text.charCodeAt(6) === 0x20 ? 7 : 6);
    } else if (text === 'data') addData('');
    else if (text === 'event') event = '';
  };

  const lines = (text: string, events: SseEvent[]): void => {
    let from = 0;
    if (atStart && text !== '') {
      atStart = false;
      if (text.charCodeAt(0) === 0xfeff) from = 1;
    }
    if (text.includes('\r')) {
      const all = text.slice(from).split(/\r\n|\r|\n/);
      all.pop();
      for (const one of all) line(one, events);
      return;
    }
    for (let to = text.indexOf('\n', from); to !== -1; to = text.indexOf('\n', from)) {
      line(text.slice(from, to), events);
      from = to + 1;
    }
  };

  return {
    push(bytes, events) {
      let chunk = bytes;
      if (skipLineFeed && chunk.length > 0) {
        skipLineFeed = false;
        if (chunk[0] === LF) chunk = chunk.subarray(1);
      }
      const cut = endOfLines(chunk);
      if (cut > 0) {
        // A CR at the very end may be half of a CRLF: it ends its line, and the LF that may follow is dropped.
        skipLineFeed = cut === chunk.length && chunk[cut - 1] === CR;
        pending.push(chunk.subarray(0, cut));
        const whole = toText(joinBytes(pending));
        pending = [];
        pendingBytes = 0;
        lines(whole, events);
      }
      if (cut < chunk.length) {
        pending.push(chunk.subarray(cut));
        pendingBytes += chunk.length - cut;
        if (pendingBytes > maxBytes) throw tooLong(provider, 'line', maxBytes);
      }
    },
    end(events) {
      const rest = toText(joinBytes(pending));
      pending = [];
      lines(`${rest}\n\n`, events);
    },
  };
};

/** Where the last whole line ends. A CR is looked for only after the last LF, so that most reads are scanned once. */
function endOfLines(chunk: Uint8Array): number {
  const afterLineFeed = chunk.lastIndexOf(LF) + 1;
  return afterLineFeed + chunk.subarray(afterLineFeed).lastIndexOf(CR) + 1;
}

const tooLong = (provider: string, what: 'line' | 'event', limit: number): G4FError =>
  new G4FError(
    `${provider}: one ${what} of the stream is longer than the limit of ${limit / 1024 / 1024} MiB. Choose another provider.`,
    { code: 'bad-response', provider },
  );
