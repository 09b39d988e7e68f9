// Writes an answer to a response of Node's, without a `Response` and its streams between: they cost more than all else of a request.
import { GATEWAY_LIMITS } from '@g4f/core';
import { withFields } from '@g4f/core/internal';
import type { Answer, PieceSource } from '../answer/answer.ts';
import type { Discards, Unread } from './discard.ts';

/** What of a response is used. */
interface Outgoing {
  readonly destroyed: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): unknown;
  /** Absent where headers are sent at once. */
  flushHeaders?(): void;
  write(data: string | Uint8Array): boolean;
  write(data: string, encoding: 'latin1'): boolean;
  end(data?: string | Uint8Array): unknown;
  destroy(): unknown;
  once(event: 'close' | 'drain', listener: () => void): unknown;
  off(event: 'close' | 'drain', listener: () => void): unknown;
}

/** A request that is answered, and what reads on where not all of it was read. */
interface Rest {
  readonly incoming: Unread;
  readonly discards: Discards;
}

/**
 * Resolves when all of it has been handed to the connection, or the caller has left.
 * @param rest where not all of the body was read: some more is, for nothing, and the connection is closed.
 */
export const send = async (answer: Answer, outgoing: Outgoing, rest?: Rest): Promise<void> => {
  const isRead = rest === undefined || rest.incoming.complete === true;
  const { status, body } = answer;
  const headers = isRead ? answer.headers : withFields(answer.headers, { connection: 'close' });
  if (body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    if (!outgoing.destroyed) outgoing.writeHead(status, headers);
    return sendPieces(body, outgoing);
  }
  outgoing.writeHead(
    status,
    body === null ? headers : withFields(headers, { 'content-length': Buffer.byteLength(body) }),
  );
  if (isRead) return void outgoing.end(body ?? undefined);
  // The caller has its answer at once, and can see by its length that it is complete.
  if (body === null) outgoing.flushHeaders?.();
  else outgoing.write(body);
  await rest.discards.rest(rest.incoming, STRANGERS.has(status));
  outgoing.end();
};

/** Answers to callers who were not let in, or whose headers are too many to be looked at. */
const STRANGERS: ReadonlySet<number> = new Set([401, 403, 431]);

async function sendPieces(source: PieceSource, outgoing: Outgoing): Promise<void> {
  const leave = async (): Promise<void> => {
    try {
      await source.cancel();
    } catch {
      // Nobody is left to be told.
    }
  };
  if (outgoing.destroyed) return leave();
  outgoing.once('close', leave);
  source.start?.((data) => outgoing.write(data));
  // They go with the first piece, unless there is none yet.
  const flush = setImmediate(() => outgoing.flushHeaders?.());
  try {
    while (!outgoing.destroyed) {
      const { data, isLast } = await source.next();
      clearImmediate(flush);
      if (outgoing.destroyed) return;
      if (isLast) {
        outgoing.off('close', leave);
        outgoing.end(data);
        return;
      }
      for (const slice of slicesOf(data)) if (!write(slice, outgoing)) await room(outgoing);
    }
  } catch {
    // A body without a good end: whoever reads it must see that it was cut.
    outgoing.destroy();
  } finally {
    clearImmediate(flush);
  }
}

/** In bytes, or characters of a text: what a slow caller must take in time, so that it does not count as one who reads nothing. */
const SLICE = 256 * 1024;

/** A piece as it is written: a large one in slices, of bytes, because a character may be cut. */
function* slicesOf(data: string | Uint8Array): Iterable<string | Uint8Array> {
  if (data.length <= SLICE) return data.length > 0 ? yield data : undefined;
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

/** Node sets aside three bytes for each character of a text, unless it is told that all are of Latin-1; ASCII alone is the same there. */
const write = (data: string | Uint8Array, outgoing: Outgoing): boolean =>
  typeof data === 'string' && Buffer.byteLength(data) === data.length
    ? outgoing.write(data, 'latin1')
    : outgoing.write(data);

/** Resolves when more may be written, or the caller has left. One who reads nothing for too long is left, whatever it sends meanwhile. */
const room = (outgoing: Outgoing): Promise<void> =>
  new Promise((resolve) => {
    if (outgoing.destroyed) return resolve();
    const timer = setTimeout(() => outgoing.destroy(), GATEWAY_LIMITS.unreadMs);
    const go = (): void => {
      clearTimeout(timer);
      outgoing.off('drain', go);
      outgoing.off('close', go);
      resolve();
    };
    outgoing.once('drain', go);
    outgoing.once('close', go);
  });
