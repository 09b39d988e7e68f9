// What is left of a body when its request has been answered. A connection that is closed while bytes come is reset, and many callers
// write all of a body before they read: they would see the reset, and never the answer.
import type { Incoming } from '../exchange/exchange.ts';

/** A request, or a connection, of which not all may be read. */
export interface Unread extends Pick<Incoming, 'on' | 'off'> {
  readonly destroyed: boolean;
  /** Whether all of the request has come; a connection does not know. */
  readonly complete?: boolean;
  resume(): unknown;
}

/** How much is read for nothing, and for how long: at most in all, and without a byte. */
const MOST = { bytes: 256 * 1024 * 1024, ms: 30_000, idleMs: 5_000 };

/** Reads on, and keeps nothing. Resolves when all has come, the caller has left, or it is too much or takes too long. */
export const discardRest = (incoming: Unread, most: typeof MOST = MOST): Promise<void> =>
  new Promise((resolve) => {
    if (incoming.complete === true || incoming.destroyed) return resolve();
    let size = 0;
    const end = (): void => {
      clearTimeout(whole);
      clearTimeout(idle);
      incoming.off('data', take);
      incoming.off('end', end);
      incoming.off('close', end);
      resolve();
    };
    const take = (piece: Uint8Array): void => {
      size += piece.byteLength;
      if (size > most.bytes) end();
      else idle.refresh();
    };
    const whole = setTimeout(end, most.ms);
    const idle = setTimeout(end, most.idleMs);
    incoming.on('data', take);
    incoming.on('end', end);
    incoming.on('close', end);
    incoming.resume();
  });
