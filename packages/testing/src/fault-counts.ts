// Counts what the clients of the fault server do: what they ask, what they leave, and what they keep open.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** What the server has seen. */
export interface FaultCounts {
  readonly requests: number;
  /** Connections that are open now. */
  readonly openSockets: number;
  /** Answers under way. */
  readonly activeStreams: number;
  /** Answers that the client left before their end. */
  readonly abortedStreams: number;
  /** Bytes handed to the network, heads of answers included. */
  readonly bytesSent: number;
  readonly lastRequest?: {
    readonly method: string;
    /** Without its query, where some services take the key. */
    readonly path: string;
    /** Names only, in lower case. */
    readonly headers: readonly string[];
    /** Only where the server was started with `showBodies`: it holds what somebody asked. */
    readonly body?: string;
  };
}

/** Counts what goes on. */
export interface Tally {
  /** From now on this connection is counted. */
  watch(socket: Socket): void;
  /** A request came, and is answered with this. */
  add(request: NonNullable<FaultCounts['lastRequest']>, response: ServerResponse): void;
  counts(): FaultCounts;
  /** How often this has been asked before, since the last `reset`; it counts. */
  countOf(name: string): number;
  reset(): void;
  /** Breaks all connections; each promise is one of them, gone. */
  breakAll(): readonly Promise<unknown>[];
}

/** Long because its methods share the counts. */
export const createTally = (): Tally => {
  const sockets = new Set<Socket>();
  let requests = 0;
  let active = 0;
  let aborted = 0;
  let bytesGone = 0;
  let last: FaultCounts['lastRequest'];
  const counted = new Map<string, number>();
  const bytes = (): number => bytesGone + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
  return {
    watch(socket) {
      sockets.add(socket);
      socket
        .on('error', () => undefined)
        .once('close', () => {
          sockets.delete(socket);
          bytesGone += socket.bytesWritten;
        });
    },
    add(request, response) {
      requests += 1;
      active += 1;
      last = request;
      response.once('close', () => {
        active -= 1;
        if (!response.writableFinished) aborted += 1;
      });
    },
    counts: () => ({
      requests,
      openSockets: sockets.size,
      activeStreams: active,
      abortedStreams: aborted,
      bytesSent: bytes(),
      ...(last !== undefined && { lastRequest: last }),
    }),
    countOf(name) {
      const before = counted.get(name) ?? 0;
      counted.set(name, before + 1);
      return before;
    },
    reset() {
      counted.clear();
      requests = 0;
      aborted = 0;
      bytesGone -= bytes();
      last = undefined;
    },
    breakAll: () => [...sockets].map((socket) => once(socket.destroy(), 'close')),
  };
};
