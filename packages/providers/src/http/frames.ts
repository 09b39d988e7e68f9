// How a body is cut into the payloads of a wire: server-sent events, lines of JSON, or the elements of one JSON list.
import { G4FError } from '@g4f/core';

/** One payload: its text, and its event's name (`message` where the stream names none). */
export interface Frame {
  readonly event: string;
  readonly data: string;
}

/** Turns chunks of bytes, cut anywhere, into frames. */
export interface FrameDecoder {
  /** Adds the frames that these bytes complete. @throws G4FError `bad-response` when one exceeds the limit. */
  push(bytes: Uint8Array, frames: Frame[]): void;
  /** Adds what is left when the body ends: the last frame counts even without its end mark. */
  end(frames: Frame[]): void;
}

/** The longest line that is read, in bytes, and the longest frame, in UTF-16 units. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;

/** The error for a frame, or a line, above the limit. */
export const tooLong = (provider: string, what: 'line' | 'event', limit: number): G4FError =>
  new G4FError(
    `${provider}: one ${what} of the stream is longer than the limit of ${limit / 1024 / 1024} MiB. Choose another provider.`,
    { code: 'bad-response', provider },
  );
