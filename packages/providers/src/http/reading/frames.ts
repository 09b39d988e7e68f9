// How a body is cut into the payloads of a wire: server-sent events, lines of JSON, or the elements of one JSON list.
import { G4FError, LIMITS } from '@g4f/core';

/** One payload: its text, and its event's name (`message` where the stream names none). */
export interface Frame {
  readonly event: string;
  readonly data: string;
  /** JSON that stood outside the stream's own framing, as failures do. */
  readonly isStray?: true;
}

/** Turns chunks of bytes, cut anywhere, into frames. */
export interface FrameDecoder {
  /** Takes more bytes. */
  push(bytes: Uint8Array): void;
  /** The body has ended: what is left is a frame, even without its end mark. */
  end(): void;
  /** The next frame; undefined if it has not come whole. @throws G4FError `bad-response` when one exceeds the limit. */
  next(): Frame | undefined;
  /** Lets go of what could be read now: nothing more will be. */
  close(): void;
  /** The last frame as it stood in the body, where it can be told and `repeated` can read another like it. */
  last?(): string | undefined;
  /**
   * The text of the next frame, which is taken, if it stands between `before` and `after` and fits the pattern, which must
   * allow no quote and no line end; `after` begins with a quote. Undefined if something else, or nothing, comes next.
   */
  repeated?(before: string, after: string, pattern: RegExp): string | undefined;
}

/** How a wire that does not send server-sent events cuts its stream. */
export interface Framing {
  /** What such a stream begins with; anything else is none. */
  readonly begins: '{' | '[';
  /** @param provider who speaks, for errors. */
  decoder(provider: string): FrameDecoder;
}

/** Frames in their order. Taking one is no `shift`, which moves all that follow. */
export class FrameQueue {
  #frames: Frame[] = [];
  #taken = 0;

  push(frame: Frame): void {
    this.#frames.push(frame);
  }

  take(): Frame | undefined {
    const frame = this.#frames[this.#taken];
    if (frame === undefined) this.clear();
    else this.#taken += 1;
    return frame;
  }

  clear(): void {
    this.#frames = [];
    this.#taken = 0;
  }
}

/** So many bytes in which nothing is said are no answer: comments, blanks, empty events. One event may come in as many as half of them. */
export const MOST_SILENT_BYTES = 2 * LIMITS.frameBytes;

/** The error for a frame, a line, or what is passed over, above the limit. */
export const tooLong = (
  provider: string,
  what: 'line' | 'event' | 'stretch without content',
  limit: number,
): G4FError =>
  new G4FError(
    `${provider}: one ${what} of the stream is longer than the limit of ${limit / 1024 / 1024} MiB. Choose another provider.`,
    { code: 'bad-response', provider },
  );
