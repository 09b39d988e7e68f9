// A body that was read whole and is several payloads: lines of JSON, a list of them, or an answer with the end mark of a stream.
import { G4FError, type StreamEvent } from '@g4f/core';
import { FrameQueue } from './frames.ts';
import { payloadsIn } from './joined-payloads.ts';
import { PayloadReader, type PayloadSource } from './payload-reader.ts';

/** Every payload but the last, which may be cut, is JSON or the end mark. */
const BEGINS_PAYLOAD = /^[{[]/;

interface BodyInPieces extends Omit<PayloadSource, 'frames'> {
  readonly body: string;
}

/**
 * Adds the events of a body that was taken for one value (https://github.com/decolua/9router/issues/3492, and NDJSON under
 * another content type).
 *
 * @returns false where it is nothing of the kind, or says nothing.
 * @throws G4FError `stream-truncated` if it ends too early, and what the service reports.
 */
export const readPieces = ({ body, ...source }: BodyInPieces, events: StreamEvent[]): boolean => {
  const payloads = payloadsIn(body);
  if (!payloads.every((payload) => BEGINS_PAYLOAD.test(payload))) return false;
  if (payloads.length < 2 && payloads[0]?.startsWith('[') !== true) return false;
  const from = events.length;
  try {
    new PayloadReader({ ...source, frames: framesOf(payloads) }).end(events);
  } catch (failure) {
    const saysNothing = events.length === from;
    if (saysNothing && failure instanceof G4FError && failure.code === 'stream-truncated') return false;
    throw failure;
  }
  return true;
};

/** Outside of any framing, so that each may be a failure. */
function framesOf(payloads: readonly string[]): PayloadSource['frames'] {
  const queue = new FrameQueue();
  for (const data of payloads) queue.push({ event: 'message', data, isStray: true });
  return { push: () => {}, end: () => {}, next: () => queue.take(), close: () => queue.clear() };
}
