// Reads frames of a body as its reader does: all that each piece completes, before the next piece.
import type { Frame, FrameDecoder } from '../../src/http/reading/frames.ts';

/** All that can be read now. */
const rest = (decoder: FrameDecoder): Frame[] => {
  const frames: Frame[] = [];
  for (let frame = decoder.next(); frame !== undefined; frame = decoder.next()) frames.push(frame);
  return frames;
};

/** The frames that these bytes complete. */
export const framesIn = (decoder: FrameDecoder, bytes: Uint8Array): Frame[] => {
  decoder.push(bytes);
  return rest(decoder);
};

/** All frames of a body that comes in these pieces. */
export const readFrames = (decoder: FrameDecoder, pieces: readonly Uint8Array[]): Frame[] => {
  const frames = pieces.flatMap((piece) => framesIn(decoder, piece));
  decoder.end();
  return [...frames, ...rest(decoder)];
};
