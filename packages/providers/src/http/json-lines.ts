// Newline-delimited JSON: one payload a line. Source: https://github.com/ndjson/ndjson-spec
import type { Frame, FrameDecoder } from './frames.ts';
import { createWholeLines } from './whole-lines.ts';

/** @param provider who speaks, for errors. */
export const createLineDecoder = (provider: string): FrameDecoder => {
  const wholeLines = createWholeLines(provider);
  let atStart = true;
  const add = (text: string, frames: Frame[]): void => {
    const plain = atStart ? text.replace(/^\uFEFF/, '') : text;
    atStart &&= text === '';
    for (const line of plain.split(/\r\n|\r|\n/)) {
      if (line.trim() !== '') frames.push({ event: 'message', data: line });
    }
  };
  return {
    push(bytes, frames) {
      const text = wholeLines.push(bytes);
      if (text !== '') add(text, frames);
    },
    end: (frames) => add(wholeLines.end(), frames),
  };
};
