// Whole lines from bytes that are cut anywhere: cut in bytes and decoded once per read, so no character is ever split.
import { LIMITS } from '@g4f/core';
import { joinBytes, toText } from '../text/bytes.ts';

const LF = 0x0a;
const CR = 0x0d;

/** Keeps the bytes of a line whose end has not come yet. */
export class WholeLines {
  readonly #maxBytes: number;
  // Joined only once, so a long line costs linear time.
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #skipLineFeed = false;

  constructor(maxBytes = LIMITS.frameBytes) {
    this.#maxBytes = maxBytes;
  }

  /** Whether what waits for the end of its line is longer than the limit. */
  get isTooLong(): boolean {
    return this.#pendingBytes > this.#maxBytes;
  }

  /** The text of the lines that these bytes complete, each ended by a line feed; '' if there is none. */
  push(bytes: Uint8Array): string {
    const chunk = this.#skipLineFeed && bytes[0] === LF ? bytes.subarray(1) : bytes;
    if (bytes.length > 0) this.#skipLineFeed = false;
    const cut = endOfLines(chunk);
    // A CR at the very end may be half of a CRLF: it ends its line, and the LF that may follow is dropped.
    if (cut > 0 && cut === chunk.length) this.#skipLineFeed = chunk[cut - 1] === CR;
    const text = cut === 0 ? '' : withLineFeeds(this.#take(chunk, cut));
    if (cut < chunk.length) {
      this.#pending.push(cut === 0 ? chunk : chunk.subarray(cut));
      this.#pendingBytes += chunk.length - cut;
    }
    return text;
  }

  /** What is left when the body ends: the last line, without an end. */
  end(): string {
    return this.#take(new Uint8Array(), 0);
  }

  /** What was kept, and these bytes up to `end`. Most reads begin with a line, and are not copied. */
  #take(bytes: Uint8Array, end: number): string {
    if (this.#pending.length === 0) return toText(bytes, end);
    this.#pending.push(bytes.subarray(0, end));
    const whole = joinBytes(this.#pending);
    this.#pending = [];
    this.#pendingBytes = 0;
    return toText(whole);
  }
}

/** Where the last whole line ends. A CR is looked for only after the last LF, so that most reads are scanned once. */
function endOfLines(chunk: Uint8Array): number {
  if (chunk[chunk.length - 1] === LF) return chunk.length;
  const afterLineFeed = chunk.lastIndexOf(LF) + 1;
  return afterLineFeed + chunk.subarray(afterLineFeed).lastIndexOf(CR) + 1;
}

const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
