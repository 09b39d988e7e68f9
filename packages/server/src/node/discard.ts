// What is left of a body when its request has been answered. A connection that is closed while bytes come is reset, and many callers
// write all of a body before they read: they would see the reset, and never the answer.
import { GATEWAY_LIMITS } from '@g4f/core';
import type { Incoming } from '../exchange/exchange.ts';

/** A request, or a connection, of which not all may be read. */
export interface Unread extends Pick<Incoming, 'on' | 'off' | 'destroyed' | 'complete'> {
  resume(): unknown;
}

const KNOWN = { bytes: GATEWAY_LIMITS.unwantedBytes, ms: GATEWAY_LIMITS.unwantedMs };
const STRANGER = { bytes: GATEWAY_LIMITS.strangerBytes, ms: GATEWAY_LIMITS.strangerMs };

/** Reads on what the callers of one server still send, and keeps nothing of it. */
export class Discards {
  /** What ends each, the oldest first. */
  readonly #running = new Set<() => void>();
  #isEnding = false;

  /** Ends all of them, and lets no other begin. */
  end(): void {
    this.#isEnding = true;
    for (const end of this.#running) end();
  }

  /**
   * Resolves when all has come, the caller has left, it is too much, it takes too long, or too many others have begun.
   * @param isStranger whether the caller was not let in: little is read of whom nobody knows.
   */
  rest(incoming: Unread, isStranger: boolean): Promise<void> {
    if (this.#isEnding || incoming.complete === true || incoming.destroyed) return Promise.resolve();
    const [oldest] = this.#running;
    if (this.#running.size >= GATEWAY_LIMITS.unwantedAtOnce) oldest?.();
    return this.#read(incoming, isStranger ? STRANGER : KNOWN);
  }

  #read(incoming: Unread, most: typeof KNOWN | typeof STRANGER): Promise<void> {
    return new Promise((resolve) => {
      let size = 0;
      const end = (): void => {
        clearTimeout(timer);
        this.#running.delete(end);
        incoming.off('data', take);
        incoming.off('end', end);
        incoming.off('close', end);
        resolve();
      };
      const take = (piece: Uint8Array): void => {
        size += piece.byteLength;
        if (size > most.bytes) end();
      };
      const timer = setTimeout(end, most.ms);
      this.#running.add(end);
      incoming.on('data', take);
      incoming.on('end', end);
      incoming.on('close', end);
      incoming.resume();
    });
  }
}
