// Writes an answer to a response of Node's, without a `Response` and its streams between: they cost more than all else of a request.
import type { Answer, PieceSource } from '../answer/answer.ts';
import { discardRest, type Unread } from './discard.ts';

/** What of a response is used. */
interface Outgoing {
  readonly destroyed: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): unknown;
  /** Absent where headers are sent at once. */
  flushHeaders?(): void;
  write(data: string | Uint8Array): boolean;
  end(data?: string | Uint8Array): unknown;
  destroy(): unknown;
  once(event: 'close' | 'drain', listener: () => void): unknown;
  off(event: 'close' | 'drain', listener: () => void): unknown;
}

/**
 * Resolves when all of it has been handed to the connection, or the caller has left.
 * @param incoming what is left of its body is read and discarded, up to a limit.
 */
export const send = async (
  { status, headers, body }: Answer,
  outgoing: Outgoing,
  incoming?: Unread,
): Promise<void> => {
  if (body === null) {
    outgoing.writeHead(status, headers);
    outgoing.end();
  } else if (typeof body === 'string' || body instanceof Uint8Array) {
    outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
    if (incoming === undefined || incoming.complete === true) outgoing.end(body);
    else await endAfter(incoming, outgoing, body);
  } else {
    if (!outgoing.destroyed) outgoing.writeHead(status, headers);
    await sendPieces(body, outgoing);
  }
};

/** The caller has its answer at once, and can see by its length that it is complete. */
async function endAfter(incoming: Unread, outgoing: Outgoing, body: string | Uint8Array): Promise<void> {
  outgoing.write(body);
  await discardRest(incoming);
  outgoing.end();
}

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
      if (data.length > 0 && !outgoing.write(data)) await room(outgoing);
    }
  } catch {
    // A body without a good end: whoever reads it must see that it was cut.
    outgoing.destroy();
  } finally {
    clearImmediate(flush);
  }
}

/** Resolves when more may be written, or the caller has left. */
const room = (outgoing: Outgoing): Promise<void> =>
  new Promise((resolve) => {
    if (outgoing.destroyed) return resolve();
    const go = (): void => {
      outgoing.off('drain', go);
      outgoing.off('close', go);
      resolve();
    };
    outgoing.once('drain', go);
    outgoing.once('close', go);
  });
