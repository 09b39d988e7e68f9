// Whole lines from bytes that are cut anywhere: cut in bytes and decoded once per read, so no character is ever split.
import { joinBytes, toText } from './bytes.ts';
import { MAX_FRAME_BYTES, tooLong } from './frames.ts';

/** Keeps the bytes of a line whose end has not come yet. */
export interface WholeLines {
  /** The text of the lines that these bytes complete, their ends included; '' if there is none. @throws G4FError above the limit */
  push(bytes: Uint8Array): string;
  /** What is left when the body ends. */
  end(): string;
}

const LF = 0x0a;
const CR = 0x0d;

/** @param provider who speaks, for errors. */
export const createWholeLines = (provider: string, maxBytes = MAX_FRAME_BYTES): WholeLines => {
  // Joined only once, so a long line costs linear time.
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let skipLineFeed = false;

  const take = (): string => {
    const whole = toText(joinBytes(pending));
    pending = [];
    pendingBytes = 0;
    return whole;
  };

  return {
    push(bytes) {
      let chunk = bytes;
      let whole = '';
      if (skipLineFeed && chunk.length > 0) {
        skipLineFeed = false;
        if (chunk[0] === LF) chunk = chunk.subarray(1);
      }
      const cut = endOfLines(chunk);
      if (cut > 0) {
        // A CR at the very end may be half of a CRLF: it ends its line, and the LF that may follow is dropped.
        skipLineFeed = cut === chunk.length && chunk[cut - 1] === CR;
        pending.push(chunk.subarray(0, cut));
        whole = take();
      }
      if (cut < chunk.length) {
        pending.push(chunk.subarray(cut));
        pendingBytes += chunk.length - cut;
        if (pendingBytes > maxBytes) throw tooLong(provider, 'line', maxBytes);
      }
      return whole;
    },
    end: take,
  };
};

/** Where the last whole line ends. A CR is looked for only after the last LF, so that most reads are scanned once. */
function endOfLines(chunk: Uint8Array): number {
  const afterLineFeed = chunk.lastIndexOf(LF) + 1;
  return afterLineFeed + chunk.subarray(afterLineFeed).lastIndexOf(CR) + 1;
}
