// The elements of one JSON list, each as soon as it has come: how Gemini streams when it is not asked for events.
import { joinBytes, toText } from './bytes.ts';
import { type Frame, type FrameDecoder, MAX_FRAME_BYTES, tooLong } from './frames.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSE: ReadonlySet<number> = new Set([0x5d, 0x7d]);
/** The list itself is the first level, its elements begin on the second. */
const ELEMENT = 2;

/** @param provider who speaks, for errors. */
export const createElementDecoder = (provider: string, maxBytes = MAX_FRAME_BYTES): FrameDecoder => {
  let pieces: Uint8Array[] = [];
  let bytesHeld = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;

  /** Whether this byte ends an element. What is no bracket and no quote changes nothing: brackets are never part of a character. */
  const endsElement = (byte: number): boolean => {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) inString = false;
      return false;
    }
    if (byte === QUOTE) inString = true;
    else if (OPEN.has(byte)) depth++;
    else if (CLOSE.has(byte)) return depth-- === ELEMENT;
    return false;
  };

  const take = (last: Uint8Array, frames: Frame[]): void => {
    pieces.push(last);
    frames.push({ event: 'message', data: toText(joinBytes(pieces)) });
    pieces = [];
    bytesHeld = 0;
  };

  return {
    push(bytes, frames) {
      let from = depth < ELEMENT ? -1 : 0;
      for (let at = 0; at < bytes.length; at++) {
        const before = depth;
        const ends = endsElement(bytes[at] ?? 0);
        if (ends) take(bytes.subarray(Math.max(from, 0), at + 1), frames);
        if (ends) from = -1;
        else if (before < ELEMENT && depth === ELEMENT) from = at;
      }
      if (from === -1) return;
      pieces.push(bytes.subarray(from));
      bytesHeld += bytes.length - from;
      if (bytesHeld > maxBytes) throw tooLong(provider, 'event', maxBytes);
    },
    end(frames) {
      if (pieces.length > 0) take(new Uint8Array(), frames);
    },
  };
};
